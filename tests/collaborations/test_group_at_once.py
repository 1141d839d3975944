"""The same form sent twice at the same moment, over two real connections: one thing comes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advice.models import Meeting
from advice.steps.meetings import call_meeting
from advice.steps.questions import ask_without_case
from collaborations.models import Collaboration, Consultation, Recusal, Step
from notifications.models import Notice, Obligation
from tests.collaborations.test_agreement_at_once import both_at_once
from tests.factories.collaborations import case_at, place
from tests.factories.group import asked_in, member_of, noted, taken_back

pytestmark = pytest.mark.django_db(transaction=True)
SOON = timezone.localdate() + timedelta(days=5)


def kinds(results) -> list[str]:
    return sorted(type(one).__name__ for one in results)


@pytest.fixture
def at(transactional_db):
    return place()


def test_a_question_and_a_meeting_sent_twice_at_once_are_one(at):
    facts = {"unit": at.unit, "question": "Får vi bjuda på kaffe?", "due_on": SOON}
    first, second = both_at_once(*[lambda: ask_without_case(**facts, by=at.officer)] * 2)
    assert first == second == Consultation.objects.get()
    assert Notice.objects.filter(kind="question_asked").count() == 1
    assert Obligation.objects.filter(kind="advice").count() == 1

    chair = member_of(at, at.adviser)
    facts = {"held_on": SOON, "place": "Rum 3", "chair": chair, "by": at.adviser}
    first, second = both_at_once(*[lambda: call_meeting(at.administration, **facts)] * 2)
    assert first == second == Meeting.objects.get()


def test_a_question_of_a_case_sent_twice_at_once_and_its_jav_are_noted_once(at):
    case, _ = case_at(Step.MOTIVATED, at)
    chair, second, third = member_of(at, at.adviser), member_of(at), member_of(at)

    def asking():
        return asked_in(mine.pop(), at)

    mine = [Collaboration.objects.get(pk=case.pk) for _ in "ab"]
    assert kinds(both_at_once(asking, asking)) == ["Consultation", "Stale"]
    asked = Consultation.objects.get()

    def noting():
        return noted(Consultation.objects.get(pk=asked.pk), second, by=chair)

    first, again = both_at_once(noting, noting)
    assert first == again == Recusal.objects.get()

    results = both_at_once(
        lambda: taken_back(first, by=chair.person), lambda: taken_back(first, by=third.person)
    )
    assert kinds(results) == ["NoneType", "NotAllowed"]
    assert Recusal.objects.get().is_withdrawn
