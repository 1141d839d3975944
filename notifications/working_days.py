"""When people are at work: reminders and digests wait for it (settings.MAIL_HOURS, Stockholm).

Saturdays and the eves count as holidays, as they do where the law sets a last day (1930:173).
"""

from datetime import date, datetime, time, timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone
from holidays import country_holidays

SATURDAY = 5


@cache
def holidays_of(year: int) -> frozenset[date]:
    """Swedish public holidays that year, and the three eves."""
    kinds = ("public", "de_facto")
    return frozenset(country_holidays("SE", years=year, categories=kinds, include_sundays=False))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


def next_working(moment: datetime) -> datetime:
    """That moment when people are at work, else when they next come. Takes and gives aware ones.

    With no hours set (`alltid`) every moment will do.
    """
    if settings.MAIL_HOURS is None:
        return moment
    first, last = settings.MAIL_HOURS
    local = timezone.localtime(moment)
    day = local.date()
    if is_working_day(day) and local.hour < last:
        return moment if local.hour >= first else at_hour(day, first)
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return at_hour(day, first)


def is_working(moment: datetime) -> bool:
    return next_working(moment) == moment


def at_hour(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
