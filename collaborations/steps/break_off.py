"""Avbryta: after assessment, dialogue and, with an agreement, procurement's view (G-82–G-84)."""

from datetime import date

from agreements import reading
from agreements.models import Termination
from audit import clock
from casework.moves import moving, refuse_if
from collaborations import notices, obligations, standing
from collaborations.models import Collaboration, Decision, DecisionKind, Shortcoming
from collaborations.rules import breaking_off_has_reasons
from collaborations.rules.breaking_off import leading_to_it
from collaborations.steps.end import ends
from collaborations.workflow import BREAK_OFF

# G-83, in words for the record.
RIGHT = "Ansvarig chef, eller en chef över, avbryter samverkan enligt förvaltningens riktlinjer."

# What the one who reported the shortcoming reads.
ANSWER = "Samverkan har avbrutits."


def break_off(
    case: Collaboration,
    *,
    reasons: str,
    ended_on: date,
    given_on: date,
    by_side: str,
    appealable: str,
    by,
    version: int,
) -> Decision:
    """Break the collaboration off, and with it the agreements that are in force.

    given_on: the day of notice. by_side: who gave it. Raises Stale, NotAllowed.
    """
    details = {"by_side": by_side}
    with moving(case, BREAK_OFF, by=by, version=version, details=details) as locked:
        decision = Decision(
            collaboration=locked,
            kind=DecisionKind.BREAK_OFF,
            reasons=reasons.strip(),
            decided_by=by,
            right=RIGHT,
            declaration=standing.declaration_of(locked, by),
            supersedes=locked.decisions.order_by("pk").last(),
            appealable=appealable,
        )
        refuse_if(breaking_off_has_reasons.reasons(decision))
        decision.save(force_insert=True)
        details["decision"] = decision.pk
        ends(locked, ended_on)
        terminate(
            locked, by_side=by_side, given_on=given_on, ends_on=ended_on, by=by, reasons=reasons
        )
        leading_to_it(locked).update(
            outcome=Shortcoming.Outcome.ENDING,
            reasons=decision.reasons,
            answer=ANSWER,
            concluded_by=by,
            concluded_at=clock.now(),
        )
        obligations.end_waives_what_was_due(locked, by=by)
        obligations.closing_follow_up_is_due(locked)
        notices.collaboration_ended(locked)
    reading.forget(case.terms)
    return decision


def terminate(case: Collaboration, *, by_side, given_on, ends_on, reasons, by) -> None:
    """End every signed agreement that would have gone on."""
    for agreement in reading.mains(case.terms):
        if agreement.is_signed and reading.last_day(agreement) > ends_on:
            Termination.objects.create(
                agreement=agreement,
                by_side=by_side,
                given_on=given_on,
                ends_on=ends_on,
                reasons=reasons,
                registered_by=by,
            )
