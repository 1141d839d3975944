"""What is asked of a shortcoming, part by part (G-82, I-35, I-36)."""

from audit import clock
from casework.rules import rule


@rule("I-36", unmet="Skriv vad som brister.", at="what")
def shortcoming_says_what(shortcoming):
    return bool(shortcoming.what.strip())


@rule(
    "I-36",
    unmet="Dagen kan inte ligga efter dagens datum, eller innan ärendet började.",
    at="seen_on",
)
def shortcoming_was_seen_meanwhile(shortcoming):
    begun = shortcoming.collaboration.decided_on
    return begun <= shortcoming.seen_on <= clock.today()


@rule("I-35", unmet="Bristen är redan hos ansvarig chef.")
def shortcoming_waits_for_the_unit(shortcoming):
    return shortcoming.received_at is None and shortcoming.is_open


@rule("G-82", unmet="Bristen är redan avslutad.")
def shortcoming_is_open(shortcoming):
    return shortcoming.is_open


@rule("G-82", unmet="Bristen är redan bedömd.")
def shortcoming_is_not_assessed(shortcoming):
    return shortcoming.assessed_at is None


@rule("G-82", unmet="Skriv hur du bedömer bristen.", at="assessment")
def assessment_says_something(shortcoming):
    return bool(shortcoming.assessment.strip())


@rule("G-82", unmet="Bristen är inte bedömd.", at="assessment")
def shortcoming_has_its_assessment(shortcoming):
    return shortcoming.assessed_at is not None


@rule("G-82", unmet="Skriv skälen.", at="reasons")
def conclusion_has_reasons(shortcoming):
    return bool(shortcoming.reasons.strip())


@rule("G-82", "I-22", unmet="Lägg först till åtgärden, med ansvarig och datum.", at="outcome")
def remedy_is_decided(shortcoming):
    return shortcoming.outcome != "remedy" or shortcoming.remedies.exists()
