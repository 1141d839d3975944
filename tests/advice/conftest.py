from types import SimpleNamespace

import pytest

from advice.models import Member
from collaborations.models import Collaboration, Step
from tests.factories.collaborations import case_at, place
from tests.factories.forms import declared
from tests.factories.group import member_of
from tests.factories.once import made_once


@pytest.fixture(scope="package")
def made(django_db_setup, django_db_blocker):
    """A group of three who have declared in a case, and another administration's group."""
    with made_once(django_db_blocker):
        case, at = case_at(Step.CHECKED)
        members = [member_of(at, at.adviser), member_of(at), member_of(at)]
        for member in members:
            declared(case, member.person)
        elsewhere = place()
        yield SimpleNamespace(
            case=case.pk,
            at=at,
            members=members,
            elsewhere=elsewhere,
            stranger=member_of(elsewhere, elsewhere.adviser),
        )


@pytest.fixture
def group(made, db):
    """at, case, chair, second, third (members), elsewhere and its member `stranger`."""
    chair, second, third = (Member.objects.get(pk=member.pk) for member in made.members)
    return SimpleNamespace(
        at=made.at,
        case=Collaboration.objects.get(pk=made.case),
        chair=chair,
        second=second,
        third=third,
        elsewhere=made.elsewhere,
        stranger=made.stranger,
    )
