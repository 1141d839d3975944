"""Jäv: declared by each person in each case, ruled on by another (G-36–G-38, KL 6:28–30, 7:4)."""

from audit import clock
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from checklists import answering
from checklists.outcomes import Outcome
from checklists.summary import state
from collaborations import notices, standing
from collaborations.models import Collaboration, ConflictDeclaration, ConflictRuling
from collaborations.rules import person_may_rule
from collaborations.steps.consult import hand_to
from collaborations.workflow import DECLARE, RULE


def declare(case: Collaboration, *, inputs: dict, by) -> ConflictDeclaration:
    """Save the person's answers to the jäv questions. A yes closes the case's moves for them.

    inputs: question code → AnswerInput, for every question. Raises AnswersRefused; NotAllowed when
    one is unanswered, or when the person has reported a conflict that another must rule on first.
    """
    details = {}
    with moving(case, DECLARE, by=by, details=details) as locked:
        assessment = answering.begin("jav", locked.administration.rule_set, clock.today())
        answering.save_answers(assessment, inputs, by=by, now=clock.now())
        outcome = state(assessment, standing.plain_facts(locked)).outcome
        if outcome == Outcome.UNFINISHED:
            raise NotAllowed([Reason("Besvara alla frågor.", ("G-36",))])
        answering.lock([assessment], now=clock.now())
        reported = outcome == Outcome.REPORTED
        declaration = ConflictDeclaration.objects.create(
            collaboration=locked, person=by, assessment=assessment, reported=reported
        )
        details.update(declaration=declaration.pk, reported=reported)
        if reported:
            notices.conflict_reported(declaration)
            give_back_questions(locked, by)
    standing.forget(case)
    return declaration


def give_back_questions(case: Collaboration, person) -> None:
    """What the person was to answer for the group in the case is nobody's again (G-37)."""
    for waiting in case.consultations.unanswered().filter(assignee=person):
        hand_to(waiting, None, by=person)


def rule_on(declaration: ConflictDeclaration, *, outcome: str, reasons: str, by) -> ConflictRuling:
    """Rule on a reported conflict: jäv, no jäv, or plainly without significance.

    Raises NotAllowed unless `by` is the one who may rule (G-38).
    """
    case = declaration.collaboration
    details = {"declaration": declaration.pk, "outcome": outcome}
    with moving(case, RULE, by=by, details=details):
        refuse_if(person_may_rule.reasons(declaration, by))
        ruling = ConflictRuling.objects.create(
            declaration=declaration, outcome=outcome, reasons=reasons, ruled_by=by
        )
        notices.conflict_ruled(ruling)
    standing.forget(case)
    return ruling
