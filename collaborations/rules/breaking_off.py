"""What must be done before a collaboration is broken off (G-82–G-84, I-25)."""

from agreements import reading
from casework.rules import rule
from collaborations.models import Form
from collaborations.models.dialogue import DialogueNote


def noted(case, kind) -> bool:
    return case.dialogue_notes.filter(kind=kind).exists()


@rule(
    "G-82",
    unmet="Bristen är inte bedömd: skriv vad som brister och vad ni har kommit fram till.",
    at="dialogue",
)
def shortcoming_is_assessed(case):
    return noted(case, DialogueNote.Kind.ASSESSMENT)


@rule(
    "G-82",
    unmet="Ingen dialog med dem som berörs är antecknad.",
    at="dialogue",
)
def dialogue_is_held(case):
    return noted(case, DialogueNote.Kind.DIALOGUE)


@rule(
    "G-84",
    unmet=(
        "Inköp och upphandling är inte kontaktad om villkoren för att avsluta överenskommelsen "
        "i förtid."
    ),
    at="dialogue",
)
def procurement_is_contacted(case):
    """Always with an agreement in place. That nobody could be reached counts when described."""
    return reading.latest_signed(case.terms) is None or noted(case, DialogueNote.Kind.PROCUREMENT)


@rule(
    "I-25",
    unmet="Högsta chefen är inte informerad om att partnerskapet kan komma att sägas upp.",
    at="dialogue",
)
def director_is_informed(case):
    return case.form != Form.IOP or noted(case, DialogueNote.Kind.DIRECTOR)


@rule(
    "G-83",
    unmet="Skriv skälen för att avbryta.",
    at="reasons",
)
def breaking_off_has_reasons(decision):
    return bool(decision.reasons.strip())


BEFORE_BREAKING_OFF = (
    shortcoming_is_assessed,
    dialogue_is_held,
    procurement_is_contacted,
    director_is_informed,
)
