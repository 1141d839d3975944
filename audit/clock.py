"""What time it is for what happens now.

Steps and records ask here. It is the real time, but for demonstration data and tests, which tell
of things that happened on another day: they say so for a with-block.
"""

from calendar import isleap
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told_time", default=None)


def now() -> datetime:
    """The moment, aware."""
    return _told.get() or timezone.now()


def today() -> date:
    """The day in Stockholm."""
    return timezone.localdate(now())


def day_of(moment: datetime) -> date:
    """The day in Stockholm at that moment."""
    return timezone.localdate(moment)


def years_after(day: date, years: int) -> date:
    """The same date that many years later, or earlier when negative; 29 February becomes the 28th.

    Raises ValueError outside the years 1 to 9999.
    """
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28) if not isleap(day.year + years) else day
    return day.replace(year=day.year + years)


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Within the block it is that moment (aware), in this thread of work only."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
