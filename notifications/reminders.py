"""Reminders of what is due: before, on and after the day, each written exactly once (kinds.py).

Dates are never compared by equality: a sweep looks for obligations whose latest stage that has come
lies beyond the last that was written. After a pause the latest alone is written: it goes to those
of the earlier ones too, and "in thirty days" is no longer true (docs/decisions/0022). What has been
written is kept on the obligation, which is locked meanwhile: two sweeps at once write no more than
one, none comes after it was met, and a clock set back writes nothing anew.
"""

import logging
from collections.abc import Collection
from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.module_loading import import_string

from accounts.models import RoleGrant
from accounts.permissions import rulers_at, superiors_of
from casework.swedish import long_date
from notifications.kinds import KINDS, Schedule, Stage
from notifications.models import HandOver, Notice, Obligation
from notifications.outbox import queue
from notifications.secrecy import number_alone, secret_numbers
from notifications.texts import Texts, Words, compose

logger = logging.getLogger(__name__)
CHUNK = 100

INSTEAD = "Du får det här som chef till den som är ansvarig. Se vad som saknas:"
ASKED = "Frågan är ställd till dig, ensam eller med andra. Svara här:"
TO_THE_MAILBOX = "Den som är ansvarig har slutat, och ingen chef finns. Se vad som saknas:"


def sweep(today: date, *, without: Collection[str] = ()) -> int:
    """Write the reminders whose day has come, and return how many notices that became.

    without: kinds to pass over, for demonstration data, which are told in two halves of the time.
    A transaction per hundred obligations: a sweep that is killed loses what it was at, and the next
    one writes that. What another sweep is at is passed over.
    """
    written, last = 0, 0
    rows = due(today).exclude(kind__in=without)
    while numbers := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        last = numbers[-1]
        try:
            written += _remind(numbers, today)
        except Exception:  # one that cannot be written must not silence all the others
            written += sum(_alone(number, today) for number in numbers)
    return written


def due(today: date):
    """The open obligations (query set) that lack the reminder of today's stage."""
    schedules: dict[Schedule, list[str]] = {}
    for kind in KINDS.values():
        schedules.setdefault(kind.schedule, []).append(kind.code)
    lacking = Q(pk__in=[])
    for schedule, codes in schedules.items():
        for stage in Stage:
            day = today - timedelta(days=schedule.days(stage))
            lacking |= Q(kind__in=codes, reminded__lt=stage.number, reminder_day__lte=day)
    return Obligation.objects.open().with_day().filter(lacking).order_by("pk")


def _alone(number: int, today: date) -> int:
    try:
        return _remind([number], today)
    except Exception:
        logger.exception("obligation %s could not be reminded of", number)
        return 0


@transaction.atomic
def _remind(numbers: list[int], today: date) -> int:
    """Those of the obligations that still lack it, locked and looked at anew."""
    obligations = list(
        due(today)
        .filter(pk__in=numbers)
        .annotate(is_handed_over=Exists(HandOver.objects.filter(obligation=OuterRef("pk"))))
        .select_related("owner", "administration", "unit__administration")
        .select_for_update(of=("self",), skip_locked=True)
    )
    told = told_before(obligations, today)
    here = here_today({obligation.owner_id for obligation in obligations})
    rulers = rulers_at({obligation.unit for obligation in obligations})
    secret = secret_numbers({obligation.about for obligation in obligations})
    asked = asked_too(obligations)
    texts: Texts = {}
    reached: dict[Stage, list[int]] = {}
    written = 0
    for obligation in obligations:
        stage = stage_of(obligation, today)
        people = receivers(
            stage, obligation, obligation.owner_id in here, rulers, asked.get(obligation.pk, ())
        )
        new = [person for person in people if (obligation.pk, person and person.pk) not in told]
        own = people[0] if not any(number == obligation.pk for number, _ in told) else None
        for person in new:
            call = call_to(person, obligation, asked.get(obligation.pk, ()))
            number = secret.get(obligation.about, "")
            words = worded(stage, obligation, person, call, number, texts)
            key = key_of(stage, obligation, None if own == person else person)
            _write(key, stage, obligation, person, words, minding=people[0])
        reached.setdefault(stage, []).append(obligation.pk)
        written += len(new)
    for stage, those in reached.items():
        Obligation.objects.filter(pk__in=those).update(reminded=stage.number)
    return written


