"""When a case is handed over to procurement, and what must be known then (G-59–G-61)."""

from accounts.permissions import Permission, holders
from agreements.procurement import Way, ways_on
from audit import clock
from casework.rules import rule
from casework.swedish import kronor
from collaborations.models import Form
from collaborations.rules.legal import no_public_contract


def is_public_contract(case) -> bool:
    """The legal test came to *offentligt kontrakt* (domain 4.4)."""
    return not no_public_contract(case)


def pays(case) -> bool:
    """Where we pay money it may be a purchase; of a partnership procurement supports the test."""
    lines = case.terms.contributions.all()
    return case.form == Form.IOP or any(one.is_handed_over and one.kind == "money" for one in lines)


@rule(
    "G-60",
    "I-26",
    unmet="Inköp och upphandling har inte lämnat något yttrande i ärendet.",
    at="opinions",
)
def procurement_takes_part(case):
    return not pays(case) or case.opinions.answered().filter(function="procurement").exists()


@rule(
    "G-59",
    unmet=(
        "Ärendet är ingen upphandling. Välj formen Köp av tjänst, eller gör klart prövningen av "
        "offentligt kontrakt."
    ),
    at="motivation",
)
def is_a_purchase(case):
    return case.form == Form.PURCHASE or is_public_contract(case)


@rule(
    "G-52",
    "G-59",
    unmet="Köp av tjänst är inte samverkan. Lämna över ärendet till inköp och upphandling.",
    at="referral",
)
def is_no_purchase(case):
    return case.form != Form.PURCHASE


@rule(
    "G-60",
    unmet=(
        "Ingen i förvaltningen har rollen inköp och upphandling i dag, så ingen kan ta emot "
        "ärendet. Be en administratör lägga till rollen."
    ),
)
def procurement_has_somebody(case):
    return holders(Permission.REFERRAL_RECEIVE, case.unit).exists()


@rule(
    "G-60",
    "G-61",
    unmet="Skriv vad som ska köpas och vem hos inköp och upphandling som har kontaktats.",
    at="contact",
)
def referral_says_what_and_to_whom(referral):
    return bool(referral.need.strip() and referral.contact.strip())


@rule(
    "G-60",
    unmet="Kontakten med inköp kan inte ligga efter dagens datum.",
    at="contacted_on",
)
def procurement_was_contacted(referral):
    return referral.contacted_on <= clock.today()


def why_not_that_way(referral) -> list[str]:
    if referral.way == Way.RESERVED:
        return ["Bara en social eller annan särskild tjänst kan reserveras."]
    if referral.value is None:
        return ["Direktupphandling förutsätter att värdet är beräknat."]
    return [
        f"Värdet {kronor(referral.value)} är inte under beloppsgränsen för direktupphandling, "
        "eller så saknas gränsen i grunduppgifterna."
    ]


@rule(
    "S-16",
    "G-59",
    unmet="Det går inte att köpa så.",
    at="way",
    explain=why_not_that_way,
)
def way_of_buying_is_possible(referral):
    """By the thresholds of the day it is handed over."""
    return referral.way in ways_on(clock.today(), referral.value, referral.special)
