"""What beredningsgruppen shall be told of a case, and whether it has been (domain §1.7.3).

Computed from the cases: a notice that was never written is missed as well as one that was refused.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import itemgetter, or_

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Least, TruncDate

from collaborations import notices
from collaborations.models import Collaboration, Decision, DecisionKind, Form
from collaborations.standing import notice_key
from notifications.models import Notice

FAR_AWAY = Value(date.max, output_field=DateField())
PROJECTS = (Form.EXTERNAL_FUNDING, Form.PARTNER_IN_PROJECT)
DECISIONS = Decision.objects.filter(
    collaboration=OuterRef("pk"), kind__in=[DecisionKind.START, DecisionKind.REFRAIN]
)


@dataclass(frozen=True)
class Duty:
    """`code` ends the key of the notice that carries it out (standing.notice_key).

    since: an expression for the day when it arose. write: case → the notice, where none was
    written.
    """

    code: str
    what: str
    sources: tuple[str, ...]
    says: str
    since: F | TruncDate
    arises: Q
    write: Callable[[Collaboration], object]

    @property
    def is_unmet(self) -> Q:
        """Of a case: it holds for it and is not told."""
        told = Notice.objects.told().filter(key=chain_of_row(f":{self.code}"))
        return self.arises & ~Q(Exists(told))

    @property
    def column(self) -> str:
        """What `with_unmet` calls the day when it arose."""
        return f"since_{self.code}"


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
        TruncDate("registered_at"),
        Q(),
        notices.initiative_registered,
    ),
    Duty(
        "decision",
        "Beslutet",
        ("G-49", "G-77"),
        "Beslutet att inleda eller avstå ska meddelas till brevlådan.",
        TruncDate(Subquery(DECISIONS.order_by("pk").values("decided_at")[:1])),
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
    since: date
    notice: Notice | None


def with_unmet(cases, duties: Collection[Duty] = DUTIES):
    """Those of the cases (query set) where something of the duties is untold.

    Adds `since`, the day when the first of it arose, and a day for each duty (Duty.column), None
    where nothing is lacking.
    """
    lacking = {
        duty.column: Case(When(duty.is_unmet, then=duty.since), output_field=DateField())
        for duty in duties
    }
    days = [Coalesce(column, FAR_AWAY) for column in lacking]
    found = cases.filter(reduce(or_, (duty.is_unmet for duty in duties)))
    return found.annotate(**lacking).annotate(since=Least(FAR_AWAY, *days))


def unmet_of(cases: Collection[Collaboration]) -> list[Unmet]:
    """What is untold of each of the cases, which `with_unmet` has given, in their order.

    Of a case the oldest first. One query.
    """
    keys = [notice_key(case, duty.code) for case in cases for duty in DUTIES]
    written = {notice.key: notice for notice in Notice.objects.filter(key__in=keys)}
    rows = []
    for case in cases:
        days = [(getattr(case, duty.column, None), duty) for duty in DUTIES]
        rows += [
            Unmet(duty, case, day, written.get(notice_key(case, duty.code)))
            for day, duty in sorted((pair for pair in days if pair[0]), key=itemgetter(0))
        ]
    return rows
