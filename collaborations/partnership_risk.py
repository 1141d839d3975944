"""What is at risk in a partnership, and how the case stands to it (G-57). It stops nothing."""

from accounts.models import LegalAmount
from agreements.procurement import highest_fee, limits
from audit import clock
from collaborations import standing
from collaborations.models import Collaboration, Form, Function

W = LegalAmount.What


def risks(case: Collaboration) -> dict | None:
    """Favouring, a direct purchase that was not allowed, and its fee; None for other forms."""
    if case.form != Form.IOP:
        return None
    value, amounts = case.terms.value_handed_over, LegalAmount.in_force(clock.today())
    contract = standing.of(case).get("offentligt_kontrakt")
    procurement = case.opinions.answered().filter(function=Function.PROCUREMENT)
    return {
        "equal_chance": {True: "ja", False: "nej"}.get(case.equal_chance, "inte besvarat"),
        "contract": contract.outcome.label if contract else "Inte begärd",
        "procurement": procurement.exists(),
        "value": value,
        "passed": [one for one in limits(value, amounts) if one.passed],
        "fee": highest_fee(value, *(amounts.get(one) for one in (W.FEE, W.FEE_SHARE))),
    }
