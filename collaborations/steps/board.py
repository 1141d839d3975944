"""Nämndens beslut: recorded in the case before it is decided there (G-74, I-07, I-19)."""

from datetime import date

from casework.moves import moving, refuse_if
from collaborations import decision_right, standing
from collaborations.models import BoardDecision, Collaboration
from collaborations.rules import board_decided_on_this_case, board_decision_says_which
from collaborations.workflow import RECORD_BOARD_DECISION

ON_THE_RECORD = (board_decision_says_which, board_decided_on_this_case)


def record_board_decision(
    case: Collaboration,
    *,
    board: str,
    decided_on: date,
    paragraph: str,
    outcome: str,
    reference: str,
    by,
    version: int,
) -> BoardDecision:
    """Record what the board decided of the case as it is now: its form, and what we hand over.

    decided_on: the day of the board's meeting (Stockholm). reference: where its minutes are.
    Raises Stale, NotAllowed.
    """
    details = {"outcome": outcome, "decided_on": decided_on.isoformat()}
    with moving(case, RECORD_BOARD_DECISION, by=by, version=version, details=details) as locked:
        made = BoardDecision(
            collaboration=locked,
            board=board.strip(),
            decided_on=decided_on,
            paragraph=paragraph.strip(),
            outcome=outcome,
            reference=reference.strip(),
            form=locked.form,
            amount=decision_right.amount(locked),
            recorded_by=by,
        )
        refuse_if([reason for rule in ON_THE_RECORD for reason in rule.reasons(made)])
        made.save(force_insert=True)
        details["board_decision"] = made.pk
    standing.forget(case)
    return made
