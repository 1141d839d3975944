"""What the question sets must come to before a start (G-25–G-35)."""

from casework.rules import rule
from casework.swedish import long_date, one_or_many
from checklists.outcomes import MeasureState
from collaborations import standing


def remaining_sentences(case):
    """What remains; a set that takes over an unclear outcome waits for the opinion on that."""
    states = standing.of(case).values()
    remaining = [
        f"{one.name}: {left} {one_or_many(left, 'fråga', 'frågor')} återstår."
        for one in states
        if (left := len(one.remaining))
    ]
    unclear = [
        f"{one.name} är oklart. Be om ett yttrande." for one in states if one.outcome == "oklart"
    ]
    return remaining and remaining + unclear


@rule(
    "G-25",
    "G-46",
    "G-72",
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


ACCEPTABLE = ("antas_uppfyllt", "uppfyllt", "uppfyllt_efter_atgard")
MEASURE_SENTENCES = {
    MeasureState.WAITING: "Demokrativillkoren väntar på en åtgärd som ska redovisas senast {day}.",
    MeasureState.REPORTED: "En åtgärd är redovisad och väntar på bedömning (sista dag {day}).",
    MeasureState.LAPSED: "En åtgärd är inte redovisad och godtagen. Sista dagen var {day}.",
}


def democracy_sentences(case):
    """Which measure is waited for or has lapsed, by its day; what is known from elsewhere."""
    sentences = [
        MEASURE_SENTENCES[state].format(day=long_date(measure.due_on))
        for measure, state in standing.measures(case)
        if state in MEASURE_SENTENCES and standing.is_needed(measure)
    ]
    if standing.beyond(case)[1]:
        sentences.append(
            "Förvaltningen har en uppgift om organisationen i ett annat ärende. Villkoren kan inte "
            "antas vara uppfyllda: registrera och bedöm uppgiften också här."
        )
    return sentences


@rule(
    "G-27",
    "G-28",
    "G-29",
    "G-30",
    "G-31",
    "I-48",
    "I-53",
    unmet="Demokrativillkoren är inte prövade med godtagbart utfall.",
    at="demokrati",
    explain=democracy_sentences,
)
def democracy_conditions_are_met(case):
    return standing.of(case)["demokrati"].outcome in ACCEPTABLE


@rule(
    "I-53",
    unmet=(
        "Åtgärder används inte för den här samverkansformen enligt förvaltningens regeluppsättning."
    ),
    at="demokrati",
)
def measures_are_allowed(case):
    return standing.beyond(case)[0]


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
