"""What the legal tests must come to before a formal collaboration (G-18, G-59, I-14–I-16).

Each asks only where the case needs the test (scope.py): an agreement at no cost is no state aid.
"""

from casework.rules import rule
from collaborations import standing

UNFINISHED = "ofullstandig"


def outcome_of(case, code: str) -> str | None:
    """What the set has come to; None where the case does not need it."""
    state = standing.of(case).get(code)
    return str(state.outcome) if state else None


def unsettled(code: str, name: str):
    """Why a test is not settled: it is not answered yet, or it is unclear."""

    def explain(case):
        if outcome_of(case, code) == "oklart":
            return [f"{name} är oklart. Be om ett yttrande: utan det kan samverkan inte inledas."]
        return []

    return explain


@rule(
    "G-18",
    "G-55",
    "I-16",
    "I-42",
    unmet="Det är inte bedömt om det är ett offentligt kontrakt.",
    at="offentligt_kontrakt",
    explain=unsettled("offentligt_kontrakt", "Om det är ett offentligt kontrakt"),
)
def public_contract_is_assessed(case):
    return outcome_of(case, "offentligt_kontrakt") in (
        None,
        "inte_kontrakt",
        "offentligt_kontrakt",
    )


@rule(
    "G-59",
    "I-44",
    "S-16",
    unmet=(
        "Det är ett offentligt kontrakt. Då gäller reglerna om upphandling, och samverkan kan inte "
        "inledas. Lämna över ärendet till inköp och upphandling."
    ),
    at="offentligt_kontrakt",
)
def no_public_contract(case):
    return outcome_of(case, "offentligt_kontrakt") != "offentligt_kontrakt"


@rule(
    "I-15",
    "I-42",
    "I-45",
    unmet="Det är inte bedömt om det är statligt stöd.",
    at="statligt_stod",
    explain=unsettled("statligt_stod", "Om stödet får lämnas"),
)
def state_aid_is_assessed(case):
    return outcome_of(case, "statligt_stod") not in (UNFINISHED, "oklart")


@rule(
    "I-45",
    unmet="Det är statligt stöd som inte får lämnas. Ändra insatserna eller avstå.",
    at="statligt_stod",
)
def aid_may_be_given(case):
    return outcome_of(case, "statligt_stod") != "otillatet_stod"


ACCEPTABLE = (None, "uppfyllt", "uppfyllt_med_motivering")


@rule(
    "I-15",
    "I-47",
    "KL 2:1",
    unmet="Det är inte bedömt att samverkan är förenlig med kommunallagen.",
    at="kommunallagen",
)
def municipal_act_is_followed(case):
    return outcome_of(case, "kommunallagen") in ACCEPTABLE


@rule(
    "I-14",
    "I-40",
    unmet="Det är inte bedömt att organisationen är en idéburen aktör.",
    at="ideburen_aktor",
)
def organisation_is_a_civil_actor(case):
    return outcome_of(case, "ideburen_aktor") in ACCEPTABLE


@rule(
    "I-43",
    "M-60",
    "M-61",
    "G-55",
    unmet="Förutsättningarna för ett partnerskap är inte uppfyllda.",
    at="partnerskap",
)
def partnership_conditions_are_met(case):
    return outcome_of(case, "partnerskap") in ACCEPTABLE


def stopping_sentences(case):
    return [
        f"{state.name}: {item.code} {item.text}"
        for code, state in standing.of(case).items()
        if code != "grundkrav"
        for item in state.blocking
    ]


@rule(
    "I-42",
    "G-48",
    unmet="Ett svar stoppar ett beslut att inleda.",
    at="check",
    explain=stopping_sentences,
)
def no_answer_stops(case):
    return not stopping_sentences(case)
