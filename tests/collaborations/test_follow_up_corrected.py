"""A correction comes in the place of one follow-up, and touches nothing else (domain 4.9)."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from collaborations.models import Collaboration, FollowUpDraft
from collaborations.steps.follow_up import correct_follow_up, save_draft
from tests.factories.collaborations import place
from tests.factories.follow_up import WHOLE, outcomes, promising, wholly_followed_up
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        yield SimpleNamespace(at=at, formal=promising(at).pk)


@pytest.fixture
def at(city):
    return city.at


@pytest.fixture
def case(city):
    return Collaboration.objects.get(pk=city.formal)


def correct(case, wrong, at, **facts):
    said = {**WHOLE, **outcomes(case), "held_on": TODAY(), **facts}
    return correct_follow_up(case, wrong, **said, by=at.officer, version=case.version)


def test_the_draft_of_the_next_one_stays(case, at):
    wrong = wholly_followed_up(case, at)
    save_draft(case, content={"done": "Halva nästa"}, revision=0, by=at.officer)

    correct(case, wrong, at)

    assert FollowUpDraft.objects.get().content == {"done": "Halva nästa"}
