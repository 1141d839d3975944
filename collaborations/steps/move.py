"""Gå över till nyare frågor: an explicit act, of one set at a time (product.md §5, domain 0.12)."""

from audit import clock
from casework.moves import NotAllowed, moving
from casework.rules import Reason
from checklists import moving as questions
from checklists.models import Version
from collaborations import standing
from collaborations.models import Collaboration
from collaborations.workflow import MOVE_QUESTIONS


class AnotherInForce(NotAllowed):
    """The version that was shown is not the one that is in force now. Nothing was changed."""

    def __init__(self, current: Version | None):
        self.current = current
        sentence = (
            f"Det är version {current.number} som gäller nu, inte den som visades. "
            "Se den nya skillnaden och välj igen."
            if current
            else "Ärendet följer redan den version som gäller."
        )
        super().__init__([Reason(sentence)])


def move_questions(case: Collaboration, code: str, *, to: int, by, version: int) -> None:
    """Let the case follow the version of the set that is in force.

    to: the id of the version whose difference was shown. The check is open again afterwards.
    Raises Stale, NotAllowed, AnotherInForce.
    """
    details = {"set": code}
    with moving(case, MOVE_QUESTIONS, by=by, version=version, details=details) as locked:
        examination = locked.examinations.select_related("assessment__version").get(code=code)
        target = standing.newer_versions(locked).get(code)
        if target is None or target.pk != to:
            raise AnotherInForce(target)
        old = examination.assessment
        moved = questions.move(old, target, now=clock.now())
        examination.assessment = moved.assessment
        examination.save(update_fields=["assessment"])
        details.update(told(old.version, target), **codes(moved.plan))
    standing.forget(case)


def told(old: Version, new: Version) -> dict:
    """From which version to which, as numbers; and whose, where the rule set is another."""
    found = {"from": old.number, "to": new.number}
    if old.question_set_id != new.question_set_id:
        found["rule_set"] = [old.question_set.rule_set, new.question_set.rule_set]
    return found


def codes(plan: questions.Plan) -> dict:
    """Which answers followed, which are asked anew, and which are kept as history."""
    return {
        "carried": list(plan.carried),
        "opened": list(plan.opened),
        "retired": list(plan.retired),
        "added": list(plan.added),
    }
