"""The results of each goal over the years: a line drawn on the server, with its table (G-80, G-81).

A goal is the same goal as long as it is worded the same, also when an amendment repeats it. The
corrected follow-ups are left out. Across, places are per cent of the width, so that the SVG needs
neither style nor script, and its words keep their size on a narrow page.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from agreements import reading
from collaborations.models import Collaboration, GoalResult
from collaborations.models.follow_up import number_said

HEIGHT, MARGIN = 200, 24  # pixels
LEFT, RIGHT = 4, 96  # per cent
WRITTEN_NUMBER = re.compile(r"\d[\d\s\u202f]*(?:[.,]\d+)?")


@dataclass(frozen=True)
class Result:
    held_on: date
    number: Decimal | None
    text: str

    @property
    def said(self) -> str:
        return number_said(self.number)


def number_in(text: str) -> Decimal | None:
    """The first number of "70 procent" or "1 200 besök"; None where there is none."""
    found = WRITTEN_NUMBER.search(text or "")
    if found is None:
        return None
    return Decimal(re.sub(r"\s", "", found[0]).replace(",", "."))


def results(case: Collaboration) -> dict[str, list[Result]]:
    """By the goal's words, the results of every follow-up that holds, in order. One query."""
    rows = (
        GoalResult.objects.filter(follow_up__collaboration=case.pk, follow_up__superseded_by=None)
        .select_related("goal", "follow_up")
        .order_by("follow_up__held_on", "follow_up")
    )
    found = defaultdict(list)
    for row in rows:
        found[row.goal.text].append(Result(row.follow_up.held_on, row.number, row.text))
    return dict(found)


def charts(case: Collaboration) -> list[dict]:
    """A picture per goal that holds now and has a result: see `draw`."""
    main = reading.latest_signed(case.terms)
    if main is None:
        return []
    found = results(case)
    return [
        draw(goal, found[goal.text], f"mal-{goal.pk}")
        for goal in reading.promises_of(main)[1]
        if goal.text in found
    ]


def draw(goal, rows: list[Result], name: str) -> dict:
    """{goal, id, rows, points, segments, levels, height}; points empty without numbers.

    points: {x, y, said, day}. segments: the line between them, as pairs of points. levels: the
    baseline and the target, {y, said, label, name}, where they are numbers.
    """
    numbers = [row for row in rows if row.number is not None]
    levels = [
        {"number": number, "label": label, "name": code, "said": said}
        for label, code, said in (
            ("Utgångsläge", "baseline", goal.baseline),
            ("Målvärde", "target", goal.target),
        )
        if (number := number_in(said)) is not None
    ]
    top = max([row.number for row in numbers] + [one["number"] for one in levels], default=0) or 1
    for one in levels:
        one["y"] = height_of(one["number"], top)
    points = [
        {"x": x, "y": height_of(row.number, top), "said": row.said, "day": row.held_on}
        for row, x in zip(numbers, across([row.held_on for row in numbers]), strict=True)
    ]
    return {
        "goal": goal,
        "id": name,
        "rows": rows,
        "points": points,
        "segments": list(pairwise(points)),
        "levels": levels,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
    }


def height_of(number: Decimal, top: Decimal) -> float:
    """From the top: zero lies at the bottom, the largest number under the margin."""
    return round(HEIGHT - MARGIN - float(number) / float(top) * (HEIGHT - 2 * MARGIN), 1)


def across(days: list[date]) -> list[float]:
    """Where the days lie: by their distance in time; one alone in the middle."""
    if not days:
        return []
    first, whole = days[0], (days[-1] - days[0]).days
    begins, room = 2 * LEFT, 100 - 4 * LEFT
    if not whole:
        return [round(begins + room * (at + 1) / (len(days) + 1), 1) for at in range(len(days))]
    return [round(begins + room * (day - first).days / whole, 1) for day in days]
