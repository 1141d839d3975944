import pytest

from collaborations.models import Collaboration
from notifications.models import Obligation
from tests.factories.collaborations import place


@pytest.fixture(scope="module")
def city():
    """What a module makes once for all its tests, as `at` and `case` (factories/once.py)."""


@pytest.fixture
def at(city, db):
    """A unit with its people: at.manager, at.officer, at.head, at.adviser, at.registrar."""
    return city.at if city else place()


@pytest.fixture
def case(city, db):
    """The case that the module has made, as it is now."""
    return Collaboration.objects.get(pk=city.case)


@pytest.fixture
def informal(city, db):
    """Of a module that has made one in each of several forms, as it is now; so the next two."""
    return Collaboration.objects.get(pk=city.informal)


@pytest.fixture
def formal(city, db):
    return Collaboration.objects.get(pk=city.formal)


@pytest.fixture
def iop(city, db):
    return Collaboration.objects.get(pk=city.iop)


@pytest.fixture
def advice(case):
    """What the officer waits for from the group, where `city` is factories/ledger.py's."""
    return Obligation.objects.get(key="asked")


@pytest.fixture
def follow_up(case):
    """The follow-up that is due in the case."""
    return Obligation.objects.get(about=case.chain, kind="follow_up")
