"""What the manager decides in projects: which checks, and which risk (G-67, G-69)."""

from casework.moves import moving, refuse_if
from collaborations import standing
from collaborations.models import CheckScope, Collaboration, RiskDecision, Step
from collaborations.rules import risks_are_described, scope_has_reasons
from collaborations.scope import CHOOSABLE
from collaborations.steps.check import begin_all
from collaborations.workflow import DECIDE_RISK, DECIDE_SCOPE


def decide_scope(case: Collaboration, *, sets, reasons: str, by, version: int) -> CheckScope:
    """Which question sets are answered, and why just those. Raises Stale, NotAllowed.

    A later decision replaces an earlier; what was answered is kept. A set that is new begins.
    """
    chosen = [code for code in CHOOSABLE if code in sets]
    details = {"sets": chosen}
    with moving(case, DECIDE_SCOPE, by=by, version=version, details=details) as locked:
        made = CheckScope(collaboration=locked, sets=chosen, reasons=reasons.strip(), decided_by=by)
        refuse_if(scope_has_reasons.reasons(made))
        made.save(force_insert=True)
        standing.forget(locked)
        if case.step != Step.REGISTERED:
            begin_all(locked)
    standing.forget(case)
    return made


def decide_risk(
    case: Collaboration, *, uncertain: bool, risks: str, accepted: bool, by, version: int
) -> RiskDecision:
    """Say whether it is uncertain, and then whether the risk is taken. Raises Stale, NotAllowed."""
    details = {"uncertain": uncertain, "accepted": accepted}
    with moving(case, DECIDE_RISK, by=by, version=version, details=details) as locked:
        made = RiskDecision(
            collaboration=locked,
            uncertain=uncertain,
            risks=risks.strip() if uncertain else "",
            accepted=accepted or not uncertain,
            decided_by=by,
        )
        refuse_if(risks_are_described.reasons(made))
        made.save(force_insert=True)
    return made
