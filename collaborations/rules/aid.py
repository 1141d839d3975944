"""Stöd av mindre betydelse: valued, declared and under the ceiling (domain 2.7, I-45, I-46)."""

from agreements import aid
from audit import clock
from casework.rules import rule
from casework.swedish import kronor
from collaborations.models import Function
from collaborations.rules.legal import outcome_of

REGULATION = "förordning (EU) 2023/2831"


def is_small_aid(case) -> bool:
    return outcome_of(case, "statligt_stod") == "mindre_betydelse"


def sentences(case, kept) -> list[str]:
    """One sentence for each recipient where something is wrong. kept: (recipient) → sentence."""
    recipients = aid.recipients(
        case.terms, case.organisations.all(), clock.today(), here=case.administration_id
    )
    return [sentence for one in recipients if (sentence := kept(one))]


def unvalued(one) -> str:
    return "" if one.planned else f"{one.organisation}: stödets form och värde är inte antecknade."


def undeclared(one) -> str:
    return "" if one.declaration else f"{one.organisation}: intyget om annat stöd saknas."


def too_much(one) -> str:
    if one.ceiling is None:
        return "Taket för stöd av mindre betydelse, eller eurokursen, saknas i grunduppgifterna."
    if one.total <= one.ceiling:
        return ""
    return (
        f"{one.organisation}: stödet blir {kronor(one.total)} på tre år, "
        f"och taket är {kronor(one.ceiling)}."
    )


@rule(
    "I-46",
    REGULATION,
    unmet="Stödets form och värde i kronor är inte antecknade.",
    at="aid",
    explain=lambda case: sentences(case, unvalued),
)
def small_aid_is_valued(case):
    return not is_small_aid(case) or not sentences(case, unvalued)


@rule(
    "I-45",
    REGULATION,
    unmet="Mottagarens intyg om annat stöd av mindre betydelse saknas.",
    at="aid",
    explain=lambda case: sentences(case, undeclared),
)
def recipient_has_declared_other_aid(case):
    return not is_small_aid(case) or not sentences(case, undeclared)


@rule(
    "I-45",
    REGULATION,
    unmet="Stödet passerar taket för stöd av mindre betydelse.",
    at="aid",
    explain=lambda case: sentences(case, too_much),
)
def small_aid_is_under_the_ceiling(case):
    return not is_small_aid(case) or not sentences(case, too_much)


@rule(
    "S-23",
    unmet=(
        "Stödet är lån, borgen eller garanti. Utrymmet för det är oklart: be juristen om ett "
        "yttrande."
    ),
    at="opinions",
)
def lawyer_has_seen_loans_and_guarantees(case):
    return (
        not aid.has_loan_or_guarantee(case.terms)
        or case.opinions.answered().filter(function=Function.LEGAL).exists()
    )
