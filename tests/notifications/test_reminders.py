"""Before, on and after the day, each once, also after a pause; none once done (product §6)."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from accounts.models import Unit
from notifications import reminders
from notifications.kinds import Stage
from notifications.models import Notice, Obligation, State
from notifications.obligations import hand_over, meet, waive
from notifications.reminders import sweep
from tests.factories.accounts import UnitFactory, UserFactory

DAY = date(2026, 6, 1)
BEFORE, ON, AFTER = DAY - timedelta(days=30), DAY, DAY + timedelta(days=14)
LAST = DAY + timedelta(days=30)
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

    assert [sweep(ON), sweep(ON)] == [1, 0]


def test_after_a_long_pause_the_latest_reminder_is_written_and_not_those_it_has_overtaken(
    promise, manager, head
):
    promise(due_on=DAY)

    assert sweep(AFTER + A_DAY) == 2
    assert written() == [("reminder_after", manager.email), ("reminder_after", head.email)]
    assert sweep(LAST + timedelta(days=100)) == 2
    assert sweep(LAST + timedelta(days=101)) == 0


def test_a_clock_set_back_writes_nothing_anew(promise, head):
    promise(due_on=DAY)
    sweep(AFTER)

    assert [sweep(day) for day in (ON, BEFORE, AFTER)] == [0, 0, 0]


def test_at_last_the_director_is_told_too_and_each_person_once(promise, administration, head):
    """An officer's promise: the manager of the unit hears after the day, the head at last."""
    unit = UnitFactory(administration=administration)
    officer, manager = UserFactory(officer_at=unit), UserFactory(manager_at=unit)
    promise(due_on=DAY, unit=unit, owner=officer)

    assert sweep(AFTER) == 2
    assert sweep(LAST) == 3
    assert written() == [
        ("reminder_after", officer.email),
        ("reminder_after", manager.email),
        ("reminder_last", officer.email),
        ("reminder_last", manager.email),
        ("reminder_last", head.email),
    ]


def test_what_one_is_asked_for_within_weeks_is_reminded_of_at_shorter_notice(promise):
    promise("asked", kind="advice", due_on=DAY)

    assert [sweep(DAY + timedelta(days=n)) for n in (-4, -3, 0, 7, 14)] == [0, 1, 1, 1, 1]


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
    lacking = list(reminders.due(ON))
    meet(promised, ref="collaborations.followup:1")

    assert lacking == [promised]
    assert reminders._remind([promised.pk], ON) == 0


def test_two_sweeps_that_saw_the_same_list_write_one_reminder(promise):
    promised = promise(due_on=DAY)

    assert [reminders._remind([promised.pk], ON) for _ in range(2)] == [1, 0]


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
    assert "Du får det här som chef till den som är ansvarig." in to_head.body


def test_with_nobody_above_the_owner_alone_is_reminded(promise, manager):
    promise(due_on=DAY)

    assert [sweep(AFTER), sweep(LAST)] == [1, 1]
    assert {address for _, address in written()} == {manager.email}


def test_where_everybody_has_left_the_mailbox_is_told(promise, manager, administration):
    manager.grants.update(ends_on=date(2021, 1, 1))
    promise(due_on=DAY)

    assert [sweep(BEFORE), sweep(LAST)] == [1, 1]
    assert {address for _, address in written()} == {administration.mailbox}


def test_who_has_no_role_any_more_has_left_too(promise, manager, head):
    manager.grants.update(ends_on=date(2021, 1, 1))
    promise(due_on=DAY)

    sweep(BEFORE)

    assert written() == [("reminder_before", head.email)]


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
    promised.save(update_fields=["owner"])

    assert sweep(AFTER + A_DAY) == 0


def test_who_takes_over_is_reminded_and_who_has_been_is_not_told_again(promise, manager, head):
    owed = promise(due_on=DAY)
    sweep(LAST)
    other = UserFactory(officer_at=owed.unit)
    hand_over([owed], to=other, note="Slutar.", by=head)

    assert [sweep(LAST), sweep(LAST + A_DAY)] == [1, 0]
    assert written()[-1] == ("reminder_last", other.email)


def test_who_takes_over_in_time_gets_all_the_reminders_that_remain(promise, manager, head):
    owed = promise(due_on=DAY)
    sweep(BEFORE)
    other = UserFactory(officer_at=owed.unit)
    hand_over([owed], to=other, note="Slutar.", by=head)
    for day in (BEFORE + A_DAY, ON, AFTER):
        sweep(day)

    assert written()[1:] == [
        ("reminder_before", other.email),
        ("reminder_on", other.email),
        ("reminder_after", other.email),
        ("reminder_after", manager.email),  # who is the nearest superior now
    ]


def test_a_reminder_that_cannot_be_written_does_not_silence_the_others(promise, manager, caplog):
    torn_out = UnitFactory()
    Unit.objects.filter(pk=torn_out.pk).update(path="/nowhere/")  # above it stands nothing
    promise("a", due_on=DAY, unit=torn_out)
    promise("b", due_on=DAY)

    assert sweep(AFTER) == 1
    assert Obligation.objects.get(key="b").reminded == Stage.AFTER.number
    assert "could not be reminded of" in caplog.text


def test_many_cost_the_same_number_of_queries_per_hundred(promise, head):
    like = promise("0", due_on=DAY)
    Obligation.objects.bulk_create(
        Obligation(**{**vars_of(like), "key": str(number)}) for number in range(1, 300)
    )
    queries = Counter()

    def counted(execute, sql, *rest):
        queries[sql.split()[0]] += not {"notice", "mailtext"} & set(re.findall("[a-z]+", sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        assert sweep(AFTER) == 600

    assert queries["SELECT"] <= 4 * (300 // reminders.CHUNK + 1)
    assert queries["UPDATE"] == 300 // reminders.CHUNK


def vars_of(one):
    return {
        field.attname: getattr(one, field.attname)
        for field in one._meta.concrete_fields
        if not field.primary_key
    }