def told_before(obligations: list[Obligation], today: date) -> set[tuple[int, int | None]]:
    """(obligation, person) of today's stage, of obligations that have since become another's."""
    begin = {
        f"{reminder_key(one)}{stage_of(one, today)}": one.pk
        for one in obligations
        if one.is_handed_over
    }
    if not begin:
        return set()
    rows = Notice.objects.filter(about__in=[one.about for one in obligations]).filter(
        kind__startswith="reminder_"
    )
    return {
        (begin[first], person)
        for key, person in rows.values_list("key", "person")
        if (first := ":".join(key.split(":")[:3])) in begin
    }


def stage_of(obligation: Obligation, today: date) -> Stage | None:
    return obligation.of_kind.schedule.stage_on(today, obligation.day)


def here_today(people: set[int]) -> set[int]:
    """Those who can still do anything: active, with some role today."""
    grants = RoleGrant.objects.on().filter(person__in=people, person__is_active=True)
    return set(grants.values_list("person", flat=True))


def asked_too(obligations: list[Obligation]) -> dict[int, list]:
    """Obligation's pk → who else is asked for it, as the apps above say (`asked_too` of theirs)."""
    found: dict[int, list] = {}
    for config in apps.get_app_configs():
        if hasattr(config, "asked_too"):
            found |= import_string(config.asked_too)(obligations)
    return found


def receivers(stage: Stage, obligation: Obligation, is_here: bool, rulers, asked=()) -> list:
    """The owner, those who are asked too, then the nearest superior, then the director: see Stage.

    In the place of an owner who has left the superior; where there is no one, [None]: the mailbox.
    """
    superiors = superiors_of(obligation.owner, obligation.unit, rulers)
    people = [obligation.owner] if is_here else superiors[:1]
    people += asked
    if stage.tells_superior:
        people += superiors[:1]
    if stage.tells_director:
        people += superiors[-1:]
    return list(dict.fromkeys(people)) or [None]


def call_to(person, obligation: Obligation, asked) -> str:
    """What the reminder asks of the person, by who they are."""
    if person is None:
        return TO_THE_MAILBOX
    if person == obligation.owner:
        return "Gör det här:"
    return ASKED if person in asked else INSTEAD


def worded(
    stage: Stage, obligation: Obligation, person, call: str, secret: str, texts: Texts
) -> Words:
    """The reminder to the person; secret: the number to tell alone, if what it is about is."""
    if secret:
        return number_alone(secret, obligation.path, obligation.administration)
    fields = _fields(obligation, person, call)
    return compose(f"reminder_{stage}", obligation.administration, fields, known=texts)


def key_of(stage: Stage, obligation: Obligation, person) -> str:
    """Of the first who is told of the stage (None), and of each other."""
    key = f"{reminder_key(obligation)}{stage}"
    return f"{key}:{person.pk}" if person else key


def _write(
    key: str, stage: Stage, obligation: Obligation, person, words: Words, *, minding
) -> None:
    queue(
        key,
        kind=f"reminder_{stage}",
        about=obligation.about,
        administration=obligation.administration,
        to=person.email if person else obligation.administration.mailbox,
        person=person,
        responsible=minding,
        subject=words.subject,
        body=words.body,
    )


def _fields(obligation: Obligation, person, call: str) -> dict[str, str]:
    planned = long_date(obligation.planned_on)
    return {
        "mottagare": str(person or obligation.administration),
        "vad": obligation.what,
        "planerat": f"Planerat till: {planned}." if planned else "",
        "senast": long_date(obligation.due_on),
        "ansvarig": str(obligation.owner),
        "uppmaning": call,
        "länk": settings.BASE_URL + obligation.path,
    }


def reminder_key(obligation: Obligation) -> str:
    """What the keys of all its notices begin with."""
    return f"obligation:{obligation.pk}:"
