"""The log is broken on purpose, behind the guards' back, and verify_audit must name where."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit.guards import all_guards, lift, make_all, missing_guards
from audit.models import Event, Register
from audit.record import record
from audit.verify import breaks

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    register = Register.objects.create(name="prov")
    for code in ("first", "second", "third"):
        record(code, register, by=None)
    return register


@pytest.fixture
def without_guards():
    lift(connection, all_guards())
    yield
    make_all(connection)


def first_fault():
    return str(next(breaks()))


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.usefixtures("without_guards")
def test_a_changed_event_is_named(register, number):
    Event.objects.filter(number=number).update(actor_name="Någon annan")

    assert f"händelse {number}: innehållet stämmer inte" in first_fault()


@pytest.mark.usefixtures("without_guards")
def test_a_missing_event_in_the_middle_is_named(register):
    Event.objects.filter(number=2).delete()

    assert "händelse 2: händelsen saknas" in first_fault()


@pytest.mark.usefixtures("without_guards")
def test_a_cut_tail_is_named(register):
    Event.objects.filter(number=3).delete()

    assert "händelse 3: slutet av loggen är avklippt" in first_fault()


@pytest.mark.usefixtures("without_guards")
def test_a_recomputed_event_breaks_the_link_after_it(register):
    event = Event.objects.get(number=2)
    event.code = "other"
    event.hash = event.computed_hash()
    event.save()

    assert "händelse 3: hänger inte ihop med händelsen före" in first_fault()


@pytest.mark.usefixtures("without_guards")
def test_a_recomputed_last_event_does_not_fit_what_the_case_knows(register):
    event = Event.objects.get(number=3)
    event.code = "other"
    event.hash = event.computed_hash()
    event.save()

    assert "händelse 3: den sista kontrollsumman är inte ärendets" in first_fault()


@pytest.mark.usefixtures("without_guards")
def test_events_of_something_that_is_gone_are_named(register):
    Register.objects.all().delete()

    assert "finns inte kvar" in first_fault()


def test_the_command_says_that_the_log_is_whole(register, capsys):
    call_command("verify_audit")

    assert capsys.readouterr().out == "Loggen är hel: 3 händelser.\n"


@pytest.mark.usefixtures("without_guards")
def test_the_command_fails_when_it_is_not(register, capsys):
    Event.objects.filter(number=3).delete()

    with pytest.raises(CommandError, match="bruten i 1"):
        call_command("verify_audit")


@pytest.mark.usefixtures("without_guards")
def test_a_lost_guard_is_missed_aloud(register):
    assert "guard_audit_event_append_only_update" in missing_guards(connection)


def test_every_guard_is_in_place_after_migrate():
    assert missing_guards(connection) == set()
