"""How many cases there are, as pictures: by step, by unit, and the follow-ups of a year."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Unit
from audit import clock
from collaborations.calendar import coming_months
from collaborations.filters import LATE
from collaborations.models import OPEN_TO_CORRECTION, Outcome, Step
from dashboard.group import cases_of

REFRAINED = "refrained"  # told, and the decision was to refrain: the end of that road
# The parts of a unit's bar, in order: label, and the standings of a case that belong to it.
PARTS = (
    ("Under beredning", frozenset(OPEN_TO_CORRECTION)),
    ("Beslutade", frozenset({Step.DECIDED, Step.DOCUMENTED, Step.TOLD})),
    ("Pågående", frozenset({Step.ONGOING})),
    ("Avslutade", frozenset({Step.ENDED, Step.CLOSED})),
    ("Avstådda", frozenset({REFRAINED})),
)


def address(**chosen) -> str:
    return f"{reverse('collaborations:list')}?{urlencode(chosen)}"


def by_unit_and_step(person) -> dict[int, Counter]:
    """Unit id → how many cases stand where. One query, grouped by indexed columns."""
    found: dict[int, Counter] = defaultdict(Counter)
    rows = cases_of(person).order_by().values_list("unit", "step", "outcome")
    for unit, step, outcome, count in rows.annotate(Count("pk")):
        refrained = step == Step.TOLD and outcome == Outcome.REFRAIN
        found[unit][REFRAINED if refrained else step] += count
    return found


def step_bars(counted: dict[int, Counter]) -> list[dict]:
    """Rows for the bars component: every step, and those we refrained from."""
    total = sum(counted.values(), Counter())
    rows = [
        {"label": step.label, "value": total[step], "url": address(steg=step.value)}
        for step in Step
    ]
    url = address(steg=Step.TOLD.value, utfall=Outcome.REFRAIN.value)
    return [*rows, {"label": "Avstådd", "value": total[REFRAINED], "url": url}]


def unit_bars(counted: dict[int, Counter]) -> list[dict]:
    """Rows for the bars component, in the order of the tree of units; series as PARTS."""
    units = Unit.objects.filter(pk__in=counted).order_by("path")
    return [
        {
            "label": unit.name,
            "values": [sum(counted[unit.pk][one] for one in ones) for _, ones in PARTS],
            "url": address(enhet=unit.pk),
        }
        for unit in units
    ]


def part_names() -> list[str]:
    return [label for label, _ in PARTS]


def follow_up_bars(person, today: date | None = None) -> list[dict]:
    """Rows for the bars component: late ones, then month by month for a year."""
    today = today or clock.today()
    due = cases_of(person).at(Step.ONGOING, Step.ENDED).filter(next_follow_up_on__isnull=False)
    counted: Counter = Counter()
    for day, count in due.order_by().values_list("next_follow_up_on").annotate(Count("pk")):
        counted[LATE if day < today else f"{day:%Y-%m}"] += count
    rows = [(LATE, "Försenade"), *((month.code, month.label) for month in coming_months(today))]
    return [
        {"label": label, "value": counted[code], "url": address(uppfoljning=code)}
        for code, label in rows
    ]
