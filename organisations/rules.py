"""What should be thought of about an organisation. Nothing here stops anything: it is said."""

from casework.rules import Reason, rule
from organisations.choices import LegalForm
from organisations.numbers import form_mismatch


@rule(
    "G-05",
    unmet=(
        "Organisationsformen är ”annan”. Kontrollera att organisationen hör till civilsamhället: "
        "varken offentlig, vinstdrivande eller en familjs egen."
    ),
)
def legal_form_is_one_of_civil_society(organisation):
    return organisation.legal_form != LegalForm.OTHER


@rule(
    "G-05",
    unmet="Organisationsnumret och organisationsformen verkar inte höra ihop.",
    explain=lambda organisation: [form_mismatch(organisation.org_number, organisation.legal_form)],
)
def number_suits_the_legal_form(organisation):
    return form_mismatch(organisation.org_number, organisation.legal_form) is None


@rule(
    "G-08",
    unmet=(
        "Organisationen är utförare, och ingen upphandlingsbedömning är antecknad. Det som är ett "
        "köp kan inte vara samverkan: fråga inköp och upphandling."
    ),
)
def performer_has_a_procurement_assessment(profile):
    return not profile.is_performer or profile.procurement_assessed_on is not None


def thoughts(organisation, profiles=()) -> list[Reason]:
    """What to think of, for the organisation's page: what all share, and what the reader sees."""
    found = legal_form_is_one_of_civil_society.reasons(organisation)
    found += number_suits_the_legal_form.reasons(organisation)
    for profile in profiles:
        found += performer_has_a_procurement_assessment.reasons(profile)
    return list(dict.fromkeys(found))
