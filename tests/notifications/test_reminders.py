"""Before, on and after the day, each once, also after a pause; none once done (product §6)."""

from datetime import date, timedelta

import pytest

from accounts.models import Unit
from notifications import reminders
from notifications.models import Notice, State
from notifications.obligations import meet, waive
from notifications.reminders import sweep
from tests.factories.accounts import UnitFactory, UserFactory

DAY = date(2026, 6, 1)
BEFORE, ON, AFTER = DAY - timedelta(days=30), DAY, DAY + timedelta(days=14)
A_DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


def written():
    return [(n.kind, n.to_address) for n in Notice.objects.order_by("pk")]


@pytest.fixture
def head(administration):
    return UserFactory(head_at=administration.root_unit)


def test_each_reminder_comes_on_its_day_and_not_before(promise, manager, head):
    promise(due_on=DAY)
    mine = manager.email

    assert sweep(BEFORE - A_DAY) == 0
    assert sweep(BEFORE) == 1
    assert sweep(ON - A_DAY) == 0
    assert sweep(ON) == 1
    assert sweep(AFTER - A_DAY) == 0
    assert sweep(AFTER) == 2
    assert written() == [
        ("reminder_before", mine),
        ("reminder_on", mine),
        ("reminder_after", mine),
        ("reminder_after", head.email),
    ]


def test_a_second_sweep_the_same_day_writes_nothing(promise):
    promise(due_on=DAY)

    assert [sweep(ON), sweep(ON)] == [2, 0]


def test_a_sweep_that_did_not_run_for_long_catches_up(promise, manager, head):
    promise(due_on=DAY)

    assert sweep(AFTER + timedelta(days=100)) == 4
    assert [kind for kind, _ in written()] == [
        "reminder_before",
        "reminder_on",
        "reminder_after",
        "reminder_after",
    ]


def test_reminders_count_from_the_planned_day(promise):
    promise(due_on=DAY, planned_on=DAY - timedelta(days=90))

    assert sweep(ON - timedelta(days=120)) == 1
    assert sweep(ON - timedelta(days=90)) == 1


def test_nobody_is_reminded_of_what_is_done(promise):
    promised = promise(due_on=DAY)
    sweep(BEFORE)

    meet(promised, ref="collaborations.followup:1")

    assert sweep(AFTER) == 0


def test_nobody_is_reminded_of_what_was_waived(promise, manager):
    waive(promise(due_on=DAY), reason="Samverkan avslutades.", by=manager)

    assert sweep(AFTER) == 0


def test_what_was_done_while_the_sweep_was_at_it_is_not_reminded_of(promise):
    """The list of what lacks a reminder was read; then the follow-up was recorded."""
    promised = promise(due_on=DAY)
    stage = reminders.STAGES[0]
    lacking = reminders._lacking(stage, ON)
    meet(promised, ref="collaborations.followup:1")

    assert lacking == [promised.pk]
    assert reminders._remind(stage, promised.pk, ON) == 0


def test_two_sweeps_that_saw_the_same_list_write_one_reminder(promise):
    promised = promise(due_on=DAY)
    stage = reminders.STAGES[0]

    assert reminders._remind(stage, promised.pk, ON) == 1
    assert reminders._remind(stage, promised.pk, ON) == 0


def test_the_reminder_says_what_when_and_where(promise, manager, settings):
    settings.BASE_URL = "https://samverkan.staden.example"
    manager.name = "Maj <Öst> & Söner"
    manager.save()
    promise(due_on=DAY, planned_on=DAY - A_DAY)

    sweep(BEFORE)

    notice = Notice.objects.get()
    assert notice.subject == "Påminnelse: Uppföljning av FFA-2026-12"
    assert notice.body == (
        "Hej Maj <Öst> & Söner,\n\n"
        "Det här ska göras: Uppföljning av FFA-2026-12.\n"
        "Planerat till: 31 maj 2026.\n"
        "Senast: 1 juni 2026.\n"
        "Ansvarig: Maj <Öst> & Söner.\n\n"
        "Gör det här:\n"
        "https://samverkan.staden.example/arenden/12/uppfoljning/\n\n"
        "Meddelandet är skickat av Samverkan. Det går inte att svara på det.\n"
    )


def test_the_reminder_is_about_the_case_and_minded_by_its_owner(promise, manager):
    promised = promise(due_on=DAY)

    sweep(BEFORE)

    notice = Notice.objects.get()
    assert (notice.about, notice.administration) == (promised.about, promised.administration)
    assert (notice.person, notice.responsible, notice.state) == (manager, manager, State.WAITING)


def test_the_superior_reads_why_the_mail_came(promise, head):
    promise(due_on=DAY)

    sweep(AFTER)

    to_owner, to_head = Notice.objects.filter(kind="reminder_after").order_by("pk")
    assert "Gör det här:" in to_owner.body
    assert "Du får det här som närmaste chef till den som är ansvarig." in to_head.body


def test_with_nobody_above_the_owner_alone_is_reminded(promise, manager):
    promise(due_on=DAY)

    assert sweep(AFTER) == 3
    assert {address for _, address in written()} == {manager.email}


def test_the_superior_is_reminded_instead_of_an_owner_who_has_left(promise, manager, head):
    manager.is_active = False
    manager.save()
    promise(due_on=DAY)

    assert sweep(BEFORE) == 1
    assert written() == [("reminder_before", head.email)]


def test_an_owner_who_is_replaced_does_not_make_the_same_reminder_anew(promise, head):
    promised = promise(due_on=DAY)
    sweep(AFTER)
    promised.owner = UserFactory(manager_at=promised.unit)
    promised.save()

    assert sweep(AFTER + A_DAY) == 0


def test_a_reminder_that_cannot_be_written_does_not_silence_the_others(promise, manager, caplog):
    torn_out = UnitFactory()
    Unit.objects.filter(pk=torn_out.pk).update(path="/nowhere/")  # so nobody stands above
    promise("a", due_on=DAY, unit=torn_out)
    promise("b", due_on=DAY)

    assert sweep(AFTER) == 5
    assert "reminder after of obligation" in caplog.text
