"""Which form is possible (G-40–G-53)."""

from casework.rules import rule
from collaborations.models import Form, InitiatedBy, Outcome, Step
from collaborations.rules.follow_up import begun_on


@rule(
    "G-44",
    unmet=(
        "Informell samverkan är inte möjlig när vi lämnar pengar, personal, lokal eller varor. "
        "Ta bort insatsen eller välj en formell form."
    ),
    at="motivation",
)
def informal_hands_nothing_over(case):
    return case.form != Form.INFORMAL or not case.terms.handed_over()


@rule(
    "G-51",
    unmet="En skriftlig överenskommelse gör samverkan formell. Välj en formell form.",
    at="motivation",
)
def informal_has_no_written_agreement(case):
    return case.form != Form.INFORMAL or not case.terms.written_agreement


@rule(
    "G-40",
    unmet="Det är inte besvarat om det ska finnas en skriftlig överenskommelse.",
    at="motivation",
)
def agreement_question_is_answered(case):
    return case.terms.written_agreement is not None


@rule(
    "I-37",
    unmet=(
        "Initiativet till ett partnerskap ska vara organisationens. Det här initiativet kom från "
        "någon annan."
    ),
    at="registration",
)
def initiative_is_the_organisations(case):
    return case.form != Form.IOP or case.initiated_by == InitiatedBy.ORGANISATION


@rule("G-47", "G-74", unmet="Ansvarig chef beslutar själv om informell samverkan.")
def is_formal(case):
    return case.form != Form.INFORMAL


@rule("G-50", unmet="Samverkan har inte börjat, så det finns inget att avsluta.")
def has_begun_or_waits_to(case):
    """A formal one that never gets its signatures must come to an end too."""
    waits = case.form != Form.INFORMAL and case.outcome == Outcome.START
    return case.step == Step.ONGOING or waits


@rule("G-50", unmet="Sista dagen kan inte ligga före den dag då samverkan började.", at="ended_on")
def end_comes_after_the_start(case):
    return case.ended_on >= begun_on(case)


@rule("G-53", unmet="Föreningsbidrag ges inte här.", at="motivation")
def is_no_association_grant(case):
    return case.form != Form.ASSOCIATION_GRANT
