"""What the question sets must come to before a start (G-25–G-35)."""

from casework.rules import rule
from collaborations import standing


def remaining_sentences(case):
    return [
        f"{state.name}: {len(state.remaining)} frågor återstår."
        for state in standing.of(case).values()
        if state.remaining
    ]


@rule(
    "G-25",
    "G-46",
    unmet="Alla frågor är inte besvarade.",
    at="check",
    explain=remaining_sentences,
)
def every_question_is_answered(case):
    return not any(state.remaining for state in standing.of(case).values())


def blocking_sentences(case):
    state = standing.of(case).get("grundkrav")
    stopping = state.blocking if state else ()
    return [f"Grundkraven är inte uppfyllda: {item.code} {item.text}" for item in stopping]


@rule(
    "G-25",
    "G-46",
    "G-34",
    unmet="Grundkraven är inte uppfyllda.",
    at="grundkrav",
    explain=blocking_sentences,
)
def basic_requirements_are_met(case):
    return not blocking_sentences(case)


def unmotivated_sentences(case):
    return [
        f"{item.code} behöver en skriftlig motivering av ansvarig chef."
        for state in standing.of(case).values()
        for item in state.to_motivate
    ]


@rule(
    "G-25",
    "G-48",
    unmet="Svar som avviker behöver en skriftlig motivering av ansvarig chef.",
    at="check",
    explain=unmotivated_sentences,
)
def deviations_are_motivated(case):
    return not any(state.to_motivate for state in standing.of(case).values())


def uninquired_sentences(case):
    return [
        f"{item.code} behöver utredas innan beslut."
        for state in standing.of(case).values()
        for item in state.to_inquire
    ]


@rule(
    "G-25",
    "G-29",
    unmet="Något behöver utredas innan beslut.",
    at="check",
    explain=uninquired_sentences,
)
def inquiries_are_done(case):
    return not any(state.to_inquire for state in standing.of(case).values())


@rule(
    "G-27",
    "G-28",
    "G-29",
    "G-30",
    "G-31",
    unmet="Demokrativillkoren är inte prövade med godtagbart utfall.",
    at="demokrati",
)
def democracy_conditions_are_met(case):
    return standing.of(case)["demokrati"].outcome in ("antas_uppfyllt", "uppfyllt")


@rule(
    "G-33",
    unmet="Risken för välfärdsbrott är inte bedömd.",
    at="valfardsbrott",
)
def welfare_crime_risk_is_weighed(case):
    risk = standing.of(case).get("valfardsbrott")
    return risk is None or not risk.remaining


@rule(
    "G-35",
    unmet="Varningstecken på välfärdsbrott har kryssats för. Läs kommentarerna innan du beslutar.",
    at="valfardsbrott",
)
def no_warning_signs(case):
    risk = standing.of(case).get("valfardsbrott")
    return risk is None or risk.outcome not in ("forhojd", "hog")
