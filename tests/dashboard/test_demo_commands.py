"""Where demonstration data may be loaded, and which days it tells of."""

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from checklists.load import load_question_sets
from collaborations.models import Collaboration
from dashboard.demo.days import Days
from dashboard.demo.load import NotEmpty, load
from dashboard.management.commands.load_demo import refusal
from tests.factories.accounts import AdministrationFactory

WEDNESDAY = timezone.make_aware(datetime(2031, 3, 12, 10, 0))


def test_it_is_refused_outside_demo_mode(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="bara in i demoläget"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="bara i demoläget"):
        call_command("logins")


def test_it_is_refused_on_a_database_server():
    assert refusal(demo=True, vendor="sqlite") == ""
    assert refusal(demo=True, vendor="postgresql").startswith("Demodata läses aldrig in i en")


@pytest.mark.django_db
@pytest.mark.parametrize("there", [AdministrationFactory, load_question_sets])
def test_a_database_with_something_in_it_is_left_alone(there):
    there()

    with pytest.raises(NotEmpty, match="make clean"):
        load()

    assert not Collaboration.objects.exists()


def test_the_logins_are_printed_with_the_password_of_all(settings, capsys):
    settings.DEMO = True

    call_command("logins")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Lösenord för alla: kanelbulle-pa-torsdag"
    assert lines[1].split()[0] == "tomas.nyhagen@ekstad.example"
    assert len(lines) >= 17


def test_days_are_counted_from_today_and_fall_on_working_days():
    days = Days(WEDNESDAY)

    assert days.day(0).isoformat() == "2031-03-12"
    assert days.day(3).isoformat() == "2031-03-07"
    assert days.day(-3).isoformat() == "2031-03-14"
    assert days.at(3, 8, 15).isoformat() == "2031-03-07T08:15:00+01:00"
    assert days.at(0, 8) < WEDNESDAY
    mondays = [monday.date().isoformat() for monday in days.mondays(10)]
    assert mondays == ["2031-03-03", "2031-03-10"]
