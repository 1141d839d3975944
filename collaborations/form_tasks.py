"""What single forms need beside the rest, as lines of the case's task list."""

from casework.rules import Rule
from collaborations import rules
from collaborations.models import Collaboration, Form, Step

# form → (what it is called, its page, the rules that say when it is done)
OF_FORM: dict[str, tuple[tuple[str, str, tuple[Rule, ...]], ...]] = {
    Form.IOP: (
        (
            "Partnerskapet: utmaning och program",
            "partnership",
            (rules.challenge_is_described, rules.programme_passage_is_quoted),
        ),
        ("Information till högsta chefen", "inform_head", (rules.head_is_informed,)),
        ("Styrgrupp", "steering", (rules.steering_group_is_appointed,)),
    ),
    Form.EXTERNAL_FUNDING: (
        (
            "Extern finansiering",
            "funding",
            (
                rules.funder_is_named,
                rules.funding_routine_is_confirmed,
                rules.funding_is_granted,
            ),
        ),
        (
            "Riskbedömning",
            "risk",
            (rules.uncertainty_is_judged, rules.risk_is_accepted),
        ),
    ),
    Form.PARTNER_IN_PROJECT: (
        ("Omfattning av kontrollen", "scope", (rules.check_scope_is_decided,)),
        (
            "Riskbedömning",
            "risk",
            (rules.uncertainty_is_judged, rules.risk_is_accepted),
        ),
    ),
    Form.EMPLOYER: (
        ("Rutiner för anställningen", "employment", (rules.employment_routine_is_confirmed,)),
    ),
}
# To the board or by delegation: of every formal form.
BOARD = ("Nämndens beslut eller delegation", "board_decision")


def lines(case: Collaboration) -> list[tuple[str, str, str]]:
    """(what, the name of its page, what remains in a sentence or "") for the case's form."""
    found = [
        (label, page, first_reason(case, asked))
        for label, page, asked in OF_FORM.get(case.form, ())
    ]
    if rules.is_formal(case) and case.form != Form.PURCHASE and case.step != Step.REGISTERED:
        asked = (rules.board_has_decided_where_it_must,)
        found.append((*BOARD, first_reason(case, asked)))
    return found


def first_reason(case: Collaboration, asked) -> str:
    return next((reason.sentence for rule in asked for reason in rule.reasons(case)), "")
