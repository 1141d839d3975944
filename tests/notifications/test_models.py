"""What the database itself refuses: half facts, lost notices, promises that vanish."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from notifications import outbox
from notifications.models import DeliveryAttempt, HandOver, Notice, Obligation, State
from notifications.obligations import meet
from tests.factories.accounts import UserFactory

NOW = timezone.now()
DAY = date(2026, 5, 1)

pytestmark = pytest.mark.django_db


def refuses(rows, **facts):
    """The database says no to these facts on an existing row, by the name of the constraint."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(**facts)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"state": "lost"}, "notice_"),
        ({"state": State.SENT, "next_try_at": None}, "notice_sent_means_when"),
        ({"sent_at": NOW}, "notice_sent_means_when"),
        ({"next_try_at": None}, "notice_waiting_means_until_when"),
        ({"state": State.SENDING}, "notice_waiting_means_until_when"),
        ({"state": State.REFUSED, "next_try_at": None}, "notice_refused_means_why"),
        ({"resent_at": NOW}, "notice_resent_means_when_who"),
        ({"told_otherwise_how": "Ringde."}, "notice_told_otherwise_means_how_when_who"),
        ({"told_otherwise_on": DAY}, "notice_told_otherwise_means_how_when_who"),
    ],
)
def test_a_notice_is_never_half_told(write, facts, constraint):
    write()

    assert constraint in refuses(Notice.objects.all(), **facts)


@pytest.mark.parametrize(
    "missing", ["told_otherwise_how", "told_otherwise_on", "told_otherwise_by"]
)
def test_told_otherwise_is_how_when_and_who(write, manager, missing):
    write()
    facts = {
        "state": State.TOLD_OTHERWISE,
        "next_try_at": None,
        "told_otherwise_how": "Ringde.",
        "told_otherwise_on": DAY,
        "told_otherwise_by": manager,
    }
    nothing = "" if missing == "told_otherwise_how" else None

    assert "told_otherwise_means" in refuses(Notice.objects.all(), **facts | {missing: nothing})
    assert Notice.objects.update(**facts) == 1


def test_an_attempt_is_settled_with_an_outcome_or_not_at_all(write):
    outbox.claim(write().pk)
    attempts = DeliveryAttempt.objects.all()

    assert "attempt_settled_means_outcome" in refuses(attempts, settled_at=NOW)
    assert "attempt_settled_means_outcome" in refuses(attempts, outcome="accepted")
    assert "attempt_settled_means_outcome" in refuses(attempts, settled_at=NOW, outcome="maybe")


def test_one_notice_is_handed_over_once_at_a_time(write):
    first = outbox.claim(write().pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        first.notice.attempts.create(number=2, started_at=NOW)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"planned_on": DAY + timedelta(days=1)}, "obligation_planned_in_time"),
        ({"met_at": NOW}, "obligation_met_means_by_what"),
        ({"met_by": "collaborations.followup:1"}, "obligation_met_means_by_what"),
        ({"waived_at": NOW}, "obligation_waived_means_who_why"),
        ({"waived_reason": "Behövs inte."}, "obligation_waived_means_who_why"),
    ],
)
def test_an_obligation_is_never_half_met(promise, facts, constraint):
    promise(due_on=DAY)

    assert constraint in refuses(Obligation.objects.all(), **facts)


def test_an_obligation_is_not_both_met_and_waived(promise, manager):
    promise()
    facts = {
        "met_at": NOW,
        "met_by": "collaborations.followup:1",
        "waived_at": NOW,
        "waived_by": manager,
        "waived_reason": "Behövs inte.",
    }

    assert "obligation_met_or_waived_not_both" in refuses(Obligation.objects.all(), **facts)


def test_what_was_told_and_what_is_due_cannot_be_deleted(write, promise):
    outbox.claim(write().pk)
    promise()

    for row in (DeliveryAttempt.objects.get(), Notice.objects.get(), Obligation.objects.get()):
        with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")


def test_what_is_told_stays_told(write, manager):
    outbox.tell_otherwise(write(), how="Ringde.", on=DAY, by=manager)
    untold = {"told_otherwise_how": "", "told_otherwise_on": None, "told_otherwise_by": None}

    assert "told_stays_told" in refuses(
        Notice.objects.all(), state=State.WAITING, next_try_at=NOW, **untold
    )


def test_what_is_met_stays_met(promise):
    meet(promise(), ref="collaborations.followup:1")

    assert "settled_stays_settled" in refuses(
        Obligation.objects.all(), met_at=None, met_by="", met_by_person=None
    )


def test_a_notice_is_addressed_to_a_mailbox_with_ä(write):
    notice = write()
    notice.clean_fields()

    notice.to_address = "ingen adress"
    with pytest.raises(ValidationError, match="Skriv en e-postadress"):
        notice.clean_fields()


def test_a_hand_over_is_from_one_to_another_for_a_reason_and_stays(promise, manager):
    facts = {"obligation": promise(), "giver": manager, "by": manager}
    for wrong in ({"taker": manager, "note": "Slutar."}, {"taker": UserFactory(), "note": ""}):
        with pytest.raises(IntegrityError, match="handed_over"), transaction.atomic():
            HandOver.objects.create(**facts, **wrong)
    kept = HandOver.objects.create(**facts, taker=UserFactory(), note="Slutar.")

    for change in (kept.delete, lambda: HandOver.objects.update(note="Annat.")):
        with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
            change()


def test_an_obligation_is_reminded_of_at_most_as_far_as_there_are_stages(promise):
    promise()

    assert "obligation_reminded_is_a_stage" in refuses(Obligation.objects.all(), reminded=5)


def test_an_obligation_is_of_a_kind_that_is_known(promise):
    promise()

    assert "obligation_is_of_a_kind" in refuses(Obligation.objects.all(), kind="tårta")
