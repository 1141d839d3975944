"""Följa upp: recorded in one form, which makes the next one due (G-47, G-81, domain 4.9)."""

from datetime import date, timedelta

from casework.moves import moving
from collaborations import obligations
from collaborations.models import Collaboration, FollowUp
from collaborations.workflow import FOLLOW_UP


def follow_up(
    case: Collaboration, *, held_on: date, next_on: date | None, by, version: int, **facts
) -> FollowUp:
    """Record a follow-up. The obligation is met and the next is made, within twelve months.

    next_on: when the next is planned; None means a year after this one. Raises Stale, NotAllowed.
    """
    latest = held_on + timedelta(days=365)
    details = {}
    with moving(case, FOLLOW_UP, by=by, version=version, details=details) as locked:
        made = FollowUp.objects.create(
            collaboration=locked,
            kind=FollowUp.Kind.REGULAR,
            held_on=held_on,
            next_on=min(next_on or latest, latest),
            made_by=by,
            **facts,
        )
        details.update(follow_up=made.pk, conclusion=made.conclusion)
        obligations.follow_up_is_made(locked, made, by=by)
        locked.next_follow_up_on = made.next_on
        obligations.follow_up_is_due(locked, owner=by)
    return made
