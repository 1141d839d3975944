"""*Beredningsgruppen*: what is new, what waits for us, what is untold, and how much there is.

Everything starts from the cases that the person may see where they sit in the group (G-09, G-14).
"""

from datetime import datetime, timedelta
from operator import attrgetter

from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission, may_anywhere, within
from advice.models import Meeting
from audit import clock
from casework.swedish import long_date
from collaborations.duties import Unmet, unmet_of, with_unmet
from collaborations.models import (
    OPEN_TO_CORRECTION,
    Collaboration,
    Consultation,
    Decision,
    DecisionKind,
    Step,
)
from dashboard.waiting import one_of

FEW_MEETINGS = 3
MOST = 20  # rows of a kind that are shown; one more is fetched, to know that there are more
FIRST_LOOK = timedelta(days=30)  # what counts as new to someone who never marked it as read


def may_see(person) -> bool:
    return may_anywhere(person, Permission.GROUP_SEE)


def cases_of(person):
    """The cases of the administrations whose group the person is in."""
    return Collaboration.objects.visible_to(person).filter(within(person, Permission.GROUP_SEE))


# --- what is new -------------------------------------------------------------------------------

NEWS = {
    DecisionKind.START: ("Beslut att inleda", "stamp"),
    DecisionKind.REFRAIN: ("Beslut att avstå", "minus"),
    DecisionKind.BREAK_OFF: ("Beslut att avbryta", "stop"),
    DecisionKind.END: ("Avslutad", "stop"),
}


def seen_at(person) -> datetime:
    """When the person last marked the page as read; a month ago for who never did."""
    return person.group_seen_at or clock.now() - FIRST_LOOK


def mark_as_read(person, until: datetime) -> None:
    """Remember that what happened up to that moment is read. Never moves backwards, nor ahead."""
    until = min(until, clock.now())
    if person.group_seen_at is None or until > person.group_seen_at:
        User.objects.filter(pk=person.pk).update(group_seen_at=until)
        person.group_seen_at = until


def news(person, since: datetime) -> list[dict]:
    """Initiatives, decisions and ends after that moment, latest first, for timeline.html."""
    registered = cases_of(person).filter(registered_at__gt=since).select_related("unit")
    decided = (
        Decision.objects.filter(one_of(cases_of(person)), decided_at__gt=since)
        .select_related("collaboration__unit", "decided_by")
        .order_by("-decided_at", "-pk")
    )
    entries = [
        *(
            entry(case, case.registered_at, "Nytt initiativ", "flag")
            for case in registered[: MOST + 1]
        ),
        *(
            entry(row.collaboration, row.decided_at, *NEWS[row.kind], who=row.decided_by)
            for row in decided[: MOST + 1]
        ),
    ]
    return sorted(entries, key=lambda one: one["at"], reverse=True)[: MOST + 1]


def entry(case: Collaboration, at: datetime, what: str, icon: str, who=None) -> dict:
    return {
        "at": at,
        "sentence": f"{what}: {case.title}",
        "who": f"{who}, {case.unit}" if who else str(case.unit),
        "url": case.get_absolute_url(),
        "icon": icon,
    }


# --- what waits for the group ------------------------------------------------------------------


def questions(person) -> list[dict]:
    """What the group has been asked and not answered, the nearest day first, for tasks.html."""
    asked = (
        Consultation.objects.unanswered()
        .filter(one_of(cases_of(person).filter(step__in=OPEN_TO_CORRECTION)))
        .select_related("collaboration__unit", "asked_by", "assignee")
        .order_by("due_on", "pk")[: MOST + 1]
    )
    return [question(consultation) for consultation in asked]


def questions_alone(person) -> list[dict]:
    """What the group has been asked without a case and not answered (G-13), for tasks.html."""
    asked = (
        Consultation.objects.unanswered()
        .without_case()
        .filter(within(person, Permission.GROUP_SEE))
        .select_related("unit", "asked_by", "assignee")
        .order_by("due_on", "pk")[: MOST + 1]
    )
    return [question(consultation) for consultation in asked]


def next_meetings(person) -> list[Meeting]:
    """The meetings to come, the next first, and before them those whose minutes wait."""
    found = Meeting.objects.visible_to(person).annotate(items_count=Count("items"))
    waiting = found.open().filter(held_on__lt=clock.today()).order_by("held_on", "pk")
    return [*waiting[:FEW_MEETINGS], *found.coming()[:FEW_MEETINGS]]


def question(consultation: Consultation) -> dict:
    case, days = consultation.collaboration, (clock.today() - consultation.due_on).days
    who = f"{consultation.assignee} svarar" if consultation.assignee else "Inte fördelad"
    about = f"{case.number} · " if case else ""
    return {
        "label": case.title if case else f"Fråga från {consultation.unit}",
        "url": reverse("advice:request", args=[consultation.pk]),
        "hint": f"{about}{who} · {consultation.asked_by} frågar: {consultation.question}",
        "state": "late" if days > 0 else "waiting",
        "state_label": late(days) if days > 0 else f"Svar senast {long_date(consultation.due_on)}",
    }


def late(days: int) -> str:
    return f"Försenad {days} dag{'ar' if days > 1 else ''}"


# --- what the mailbox has not been told --------------------------------------------------------


def untold(person) -> list[dict]:
    """What should have reached the mailbox and has not, the oldest first, as notices:untold counts.

    Each {case, what, why, at, url} (G-10, G-49, G-50, G-65, G-77, G-78).
    """
    oldest = with_unmet(cases_of(person)).order_by("since", "pk")[: MOST + 1]
    rows = sorted(unmet_of(oldest), key=attrgetter("since"))
    return [untold_row(row) for row in rows[: MOST + 1]]


def untold_row(row: Unmet) -> dict:
    url = reverse("collaborations:notices", args=[row.case.pk])
    return {"case": row.case, "what": row.duty.what, "why": why(row), "at": row.since, "url": url}


def why(row: Unmet) -> str:
    """Where its notice is; of one that is not written whether the program waits for something."""
    if row.notice:
        return row.notice.get_state_display()
    waits = row.duty.code == "decision" and row.case.step == Step.DECIDED
    return "Dokumentet görs" if waits else "Inget är skrivet"
