"""What must be done by a day, and how it comes to an end."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.moves import NotAllowed
from notifications.models import HandOver, Obligation
from notifications.obligations import hand_over, meet, waive
from tests.factories.accounts import UserFactory

DAY = date(2026, 6, 1)
NOW = timezone.now()

pytestmark = pytest.mark.django_db


def test_an_obligation_is_written_once_however_often_it_is_promised(promise, administration):
    first, second = promise(), promise(what="Något annat")

    assert (first, first.administration) == (second, administration)
    assert [o.what for o in Obligation.objects.all()] == ["Uppföljning av FFA-2026-12"]


def test_it_is_overdue_the_day_after_the_last_day(promise):
    promised = promise(due_on=DAY, planned_on=DAY - timedelta(days=60))

    assert list(Obligation.objects.overdue(DAY)) == []
    assert list(Obligation.objects.overdue(DAY + timedelta(days=1))) == [promised]


def test_a_follow_up_meets_it(promise, manager):
    promised = promise()

    meet(promised.key, ref="collaborations.followup:7", by=manager, now=NOW)

    promised.refresh_from_db()
    assert (promised.met_by, promised.met_by_person, promised.met_at) == (
        "collaborations.followup:7",
        manager,
        NOW,
    )
    assert list(Obligation.objects.open()) == []
    assert list(Obligation.objects.overdue(date(2030, 1, 1))) == []


def test_it_is_met_by_the_first_that_meets_it(promise):
    promised = promise()

    meet(promised, ref="collaborations.followup:7")
    meet(promised, ref="collaborations.followup:8")

    assert Obligation.objects.get().met_by == "collaborations.followup:7"


def test_a_promise_that_was_never_made_cannot_be_kept(promise):
    with pytest.raises(Obligation.DoesNotExist):
        meet("follow-up:99", ref="collaborations.followup:7")


def test_it_is_waived_with_a_reason_that_is_kept(promise, manager):
    promised = promise()

    with pytest.raises(NotAllowed, match="Skriv varför"):
        waive(promised, reason="  ", by=manager)
    waive(promised, reason=" Samverkan avslutades. ", by=manager, now=NOW)

    promised.refresh_from_db()
    assert (promised.waived_reason, promised.waived_by, promised.waived_at) == (
        "Samverkan avslutades.",
        manager,
        NOW,
    )
    assert promised.is_open is False


def test_what_is_waived_stays_waived_though_it_is_done_after_all(promise, manager):
    waived, met = promise("a"), promise("b")
    waive(waived, reason="Behövs inte.", by=manager)
    meet(met, ref="collaborations.followup:7")

    meet(waived, ref="collaborations.followup:7")

    waived.refresh_from_db()
    assert (waived.met_at, waived.waived_reason) == (None, "Behövs inte.")
    with pytest.raises(NotAllowed, match="redan klart"):
        waive(met, reason="Behövs inte.", by=manager)


def test_nothing_is_written_that_is_of_no_known_kind(promise):
    with pytest.raises(ValueError, match="kinds.py"):
        promise(kind="whatever")


def test_the_most_urgent_of_a_person_comes_first(promise, manager):
    late = promise("late", due_on=DAY)
    early = promise("early", due_on=DAY + timedelta(days=90), planned_on=DAY - timedelta(days=1))
    promise("another's", owner=UserFactory())

    assert list(Obligation.objects.for_person(manager)) == [early, late]


def test_what_is_open_is_handed_over_and_it_is_kept_who_had_it(promise, manager):
    met, still_open, already_theirs = promise("a"), promise("b"), promise("c")
    meet(met, ref="collaborations.followup:7")
    successor = UserFactory()
    Obligation.objects.filter(pk=already_theirs.pk).update(owner=successor)

    assert hand_over(Obligation.objects.all(), to=successor, note="Slutar.", by=manager) == 1

    assert {o.key: o.owner for o in Obligation.objects.all()} == {
        "a": manager,
        "b": successor,
        "c": successor,
    }
    kept = HandOver.objects.get()
    assert (kept.obligation, kept.giver, kept.taker, kept.by, kept.note) == (
        still_open,
        manager,
        successor,
        manager,
        "Slutar.",
    )
