"""Avsluta and slutfölja: an ordinary end, told to the mailbox; then what we take with us (G-50)."""

from datetime import date, timedelta

from audit import clock
from casework.moves import moving, refuse_if
from collaborations import notices, obligations, standing
from collaborations.models import (
    Appealable,
    Collaboration,
    Decision,
    DecisionKind,
    FollowUp,
    Form,
)
from collaborations.rules import end_comes_after_the_start
from collaborations.steps.follow_up import draft_is_done, owe_what_follows, recorded
from collaborations.workflow import CLOSE, END

# G-50, in words for the record.
RIGHT = "Ansvarig chef avslutar samverkan enligt förvaltningens riktlinjer."
# Domain §1.7.5 suggests three months after the end.
CLOSING_WITHIN = timedelta(days=91)


def end(case: Collaboration, *, reasons: str, ended_on: date, by, version: int) -> Decision:
    """End it as planned. The mailbox is told; what was due falls away; a last follow-up is due.

    ended_on: the last day (Stockholm). Raises Stale, NotAllowed.
    """
    details = {}
    with moving(case, END, by=by, version=version, details=details) as locked:
        decision = Decision.objects.create(
            collaboration=locked,
            kind=DecisionKind.END,
            reasons=reasons,
            decided_by=by,
            right=RIGHT,
            declaration=standing.declaration_of(locked, by),
            supersedes=locked.decisions.order_by("pk").last(),
            appealable=Appealable.NO,
        )
        details["decision"] = decision.pk
        ends(locked, ended_on)
        obligations.end_waives_what_was_due(locked, by=by)
        obligations.closing_follow_up_is_due(locked)
        notices.collaboration_ended(locked)
    return decision


def ends(case: Collaboration, ended_on: date) -> None:
    """Its last day, when it is followed up the last time, and how long it is kept after that."""
    case.ended_on = ended_on
    refuse_if(end_comes_after_the_start.reasons(case))
    case.next_follow_up_on = clock.today() + CLOSING_WITHIN
    if years := case.administration.retention_years:
        case.kept_until = clock.years_after(ended_on, years)


def close(
    case: Collaboration,
    *,
    commitments=None,
    goals=None,
    revision: int = 0,
    by,
    version: int,
    **facts,
) -> FollowUp:
    """The closing follow-up: what we take with us. The case is closed.

    commitments, goals, revision, facts: as in steps.follow_up. Raises Stale, NotAllowed.
    """
    details = {}
    with moving(case, CLOSE, by=by, version=version, details=details) as locked:
        kind = FollowUp.Kind.CLOSING
        made = recorded(locked, kind, commitments, goals, made_by=by, **facts)
        draft_is_done(locked, revision)
        details["follow_up"] = made.pk
        obligations.closing_follow_up_is_made(locked, made, by=by)
        if locked.form == Form.IOP:
            owe_what_follows(locked, made)
        locked.next_follow_up_on = None
    return made
