"""Two units decide at the same moment to give the same organisation small aid (domain 2.7)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from agreements.models import Aid
from casework.moves import NotAllowed
from collaborations.models import Decision
from collaborations.steps import decide as deciding
from tests.collaborations.test_aid import declare, note, small_aid
from tests.factories.aid import CEILING
from tests.factories.collaborations import decision_to_start, place
from tests.factories.formal import delegated
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once():
    """Run calls at the same moment, each over a connection of its own."""
    start = Barrier(2, timeout=60)

    def alone(call):
        try:
            start.wait()
            return call()
        except NotAllowed as refusal:
            return refusal
        finally:
            connection.close()

    def run(*calls):
        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(alone, calls))

    return run


def ready(at, organisation, value):
    case = small_aid(at, organisation)
    note(case, at, value=value)
    declare(case, at)
    delegated(at, max_amount=None)
    facts = decision_to_start(at)
    return lambda: deciding.decide(case, **facts, by=at.manager, version=case.version)


@pytest.mark.parametrize("others", [True, False])
def test_of_two_decisions_that_together_pass_the_ceiling_one_is_refused(at_once, others):
    organisation = OrganisationFactory()
    here = place()
    there = place() if others else here
    half = CEILING // 2 + 1
    calls = [ready(at, organisation, half) for at in (here, there)]

    results = at_once(*calls)

    assert sorted(type(one).__name__ for one in results) == ["Decision", "NotAllowed"]
    refusal = next(one for one in results if isinstance(one, NotAllowed))
    assert [reason.rule for reason in refusal.reasons] == ["small_aid_is_under_the_ceiling"]
    assert Decision.objects.count() == 1
    assert Aid.objects.filter(given_on__isnull=False).count() == 1


def test_two_that_stay_under_the_ceiling_are_both_decided(at_once):
    organisation = OrganisationFactory()
    calls = [ready(at, organisation, CEILING // 2) for at in (place(), place())]

    results = at_once(*calls)

    assert [type(one).__name__ for one in results] == ["Decision", "Decision"]
