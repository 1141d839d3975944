"""Measures after a follow-up or a shortcoming: owed by somebody, done or not (I-09, I-22)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from casework.moves import NotAllowed
from collaborations.models import (
    Remedy,
)
from collaborations.steps.after_follow_up import (
    finish_remedy,
)
from collaborations.steps.end import close, end
from notifications.models import Notice, Obligation
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import (
    FOLLOWED_UP,
    deliver_everything,
    place,
)
from tests.factories.follow_up import (
    a_remedy,
    in_three_forms,
    wholly_followed_up,
)
from tests.factories.ledger import due
from tests.factories.once import made_once
from tests.factories.shortcoming import reported
from tests.refusals import places_of, rules_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        yield in_three_forms()


def test_a_measure_is_owed_by_its_owner_until_it_is_done(formal, at):
    made = wholly_followed_up(formal, at)
    employee = UserFactory(employee_at=at.unit)
    remedy = a_remedy(formal, at, follow_up=made, owner=employee)

    assert due(formal, "remedy").get().owner == employee
    assert Notice.objects.filter(kind="remedy_decided").get().person == employee
    finish_remedy(formal, remedy, outcome="done", note="Öppet på torsdagar.", by=employee)
    assert not due(formal, "remedy").exists()
    with pytest.raises(NotAllowed) as raised:
        finish_remedy(formal, remedy, outcome="not_done", note="Nej.", by=at.officer)
    assert rules_of(raised) == {"remedy_is_open"}
    with pytest.raises(DatabaseError), transaction.atomic():
        Remedy.objects.filter(pk=remedy.pk).update(note="Annat.")


def test_what_is_not_done_needs_its_note_and_is_closed_by_those_concerned(formal, at):
    remedy = a_remedy(formal, at)
    stranger = UserFactory(employee_at=at.unit)
    for facts, rule in (
        ({"by": stranger, "note": "Nej."}, "person_answers_for_the_remedy"),
        ({"by": at.officer, "note": " "}, "remedy_is_explained"),
    ):
        with pytest.raises(NotAllowed) as raised:
            finish_remedy(formal, remedy, outcome="not_done", **facts)
        assert rules_of(raised) == {rule}

    finish_remedy(formal, remedy, outcome="not_done", note="Lokalen är såld.", by=at.manager)
    waived = Obligation.objects.get(about=formal.chain, kind="remedy")
    assert (waived.waived_reason, waived.waived_by) == ("Lokalen är såld.", at.manager)


def left(person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    return User.objects.get(pk=person.pk)


OWNERS = {
    "one without access": lambda at: UserFactory(),
    "one of another unit": lambda at: place().officer,
    "the case's own officer, who has left": lambda at: left(at.officer),
}


@pytest.mark.parametrize("owner", OWNERS)
def test_a_measure_is_not_given_to(formal, at, owner):
    with pytest.raises(NotAllowed) as raised:
        a_remedy(formal, at, owner=OWNERS[owner](at))
    assert rules_of(raised) == {"owner_has_access"}


@pytest.mark.parametrize("away", [-1, 6 * 366])
def test_a_measure_is_due_on_a_day_that_can_be(formal, at, away):
    with pytest.raises(NotAllowed) as raised:
        a_remedy(formal, at, due_on=TODAY() + timedelta(days=away))
    assert places_of(raised) == {"due_on"}


def test_a_measure_follows_from_what_was_found_in_its_own_case(formal, informal, at):
    found = {"follow_up": wholly_followed_up(formal, at), "shortcoming": reported(formal, at)}

    for name, one in found.items():
        with pytest.raises(DatabaseError), transaction.atomic():
            a_remedy(informal, at, **{name: one})
        assert getattr(a_remedy(formal, at, **{name: one}), name) == one


def test_a_measure_sent_twice_is_one(formal, at):
    key = uuid4()

    assert a_remedy(formal, at, form_key=key) == a_remedy(formal, at, form_key=key)
    assert due(formal, "remedy").count() == 1


def test_an_end_closes_the_measures_with_the_reason(informal, at):
    remedy = a_remedy(informal, at)
    end(informal, reasons="Klart.", ended_on=TODAY(), by=at.manager, version=informal.version)
    remedy.refresh_from_db()

    assert (remedy.outcome, remedy.note) == ("lapsed", "Samverkan har avslutats.")
    assert not due(informal, "remedy").exists()


def test_what_the_end_calls_for_is_decided_and_done_after_it(informal, at):
    end(informal, reasons="Klart.", ended_on=TODAY(), by=at.manager, version=informal.version)
    key = a_remedy(informal, at, what="Hämta nycklarna")
    facts = {**FOLLOWED_UP, "conclusion": "end", "lessons": "Mycket.", "held_on": TODAY()}
    deliver_everything(informal)
    made = close(informal, **facts, by=at.officer, version=informal.version)
    report = a_remedy(informal, at, what="Berätta för målgruppen", follow_up=made)
    assert due(informal, "remedy").count() == 2

    for remedy in (key, report):
        finish_remedy(informal, remedy, outcome="done", note="Klart.", by=at.officer)
    assert not due(informal, "remedy").exists()
