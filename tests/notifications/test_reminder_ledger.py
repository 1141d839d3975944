"""Any days, pauses, deaths and number of sweeps: each reminder once, none missing, none too late.

What ought to be there is worked out here sweep by sweep, by someone who knows nothing of how the
program does it; the days of the stages are typed by hand.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications import outbox, reminders
from notifications.models import Notice
from notifications.obligations import meet, oblige, waive
from notifications.post import post
from notifications.reminders import sweep
from tests.factories.accounts import AdministrationFactory, UnitFactory, UserFactory

FIRST = date(2026, 1, 1)
STAGES = {
    "follow_up": {"before": -30, "on": 0, "after": 14, "last": 30},
    "advice": {"before": -3, "on": 0, "after": 7, "last": 14},
}
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Promise:
    """Days counted from FIRST. planned: so many days before it is due. done: before which sweep."""

    kind: str
    due: int
    planned: int | None
    done: int | None
    waived: bool

    @property
    def day(self):
        return self.due - (self.planned or 0)

    def is_done(self, number: int) -> bool:
        return self.done is not None and self.done <= number


@dataclass(frozen=True)
class Sweep:
    """One day's: how often, and after how many notices it was killed before that (never: empty)."""

    day: int
    times: int
    killed_after: list[int]


PROMISES = st.builds(
    Promise,
    kind=st.sampled_from(list(STAGES)),
    due=st.integers(0, 120),
    planned=st.none() | st.integers(0, 60),
    done=st.none() | st.integers(0, 6),
    waived=st.booleans(),
)
# In any order: the clock of the machine may be set back.
SWEEPS = st.lists(
    st.builds(
        Sweep,
        day=st.integers(0, 200),
        times=st.integers(1, 2),
        killed_after=st.lists(st.integers(0, 3), max_size=2),
    ),
    min_size=1,
    max_size=6,
)
# Does the postman die between the server's yes and the commit? For each letter in turn.
DEATHS = st.lists(st.booleans(), max_size=12)


class Killed(BaseException):
    """As kill -9 is: no `except Exception` hears of it."""


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def expected(promises, sweeps):
    """(promise, stage) of every reminder: the latest that had come, unless one beyond it was."""
    found = []
    for number, promise in enumerate(promises):
        stages = STAGES[promise.kind]
        reached = -1
        for turn, one in enumerate(sweeps):
            come = [at for at, days in enumerate(stages.values()) if promise.day + days <= one.day]
            if not promise.is_done(turn) and come and come[-1] > reached:
                reached = come[-1]
                found.append((number, list(stages)[reached]))
    return found


def carry_out(promises, sweeps, deaths, unit, owner, monkeypatch):
    """Make the promises, let the sweeps and the postman come and go."""
    made = [
        oblige(
            f"promise:{number}",
            kind=promise.kind,
            about=f"collaborations.collaboration:{number}",
            unit=unit,
            owner=owner,
            what="Uppföljning",
            path="/",
            due_on=on(promise.due),
            planned_on=None if promise.planned is None else on(promise.day),
        )
        for number, promise in enumerate(promises)
    ]
    deaths = list(deaths)
    for turn, one in enumerate(sweeps):
        for promise, obligation in zip(promises, made, strict=True):
            if promise.done == turn:
                be_done(obligation, promise, owner)
        for most in one.killed_after:
            with monkeypatch.context() as patch:
                killed_sweep(on(one.day), most, patch)
        for _ in range(one.times):
            sweep(on(one.day))
        deliver(deaths, timezone.now() + turn * A_DAY)
    for later in range(3):
        deliver([], timezone.now() + (len(sweeps) + later) * A_DAY)


def be_done(obligation, promise, owner):
    if promise.waived:
        waive(obligation, reason="Behövs inte.", by=owner)
    else:
        meet(obligation, ref="collaborations.followup:1")


def killed_sweep(day, most, patch):
    """It writes so many notices, and then the power goes."""
    left = [most]

    def queue(*args, **facts):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return outbox.queue(*args, **facts)

    patch.setattr(reminders, "queue", queue)
    with suppress(Killed):
        sweep(day)


def deliver(deaths, now):
    outbox.give_up_waiting(now=now)
    for number in Notice.objects.due(now).values_list("pk", flat=True):
        attempt = outbox.claim(number, now=now)
        answer = post(attempt)
        if not (deaths and deaths.pop(0)):
            outbox.settle(attempt, answer, now=now)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(promises=st.lists(PROMISES, min_size=1, max_size=4), sweeps=SWEEPS, deaths=DEATHS)
def test_each_reminder_is_written_once_sent_once_or_twice_and_none_is_missing_or_too_late(
    people, monkeypatch, promises, sweeps, deaths
):
    unit, owner, head = people
    monkeypatch.setattr(reminders, "CHUNK", 2)
    mail.outbox.clear()

    around = transaction.atomic()
    around._from_testcase = True  # the outbox commits for itself inside
    with around:
        carry_out(promises, sweeps, deaths, unit, owner, monkeypatch)
        notices = list(Notice.objects.select_related("person"))
        transaction.set_rollback(True)

    assert sorted(
        (int(one.about.partition(":")[2]), one.kind.removeprefix("reminder_"), one.person.name)
        for one in notices
    ) == sorted(
        (number, stage, to.name)
        for number, stage in expected(promises, sweeps)
        for to in ([owner, head] if stage in ("after", "last") else [owner])
    )
    sent = Counter(letter.extra_headers["Message-ID"] for letter in mail.outbox)
    assert set(sent) == {one.message_id for one in notices}
    assert set(sent.values()) <= {1, 2}


@pytest.fixture
def people(db):
    """A unit, its manager, and the head above."""
    administration = AdministrationFactory()
    unit = UnitFactory(administration=administration)
    return unit, UserFactory(manager_at=unit), UserFactory(head_at=administration.root_unit)
