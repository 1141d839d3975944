"""Any days, any pauses, any number of sweeps: each reminder once, none missing, none too late.

What ought to be there is worked out here day by day, by someone who knows nothing of the sweep.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications.models import Notice
from notifications.obligations import meet, oblige
from notifications.reminders import sweep
from tests.factories.accounts import AdministrationFactory, UnitFactory, UserFactory

FIRST = date(2026, 1, 1)
STAGES = {"before": -30, "on": 0, "after": 14}


@dataclass(frozen=True)
class Promise:
    """Days counted from FIRST. planned: so many days before it is due. done: never when None."""

    due: int
    planned: int | None
    done: int | None

    @property
    def day(self):
        return self.due - (self.planned or 0)


PROMISES = st.builds(
    Promise,
    due=st.integers(0, 120),
    planned=st.none() | st.integers(0, 60),
    done=st.none() | st.integers(0, 200),
)
# Days on which the sweep ran, and how often that day.
SWEEPS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 2)), min_size=1, max_size=6)


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def expected(promises, sweeps):
    """(promise, stage) of every reminder that some sweep found due and not yet done."""
    return {
        (number, stage)
        for number, promise in enumerate(promises)
        for stage, days in STAGES.items()
        for today, _ in sweeps
        if promise.day + days <= today and (promise.done is None or promise.done > today)
    }


def carry_out(promises, sweeps, unit, owner):
    """Make the promises, let the days pass, and return what was written, as (number, stage, to)."""
    made = [
        oblige(
            f"promise:{number}",
            kind="follow_up",
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
    for today, times in sorted(sweeps):
        for promise, obligation in zip(promises, made, strict=True):
            if promise.done is not None and promise.done <= today:
                meet(obligation, ref="collaborations.followup:1")
        for _ in range(times):
            sweep(on(today))
    return sorted(
        (
            int(notice.about.partition(":")[2]),
            notice.kind.removeprefix("reminder_"),
            notice.person.name,
        )
        for notice in Notice.objects.select_related("person")
    )


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(promises=st.lists(PROMISES, min_size=1, max_size=4), sweeps=SWEEPS)
def test_each_reminder_is_written_once_none_is_missing_and_none_comes_after(
    people, promises, sweeps
):
    unit, owner, head = people

    with transaction.atomic():
        written = carry_out(promises, sweeps, unit, owner)
        transaction.set_rollback(True)

    assert written == sorted(
        (number, stage, to)
        for number, stage in expected(promises, sweeps)
        for to in ([owner.name, head.name] if stage == "after" else [owner.name])
    )


@pytest.fixture
def people(db):
    """A unit, its manager, and the head above."""
    administration = AdministrationFactory()
    unit = UnitFactory(administration=administration)
    return unit, UserFactory(manager_at=unit), UserFactory(head_at=administration.root_unit)
