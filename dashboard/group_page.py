"""All that templates/dashboard/group.html shows."""

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.permissions import Permission, administrations_wholly
from audit import clock
from casework.swedish import one_or_many
from dashboard import amounts, group, overlaps


def page(person) -> dict:
    since, counted = group.seen_at(person), amounts.by_unit_and_step(person)
    parts = {
        "news": group.news(person, since),
        "questions": group.questions(person),
        "alone": group.questions_alone(person),
        "untold": group.untold(person),
        "organisations": overlaps.same_organisation(person),
        "aims": overlaps.same_area_and_target_group(person),
    }
    return {
        **{name: rows[: most(name)] for name, rows in parts.items()},
        "numbers": numbers(**parts),
        "meetings": group.next_meetings(person),
        "may_meet": bool(administrations_wholly(person, Permission.GROUP_SEE)),
        "today": clock.today(),
        "since": since,
        "shown_at": clock.now(),
        "news_url": since_url(since),
        "steps": amounts.step_bars(counted),
        "units": amounts.unit_bars(counted),
        "unit_parts": amounts.part_names(),
        "follow_ups": amounts.follow_up_bars(person),
    }


def most(name: str) -> int:
    return overlaps.MOST if name in ("organisations", "aims") else group.MOST


def since_url(since) -> str:
    """The list of cases registered since that day."""
    day = timezone.localdate(since).isoformat()
    return f"{reverse('collaborations:list')}?{urlencode({'fran': day})}"


def numbers(*, news, questions, alone, untold, organisations, aims) -> list[dict]:
    """What sums up the page, each a link to its part of it."""
    late = [one for one in [*questions, *alone] if one["state"] == "late"]
    asked, new = said([*questions, *alone]), said(news)
    asked_said = one_or_many(asked, "fråga väntar på er", "frågor väntar på er")
    overlapping = len(organisations[: overlaps.MOST]) + len(aims[: overlaps.MOST])
    if max(len(organisations), len(aims)) > overlaps.MOST:
        overlapping = f"{overlapping}+"
    return [
        {
            "number": asked,
            "label": f"{asked_said}, {said(late)} {one_or_many(len(late), 'försenad', 'försenade')}"
            if late
            else asked_said,
            "url": "#vantar",
            "late": bool(late),
        },
        {
            "number": new,
            "label": one_or_many(new, "nyhet sedan sist", "nyheter sedan sist"),
            "url": "#nytt",
        },
        {"number": overlapping, "label": "överlapp", "url": "#overlappar"},
        {"number": said(untold), "label": "inte meddelat", "url": "#inte-meddelat"},
    ]


def said(rows: list) -> int | str:
    """How many rows, or 20+ when there are more than are shown."""
    return len(rows) if len(rows) <= group.MOST else f"{group.MOST}+"
