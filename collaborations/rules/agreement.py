"""What is asked of the agreement: as a proposal before the decision, and signed before the start.

What is asked of a signing stands in rules/signing.py, of breaking off in rules/breaking_off.py.
"""

from agreements import reading
from agreements.completeness import Missing, missing_sections
from agreements.models import Side
from audit import clock
from casework.rules import rule
from collaborations.models import Form

ALWAYS_WRITTEN = frozenset({Form.OTHER_AGREEMENT, Form.IOP, Form.EXTERNAL_FUNDING})
MAY_BE_WRITTEN = ALWAYS_WRITTEN | {Form.PARTNER_IN_PROJECT}
A_YEAR = 366  # days


def needs_agreement(case) -> bool:
    """Domain §1.7.2: always, or "if agreement" where we are a partner in somebody's project."""
    if case.form in ALWAYS_WRITTEN:
        return True
    return case.form == Form.PARTNER_IN_PROJECT and bool(case.terms.written_agreement)


def lacking(case) -> list[Missing] | None:
    """What the proposal lacks, section by section; None when nothing has been drafted."""
    agreement = reading.proposal(case.terms)
    if agreement is None:
        return None
    return missing_sections(
        case.form,
        reading.content_of(agreement),
        template=agreement.template,
        sides=reading.sides_that_bring(case.terms),
    )


def what_the_proposal_lacks(case) -> list[str]:
    found = lacking(case)
    return [f"Överenskommelsen, {one.title}: {one.why}" for one in found or ()]


@rule(
    "G-52",
    unmet="Den här formen har ingen överenskommelse mellan parterna som skrivs här.",
    at="motivation",
)
def form_has_an_agreement(case):
    return case.form in MAY_BE_WRITTEN


@rule(
    "G-51",
    "I-17",
    "I-18",
    "I-38",
    "I-55",
    "M-58",
    "M-62",
    unmet="Det finns inget utkast till överenskommelse.",
    at="agreement",
    explain=what_the_proposal_lacks,
)
def agreement_proposal_is_complete(case):
    return not needs_agreement(case) or lacking(case) == []


@rule(
    "G-54",
    "I-39",
    unmet="I ett partnerskap bidrar båda sidor. En av sidorna bidrar inte med något.",
    at="motivation",
)
def both_sides_contribute(case):
    return case.form != Form.IOP or reading.sides_that_bring(case.terms) == set(Side.values)


@rule(
    "G-80",
    unmet="Ett mål i överenskommelsen saknar indikator, målvärde eller datum.",
    at="agreement",
)
def goals_are_measurable(case):
    agreement = reading.proposal(case.terms)
    return agreement is None or all(
        goal.is_measurable for goal in reading.content_of(agreement).goals
    )


@rule(
    "M-63",
    unmet=(
        "Partnerskapet är tänkt för ett år eller kortare. Det brukar vara flera år, som ger "
        "organisationen trygghet. Skriv i skälen varför."
    ),
    at="agreement",
)
def partnership_is_for_more_than_a_year(case):
    agreement = reading.proposal(case.terms)
    if case.form != Form.IOP or agreement is None:
        return True
    content = reading.content_of(agreement)
    if not (content.starts_on and content.ends_on):
        return True  # that it has no period is another rule's
    return (content.ends_on - content.starts_on).days + 1 > A_YEAR


@rule(
    "G-75",
    "M-58",
    unmet="Samverkan kan inte starta: den undertecknade överenskommelsen är inte registrerad.",
    at="agreement",
)
def agreement_is_signed(case):
    """The condition of Starta for the formal forms, and for none of the others."""
    return not needs_agreement(case) or reading.latest_signed(case.terms) is not None


@rule(
    "G-84",
    unmet=(
        "Överenskommelsen gäller fortfarande. Avbryt samverkan i stället, så att inköp och "
        "upphandling är med om villkoren."
    ),
    at="break_off",
)
def agreement_has_run_out(case):
    """An ordinary end waits for the agreement's last day."""
    agreement = reading.latest_signed(case.terms)
    return agreement is None or reading.last_day(agreement) <= (case.ended_on or clock.today())
