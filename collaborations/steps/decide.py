"""Besluta: the responsible manager decides to start or to refrain (G-36–G-37, G-47–G-48, G-74)."""

from datetime import date

from django.utils import timezone

from agreements import aid
from audit import clock
from casework.moves import moving, refuse_if
from casework.rules import Reason
from checklists import answering
from collaborations import decision_right, gates, obligations, standing
from collaborations.afterwards import carry_out_on_commit
from collaborations.models import AppealText, Collaboration, Decision, Outcome
from collaborations.rules import board_has_decided_where_it_must
from collaborations.rules.aid import is_small_aid
from collaborations.workflow import DECIDE


def proposed(
    case: Collaboration,
    *,
    outcome: str,
    reasons: str,
    appealable: str,
    follow_up_method: str = "",
    follow_up_by=None,
    follow_up_on: date | None = None,
    against_advice: str = "",
    by,
) -> Decision:
    """The decision as it would be, not saved: for the draft document and for the step itself."""
    starts = outcome == Outcome.START
    return Decision(
        collaboration=case,
        kind=outcome,
        reasons=reasons.strip(),
        decided_by=by,
        decided_at=clock.now(),
        **decision_right.right_of(case, by),
        declaration=standing.declaration_of(case, by),
        appealable=appealable,
        appeal_text=AppealText.in_force(),
        against_advice=against_advice.strip() if starts else "",
        follow_up_method=follow_up_method.strip() if starts else "",
        follow_up_by=follow_up_by if starts else None,
        follow_up_on=follow_up_on if starts else None,
    )


def against(decision: Decision) -> list[Reason]:
    """What the decision itself lacks, before it is saved."""
    return [reason for rule in gates.ON_THE_DECISION for reason in rule.reasons(decision)]


def decide(case: Collaboration, *, outcome: str, by, version: int, **facts) -> Decision:
    """Decide. What the decision rests on is locked; the document and the mailbox come after commit.

    facts: see `proposed`. Raises Stale (someone has decided or changed something), NotAllowed.
    """
    details = {}
    with moving(case, DECIDE, by=by, version=version, details=details) as locked:
        locked.outcome = outcome
        decision = proposed(locked, outcome=outcome, by=by, **facts)
        refuse_if(against(decision))
        if board_has_decided_where_it_must in gates.before_decision(locked):
            # The other gates are asked last; the database takes no such decision at all (I-07).
            refuse_if(board_has_decided_where_it_must.reasons(locked))
        decision.save(force_insert=True)
        locked.decided_on = timezone.localdate(decision.decided_at)
        if is_small_aid(locked) and outcome == Outcome.START:
            # Gives, with the recipients' rows locked; the gates then ask whether it may.
            aid.give(locked.terms, locked.organisations.all(), locked.decided_on)
        lock_what_it_rests_on(locked, decision.decided_at)
        obligations.decision_waives_the_answer(locked, by=by)
        obligations.signing_is_due(locked)
        details.update(decision=decision.pk, kind=decision.kind)
        carry_out_on_commit(locked)
    return decision


def lock_what_it_rests_on(case: Collaboration, at) -> None:
    """From now on the database refuses changes of the answers and of what the parties bring."""
    answering.lock(
        [examination.assessment for examination in case.examinations.select_related("assessment")],
        now=at,
    )
    case.terms.locked_at = at
    case.terms.save(update_fields=["locked_at"])
