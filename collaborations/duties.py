"""What beredningsgruppen shall be told of a case, and whether it has been (domain §1.7.3).

Computed from the cases: a notice that was never written is missed as well as one that was refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from audit import clock
from collaborations import notices
from collaborations.models import Collaboration, Decision, DecisionKind, Form
from notifications.models import Notice

MOST = 200
PROJECTS = (Form.EXTERNAL_FUNDING, Form.PARTNER_IN_PROJECT)
DECISIONS = Decision.objects.filter(
    collaboration=OuterRef("pk"), kind__in=[DecisionKind.START, DecisionKind.REFRAIN]
)


@dataclass(frozen=True)
class Duty:
    """`code` ends the key of the notice that carries it out (standing.notice_key).

    since: an expression for when it arose. write: case → the notice, where none was written.
    """

    code: str
    what: str
    sources: tuple[str, ...]
    says: str
    since: F | Subquery
    arises: Q
    write: Callable[[Collaboration], object]

    def unmet(self, cases):
        """Those of the cases (query set) that it holds for and that are not told, with `since`."""
        told = Notice.objects.told().filter(key=chain_of_row(f":{self.code}"))
        return cases.filter(self.arises).filter(~Exists(told)).annotate(since=self.since)


def chain_of_row(after: str = ""):
    """In SQL, within a subquery, what `Collaboration.chain` is; with `after` a notice's key."""
    label = Collaboration._meta.label_lower
    return Concat(Value(f"{label}:"), Cast(OuterRef("pk"), CharField()), Value(after))


def write_decision(case: Collaboration):
    decision = (
        case.decisions.filter(kind__in=[DecisionKind.START, DecisionKind.REFRAIN])
        .exclude(document=None)
        .order_by("-pk")
        .first()
    )
    return decision and notices.decision_made(case, decision)


DUTIES = (
    Duty(
        "initiative",
        "Initiativet",
        ("G-10",),
        "Alla initiativ ska tas upp i eller anmälas till beredningsgruppen.",
        F("registered_at"),
        Q(),
        notices.initiative_registered,
    ),
    Duty(
        "decision",
        "Beslutet",
        ("G-49", "G-77"),
        "Beslutet att inleda eller avstå ska meddelas till brevlådan.",
        Subquery(DECISIONS.order_by("pk").values("decided_at")[:1]),
        Q(Exists(DECISIONS)),
        write_decision,
    ),
    Duty(
        "started",
        "Projektets start",
        ("G-65",),
        "Beredningsgruppen ska informeras när ett projekt startar.",
        F("started_on"),
        Q(started_on__isnull=False, form__in=PROJECTS),
        notices.collaboration_started,
    ),
    Duty(
        "end",
        "Avslutet",
        ("G-50", "G-78"),
        "Att samverkan har avslutats ska meddelas till brevlådan.",
        F("ended_on"),
        Q(ended_on__isnull=False),
        notices.collaboration_ended,
    ),
)
BY_CODE = {duty.code: duty for duty in DUTIES}


@dataclass(frozen=True)
class Unmet:
    """A duty of a case that has not been carried out. notice: None when it was never written."""

    duty: Duty
    case: Collaboration
    since: date | datetime
    notice: Notice | None


def unmet(person) -> list[Unmet]:
    """What should have been told and was not, of the cases that the person sees whole."""
    return unmet_of(Collaboration.objects.wholly_visible_to(person).select_related("unit"))


def unmet_of(cases, most: int = MOST) -> list[Unmet]:
    """What should have been told of the cases (query set) and was not.

    At most so many of each duty, the oldest first. Costs a query per duty and one more.
    """
    found = [
        (duty, case) for duty in DUTIES for case in duty.unmet(cases).order_by("since", "pk")[:most]
    ]
    keys = [f"{case.chain}:{duty.code}" for duty, case in found]
    written = {notice.key: notice for notice in Notice.objects.filter(key__in=keys)}
    rows = [
        Unmet(duty, case, case.since, written.get(f"{case.chain}:{duty.code}"))
        for duty, case in found
    ]
    return sorted(rows, key=lambda row: day_of(row.since))


def day_of(moment: date | datetime) -> date:
    """The day in Stockholm."""
    return clock.day_of(moment) if isinstance(moment, datetime) else moment
