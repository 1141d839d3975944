"""Days are counted backwards from today, so that the demonstration never grows old."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

HOUR = timedelta(hours=1)
JUST_NOW = timedelta(minutes=10)


def working(day: date) -> date:
    """The day itself, or the Friday before when it falls on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


@dataclass(frozen=True)
class Days:
    """Counted from `now` (aware). Only working days, but for today."""

    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def day(self, ago: int) -> date:
        """The day that many days ago (negative: ahead); the Friday before when on a weekend."""
        day = self.today - timedelta(days=ago)
        return working(day) if ago else day

    def at(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """The moment of that hour (Stockholm) on that day; today it is ten minutes ago."""
        if ago == 0:
            return self.now - JUST_NOW
        moment = datetime.combine(self.day(ago), time(hour, minute))
        return timezone.make_aware(moment)

    def mondays(self, ago: int) -> list[datetime]:
        """Six in the morning of every Monday since that day, today's not included."""
        day = self.today - timedelta(days=ago)
        day += timedelta(days=-day.weekday() % 7)
        weeks = range(max(0, (self.today - day).days + 6) // 7)
        monday = [datetime.combine(day + timedelta(weeks=week), time(6)) for week in weeks]
        return [timezone.make_aware(one) for one in monday]
