"""Reminders of what is due: before, on and after the day, each written exactly once.

Dates are never compared by equality: a sweep writes every reminder whose day has come and that is
not written yet, so one that did not run for a week catches up. What is written is the notice's
unique key; the obligation's row is locked meanwhile, so two sweeps at once write no more than one,
and none comes after the obligation was met.
"""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from accounts.permissions import superiors_of
from casework.swedish import long_date
from notifications.models import Notice, Obligation
from notifications.outbox import queue
from notifications.texts import compose

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stage:
    name: str
    days: int  # from the obligation's day
    escalates: bool = False

    def comes_on(self, day: date) -> date:
        return day + timedelta(days=self.days)


STAGES = (
    Stage("before", -30),
    Stage("on", 0),
    Stage("after", 14, escalates=True),
)

INSTEAD = "Du får det här som närmaste chef till den som är ansvarig. Se vad som saknas:"


def sweep(today: date) -> int:
    """Write the reminders whose day has come, and return how many notices that became."""
    return sum(_remind(stage, pk, today) for stage in STAGES for pk in _lacking(stage, today))


def _lacking(stage: Stage, today: date) -> list[int]:
    """Open obligations whose day for this stage has come, and that lack its reminder."""
    key = Concat(Value("obligation:"), Cast(OuterRef("pk"), CharField()), Value(f":{stage.name}"))
    return list(
        Obligation.objects.open()
        .with_day()
        .filter(reminder_day__lte=today - timedelta(days=stage.days))
        .filter(~Exists(Notice.objects.filter(key=key)))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _remind(stage: Stage, pk: int, today: date) -> int:
    """One stage of one obligation, to everybody it goes to, in a transaction of its own."""
    try:
        with transaction.atomic():
            obligation = Obligation.objects.open().select_for_update().filter(pk=pk).first()
            written = obligation and Notice.objects.filter(key=_key(stage, pk)).exists()
            if obligation is None or written or stage.comes_on(obligation.day) > today:
                return 0
            people = _people(stage, obligation)
            for person in people:
                _write(stage, obligation, person, first=person == people[0])
            return len(people)
    except Exception:  # one that cannot be written must not silence all the others
        logger.exception("reminder %s of obligation %s could not be written", stage.name, pk)
        return 0


def _people(stage: Stage, obligation: Obligation) -> list:
    """The owner; after the day the nearest superior too, and instead of an owner who has left."""
    owner = [obligation.owner] if obligation.owner.is_active else []
    superior = []
    if stage.escalates or not owner:
        superior = superiors_of(obligation.owner, obligation.unit)[:1]
    return [*owner, *superior] or [obligation.owner]


def _write(stage: Stage, obligation: Obligation, person, *, first: bool) -> None:
    key, kind = _key(stage, obligation.pk), f"reminder_{stage.name}"
    words = compose(kind, obligation.administration, _fields(obligation, person))
    queue(
        key if first else f"{key}:{person.pk}",
        kind=kind,
        about=obligation.about,
        administration=obligation.administration,
        to=person.email,
        person=person,
        responsible=obligation.owner,
        subject=words.subject,
        body=words.body,
    )


def _fields(obligation: Obligation, person) -> dict[str, str]:
    planned = long_date(obligation.planned_on)
    own = person == obligation.owner
    return {
        "mottagare": str(person),
        "vad": obligation.what,
        "planerat": f"Planerat till: {planned}." if planned else "",
        "senast": long_date(obligation.due_on),
        "ansvarig": str(obligation.owner),
        "uppmaning": "Gör det här:" if own else INSTEAD,
        "länk": settings.BASE_URL + obligation.path,
    }


def _key(stage: Stage, pk: int) -> str:
    return f"obligation:{pk}:{stage.name}"
