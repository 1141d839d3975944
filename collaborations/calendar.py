"""The months that follow-ups fall in, for the filter and the picture of the coming year."""

from dataclasses import dataclass
from datetime import date

from audit import clock
from casework.swedish import MONTHS


@dataclass(frozen=True)
class Month:
    year: int
    number: int

    @property
    def code(self) -> str:
        """As it stands in an address: 2026-11."""
        return f"{self.year}-{self.number:02d}"

    @property
    def label(self) -> str:
        return f"{MONTHS[self.number - 1]} {self.year}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def following(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)


def coming_months(today: date | None = None, count: int = 13) -> list[Month]:
    """This month (of the day, today in Stockholm) and those after it.

    Thirteen hold every follow-up of the coming year: the last is this month of next year.
    """
    today = today or clock.today()
    months = [Month(today.year, today.month)]
    while len(months) < count:
        months.append(months[-1].following)
    return months
