"""What the case says that decides which questions are asked and how strongly they weigh."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from audit.clock import years_after
from checklists.models import Level


@dataclass(frozen=True)
class Facts:
    """Taken from a case by `collaborations`; the question sets know no case.

    form: code of the form of collaboration. resources: what we hand over, in kronor (G-44).
    outcomes: set code → outcome of that set (G-28: the checklist fetches the democracy check).
    opinions: set code → what an opinion on that test came to, where one has been given (4.4, 4.5).
    today: the day in Stockholm that ages are counted from. measures_allowed: the rule set has an
    exception through measures for the form (domain 0.7). known_against: the administration has
    something against the organisation in another case (G-31).
    """

    form: str
    level: Level
    today: date
    minors: bool = False
    personal_data_shared: bool = False
    payout: bool = False
    resources: int = 0
    outcomes: Mapping[str, str] = field(default_factory=dict)
    opinions: Mapping[str, str] = field(default_factory=dict)
    measures_allowed: bool = False
    known_against: bool = False

    def with_outcomes(self, outcomes: Mapping[str, str]) -> "Facts":
        return replace(self, outcomes={**self.outcomes, **outcomes})

    def as_on(self, day: date) -> "Facts":
        return replace(self, today=day)


def a_year_before(day: date) -> date:
    """The same date a year earlier; 29 February becomes the 28th."""
    return years_after(day, -1)


def a_year_after(day: date) -> date:
    return years_after(day, 1)
