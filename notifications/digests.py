"""One mail a day instead of many, for the person who has chosen it (docs/decisions/0027).

What may wait is held (outbox.py) until the first sweep of a working day, which puts it all in one
notice whose key holds the person and the day: so there is never a second one. What is in it is told
when that notice is; one that is refused is mended as any other, and nothing in it is lost.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit import clock
from casework.swedish import one_or_many
from notifications.mail_kinds import DIGEST, Pace, pace_of
from notifications.models import Notice, State
from notifications.outbox import queue, send_soon
from notifications.texts import Words, compose
from notifications.working_days import is_working, next_working

logger = logging.getLogger(__name__)


def choose(person: User, *, daily: bool, now: datetime | None = None) -> None:
    """One mail a day, or each by itself. Set back, what waits is sent."""
    now = now or clock.now()
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        person.daily_digest = daily
        person.save(update_fields=["daily_digest"])
        if not daily:
            let_go(Notice.objects.held_for(person), now)


def let_go(notices, now: datetime) -> int:
    """Send each by itself what was held; reminders when people next work. Returns how many."""
    held = list(notices.select_for_update(of=("self",)))
    for notice in held:
        quiet = pace_of(notice.kind) == Pace.REMINDER
        notice.state, notice.next_try_at = State.WAITING, next_working(now) if quiet else now
        notice.save(update_fields=["state", "next_try_at"])
        if notice.next_try_at <= now:
            send_soon(notice)
    return len(held)


def sweep(*, now: datetime | None = None) -> int:
    """In working hours: write the day's digest of each person who has mails waiting for one.

    Returns how many were written. Safe with several workers, and as often as one likes. One that
    cannot be written is logged, and silences no other.
    """
    now = now or clock.now()
    if not is_working(now) or not Notice.objects.filter(state=State.HELD).exists():
        return 0
    with transaction.atomic():  # chose otherwise while something was being written, or has left
        unwanted = Q(person__daily_digest=False) | Q(person__is_active=False)
        let_go(Notice.objects.filter(unwanted, state=State.HELD), now)
    waiting = Notice.objects.filter(state=State.HELD).order_by("person").values_list("person")
    return len([pk for (pk,) in waiting.distinct() if _gathered(pk, now)])


def _gathered(person_id: int, now: datetime) -> Notice | None:
    try:
        return gather(person_id, now)
    except Exception:
        logger.exception("the digest of person %s could not be written", person_id)
        return None


@transaction.atomic
def gather(person_id: int, now: datetime) -> Notice | None:
    """The person's digest of the day. None when it is written already, or nothing waits.

    What it gathers is locked: a case marked secret meanwhile, or a notice that a person takes in
    hand, is either seen here or sees the digest.
    """
    # Not the key: whoever notes something about a notice points at a person, often this one.
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    key = f"{DIGEST}:{person.pk}:{timezone.localdate(now).isoformat()}"
    locked = Notice.objects.held_for(person).select_for_update(of=("self",))
    held = list(locked.select_related("administration"))
    if not held or Notice.objects.filter(key=key).exists():
        return None
    words = worded(person, held)
    digest = queue(
        key,
        kind=DIGEST,
        about=f"{person._meta.label_lower}:{person.pk}",
        administration=held[0].administration,
        to=person.email,
        person=person,
        responsible=person,
        subject=words.subject,
        body=words.body,
        now=now,
    )
    numbers = [notice.pk for notice in held]
    Notice.objects.filter(pk__in=numbers).update(state=State.GATHERED, digest=digest)
    return digest


def worded(person: User, notices: list[Notice]) -> Words:
    count = len(notices)
    told = [f"{n}. {one.subject}\n\n{one.body.strip()}" for n, one in enumerate(notices, 1)]
    fields = {
        "mottagare": str(person),
        "antal": f"{count} {one_or_many(count, 'meddelande', 'meddelanden')}",
        "meddelanden": "\n\n".join(told),
        "länk": settings.BASE_URL + reverse("notices:choice"),
    }
    return compose(DIGEST, notices[0].administration, fields)


def write_anew(*chains: str) -> int:
    """Word anew the digests that are not sent and carry something of those records. How many.

    For a record that has become secret: what it carries has other words by then.
    """
    unsent = Notice.objects.untold().filter(gathered__about__in=chains).distinct()
    for digest in unsent.select_related("person"):
        kept = digest.gathered.select_related("administration").order_by("created_at", "pk")
        words = worded(digest.person, list(kept))
        Notice.objects.filter(pk=digest.pk).update(subject=words.subject, body=words.body)
    return len(unsent)
