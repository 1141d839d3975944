"""The outbox: a notice is written once, and sent at least once and at most twice.

People write and mend here (`queue`, `resend`, `tell_otherwise`); the postman (tasks.py) claims a
notice, commits that it did, talks to the mail server, and settles what the server said. No
transaction is open in between. A claim that is never settled makes the notice unclear: it is sent
once more with the same Message-ID, and after a second silence never again by the program itself.

All moments are aware datetimes; `now` is an argument so that nothing here waits for a clock.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models.places import validate_mailbox
from audit import clock
from casework.moves import NotAllowed
from casework.rules import Reason
from notifications.letters import composed
from notifications.mail_kinds import Pace, goes_outside, pace_of
from notifications.models import DeliveryAttempt, Notice, Outcome, State
from notifications.working_days import next_working

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# After the last of these, two and a half days in all, a person has to look.
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 24 * HOUR)
MOST_UNANSWERED = 2

NO_ANSWER = "E-postservern hann aldrig svara. Meddelandet kan ha kommit fram."
NO_ADDRESS = "Det finns ingen giltig e-postadress att skicka till: ”{}”."


@dataclass(frozen=True)
class Answer:
    """What came of one attempt."""

    outcome: Outcome
    words: str = ""


def queue(
    key: str,
    *,
    kind: str,
    about: str,
    administration,
    to: str,
    subject: str,
    body: str,
    attachment=None,
    responsible=None,
    person=None,
    now: datetime | None = None,
) -> Notice:
    """Write a notice in the caller's transaction, and send it once that is committed.

    `to` is the address of `person`, or without one of the administration's mailbox (of a kind that
    goes outside, of an organisation). Idempotent: a key that has been written gives the notice that
    it gave then, unchanged. Never refuses because of an address or a broker: a notice without a
    usable address is written as refused, and one that no worker heard of is found by the sweep.
    Reminders and information to a person may wait for working hours or the day's digest
    (mail_kinds.Pace).
    """
    now, to = now or clock.now(), composed(to)
    facts = _written(to, subject, body, now) | {
        "kind": kind,
        "about": about,
        "administration": administration,
        "person": person,
        "attachment": attachment,
        "responsible": responsible,
    }
    facts |= _held_back(kind, person, attachment, _ready(to, now))
    notice, created = Notice.objects.get_or_create(key=key, defaults=facts)
    if created and notice.state == State.WAITING and notice.next_try_at <= now:
        send_soon(notice)
    return notice


def copy_of(notice: Notice, *, key: str, subject: str, body: str, attachment) -> tuple:
    """(a new notice to the same receiver, was it new). Sent at once, with an id of its own."""
    to, now = composed(receiver_of(notice)), clock.now()
    facts = _written(to, subject, body, now) | {
        "kind": notice.kind,
        "about": notice.about,
        "administration": notice.administration,
        "person": notice.person,
        "attachment": attachment,
        "responsible": notice.responsible,
    }
    copy, new = Notice.objects.get_or_create(key=key, defaults=facts | _ready(to, now))
    if new and copy.state == State.WAITING:
        send_soon(copy)
    return copy, new


def claim(notice_id: int, *, now: datetime | None = None) -> DeliveryAttempt | None:
    """Take a notice that is due, and commit that it is being sent. None when it is not to be sent.

    Safe with several workers: one gets the attempt, the others None. Raises RuntimeError inside a
    transaction, where nothing would be committed before the server is spoken to.
    """
    now = now or clock.now()
    with transaction.atomic(durable=True):
        notice = Notice.objects.select_for_update().due(now).filter(pk=notice_id).first()
        if notice is None:
            return None
        notice.state, notice.next_try_at = State.SENDING, None
        notice.tries += 1
        notice.save(update_fields=["state", "next_try_at", "tries"])
        return notice.attempts.create(number=notice.attempts.count() + 1, started_at=now)


def settle(attempt: DeliveryAttempt, answer: Answer, *, now: datetime | None = None) -> None:
    """Record what came of the attempt, and what follows for its notice.

    A yes counts whenever it comes, also after the attempt was given up as unanswered. Any other
    answer that comes too late changes nothing.
    """
    now = now or clock.now()
    with transaction.atomic(durable=True):
        notice = Notice.objects.select_for_update().get(pk=attempt.notice_id)
        attempt.refresh_from_db(fields=["settled_at", "outcome"])
        if attempt.settled_at is not None and answer.outcome != Outcome.ACCEPTED:
            return
        attempt.settled_at, attempt.outcome = now, answer.outcome
        attempt.server_words = answer.words
        attempt.save(update_fields=["settled_at", "outcome", "server_words"])
        if not notice.is_told:
            _follow(notice, answer, now)
            notice.save(
                update_fields=["state", "next_try_at", "sent_at", "server_words"],
            )
            if notice.state == State.SENT:
                _gathered_in(notice).update(state=State.SENT, sent_at=now)


def give_up_waiting(*, now: datetime | None = None, most: int = 100) -> int:
    """Settle as unanswered the attempts older than MAIL_ANSWER_SECONDS. Returns how many."""
    now = now or clock.now()
    patience = timedelta(seconds=settings.MAIL_ANSWER_SECONDS)
    given_up = list(DeliveryAttempt.objects.open_since_before(now - patience)[:most])
    for attempt in given_up:
        settle(attempt, Answer(Outcome.UNANSWERED, NO_ANSWER), now=now)
    return len(given_up)


def resend(notice: Notice, *, by, to: str | None = None, now: datetime | None = None) -> Notice:
    """A person asks to send it again: to `to`, else to the address that its receiver has now.

    The Message-ID stays, so that a mail that did arrive is recognised. Raises NotAllowed when it
    is told already or on its way.
    """
    now = now or clock.now()
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        _refuse_if_told(notice)
        if notice.state == State.SENDING:
            raise NotAllowed([Reason("Meddelandet skickas just nu.")])
        if notice.state == State.GATHERED:
            raise NotAllowed([Reason("Det ligger i en sammanställning. Skicka den igen.")])
        if _was_just_resent(notice, now):
            return notice  # a double click
        notice.to_address = composed(to or receiver_of(notice))[:254]
        notice.tries, notice.resent_at, notice.resent_by = 0, now, by
        for name, value in _ready(notice.to_address, now).items():
            setattr(notice, name, value)
        notice.save()
        if notice.state == State.WAITING:
            send_soon(notice)
    return notice


def tell_otherwise(notice: Notice, *, how: str, on: date, by) -> Notice:
    """A person has told it in another way (product §3, *Told*). It is not sent any more.

    Raises NotAllowed without a word on how, for a day to come, and when it is told already.
    """
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        _refuse_if_told(notice)
        if not how.strip():
            raise NotAllowed([Reason("Skriv hur meddelandet lämnades.", at="how")])
        if on > clock.today():
            raise NotAllowed([Reason("Dagen kan inte ligga framåt i tiden.", at="on")])
        notice.state, notice.next_try_at = State.TOLD_OTHERWISE, None
        notice.told_otherwise_how, notice.told_otherwise_on = how.strip(), on
        notice.told_otherwise_by = by
        notice.save()
        _gathered_in(notice).update(
            state=notice.state,
            told_otherwise_how=notice.told_otherwise_how,
            told_otherwise_on=on,
            told_otherwise_by=by,
        )
    return notice


def redact(about: str, *, subject: str, body: str) -> int:
    """Put other words in what has not been sent about a record, and take its attachments away.

    For a record that has become secret after its notices were written. Returns how many.
    """
    facts = {"subject": _one_line(subject), "body": _text(body), "attachment": None}
    return Notice.objects.about(about).untold().update(**facts)


def _follow(notice: Notice, answer: Answer, now: datetime) -> None:
    """What an answer means for a notice that is not told yet."""
    silent = notice.attempts.filter(
        outcome=Outcome.UNANSWERED, started_at__gte=notice.resent_at or notice.created_at
    ).count()
    notice.server_words, notice.next_try_at = answer.words, None
    match answer.outcome:
        case Outcome.ACCEPTED:
            notice.state, notice.sent_at = State.SENT, now
        case Outcome.REFUSED:
            notice.state = State.REFUSED
        case Outcome.UNANSWERED:
            notice.state = State.UNCLEAR
            notice.next_try_at = now if silent < MOST_UNANSWERED else None
        case Outcome.LATER | Outcome.UNREACHED if notice.tries <= len(PAUSES):
            notice.state = State.UNCLEAR if silent else State.WAITING
            notice.next_try_at = now + PAUSES[notice.tries - 1]
        case Outcome.LATER | Outcome.UNREACHED:
            notice.state = State.UNCLEAR if silent else State.REFUSED
            notice.server_words += f" Programmet slutade efter {notice.tries} försök."


def _gathered_in(digest: Notice):
    """What a digest carries and has not been told: it is told when the digest is."""
    return digest.gathered.filter(state=State.GATHERED)


def _was_just_resent(notice: Notice, now: datetime) -> bool:
    waits = notice.state == State.WAITING and notice.tries == 0
    return waits and notice.resent_at is not None and now - notice.resent_at < MINUTE


def _refuse_if_told(notice: Notice) -> None:
    if notice.is_told:
        raise NotAllowed([Reason(f"Meddelandet är redan klart: {notice.get_state_display()}.")])


def _ready(to: str, now: datetime) -> dict:
    """The state in which a notice to that address begins."""
    try:
        validate_mailbox(to)
    except ValidationError:
        words = NO_ADDRESS.format(to[:254])
        return {"state": State.REFUSED, "next_try_at": None, "server_words": words}
    return {"state": State.WAITING, "next_try_at": now, "server_words": ""}


def _held_back(kind: str, person, attachment, ready: dict) -> dict:
    """The same, or what waits: for the digest of a person who has chosen one, or for a working day.

    What goes to the mailbox never waits.
    """
    pace = pace_of(kind)
    if ready["state"] != State.WAITING or person is None or pace == Pace.AT_ONCE:
        return ready
    if person.daily_digest and attachment is None:
        return ready | {"state": State.HELD, "next_try_at": None}
    if pace == Pace.REMINDER:
        return ready | {"next_try_at": next_working(ready["next_try_at"])}
    return ready


def receiver_of(notice: Notice) -> str:
    """The address that its receiver has now; of one outside us the address that it was sent to."""
    if notice.person:
        return notice.person.email
    return notice.to_address if goes_outside(notice.kind) else notice.administration.mailbox


def _written(to: str, subject: str, body: str, now: datetime) -> dict:
    """What every new notice says of itself."""
    return {
        "to_address": to[:254],
        "subject": _one_line(subject),
        "body": _text(body),
        "created_at": now,
        "message_id": _message_id(),
    }


def _one_line(subject: str) -> str:
    line = " ".join(subject.split())
    return line if len(line) <= 200 else f"{line[:199]}…"


def _text(body: str) -> str:
    return body.strip() + "\n"


def _message_id() -> str:
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def send_soon(notice: Notice) -> None:
    """Let the worker know, once this is committed.

    Robust: what was saved stays saved and said so, also when the broker is gone.
    """
    from notifications.tasks import deliver  # tasks.py is built on this module

    # Not a partial: Django logs what fails by its name, and a partial has none.
    transaction.on_commit(lambda: deliver.delay(notice.pk), robust=True)
