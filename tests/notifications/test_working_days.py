"""When people are at work in Sweden. Typed by hand from the almanac."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ImproperlyConfigured

from notifications.working_days import is_working, is_working_day, next_working
from samverkan.settings import hours

STOCKHOLM = ZoneInfo("Europe/Stockholm")

FREE = [
    date(2026, 1, 1),
    date(2026, 1, 6),
    date(2026, 4, 3),  # Good Friday
    date(2026, 4, 6),
    date(2026, 5, 1),
    date(2026, 5, 14),  # Ascension
    date(2026, 6, 19),  # Midsummer's Eve
    date(2026, 12, 24),
    date(2026, 12, 25),
    date(2026, 12, 31),
    date(2027, 3, 26),
    date(2027, 6, 25),
    date(2026, 11, 21),  # a Saturday
    date(2026, 11, 22),
]
AT_WORK = [date(2026, 1, 5), date(2026, 4, 2), date(2026, 5, 15), date(2026, 6, 5)]


@pytest.fixture(autouse=True)
def seven_to_six(settings):
    settings.MAIL_HOURS = (7, 18)


def at(*moment):
    return datetime(*moment, tzinfo=STOCKHOLM)


@pytest.mark.parametrize("day", FREE)
def test_nobody_works_on_a_holiday(day):
    assert not is_working_day(day)


@pytest.mark.parametrize("day", AT_WORK)
def test_the_days_between_are_worked(day):
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("moment", "next_one"),
    [
        (at(2026, 11, 23, 7, 0), at(2026, 11, 23, 7, 0)),
        (at(2026, 11, 23, 17, 59), at(2026, 11, 23, 17, 59)),
        (at(2026, 11, 23, 6, 59), at(2026, 11, 23, 7)),
        (at(2026, 11, 23, 18, 0), at(2026, 11, 24, 7)),
        (at(2026, 11, 20, 18, 0), at(2026, 11, 23, 7)),
        (at(2026, 11, 21, 12, 0), at(2026, 11, 23, 7)),
        (at(2026, 4, 2, 18, 0), at(2026, 4, 7, 7)),  # over Easter
        (at(2026, 12, 23, 18, 30), at(2026, 12, 28, 7)),
        (at(2026, 3, 28, 12, 0), at(2026, 3, 30, 7)),  # the clock is moved meanwhile
        (at(2026, 10, 24, 12, 0), at(2026, 10, 26, 7)),
    ],
)
def test_what_waits_leaves_when_people_next_come(moment, next_one):
    assert next_working(moment) == next_one
    assert next_working(moment.astimezone(UTC)) == next_one
    assert is_working(moment) == (moment == next_one)


def test_without_hours_any_moment_will_do(settings):
    settings.MAIL_HOURS = None

    assert is_working(at(2026, 12, 25, 3))


@pytest.mark.parametrize(
    ("said", "meant"), [("7-18", (7, 18)), ("0-24", (0, 24)), ("alltid", None)]
)
def test_the_hours_are_a_setting(said, meant):
    assert hours(said) == meant


@pytest.mark.parametrize("said", ["", "7", "18-7", "7-7", "7-25", "sju-arton", "-7-18"])
def test_hours_that_mean_nothing_are_refused_at_start(said):
    with pytest.raises(ImproperlyConfigured, match="SAMVERKAN_MAIL_HOURS"):
        hours(said)
