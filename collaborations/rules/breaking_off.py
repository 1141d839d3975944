"""What must be done before a collaboration is broken off (G-82–G-84, I-25)."""

from django.db.models import Q

from agreements import reading
from audit import clock
from casework.rules import rule
from collaborations.models import Form
from collaborations.models.dialogue import DialogueNote


def leading_to_it(case):
    """The shortcomings that are assessed and may end the collaboration, or have just ended it."""
    assessed = case.shortcomings.filter(assessed_at__isnull=False)
    return assessed.filter(Q(concluded_at=None) | Q(outcome="ending"))


def noted(case, kind) -> bool:
    """Something of the kind is noted since the shortcoming was seen: an old talk does not count."""
    notes = case.dialogue_notes.filter(kind=kind)
    seen = leading_to_it(case).order_by("seen_on").values_list("seen_on", flat=True).first()
    return notes.filter(held_on__gte=seen).exists() if seen else notes.exists()


@rule(
    "G-82",
    unmet="Ingen brist är bedömd. Anmäl bristen, och bedöm den som ansvarig chef.",
    at="shortcomings",
)
def shortcoming_is_assessed(case):
    return leading_to_it(case).exists()


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


@rule("G-82", unmet="Dagen kan inte ligga före ärendet eller efter dagens datum.", at="held_on")
def dialogue_was_held_meanwhile(note):
    return clock.day_of(note.collaboration.registered_at) <= note.held_on <= clock.today()


@rule(
    "G-82",
    "G-84",
    unmet="Beskriv vem av oss som försökte, och hur, när den ni sökte inte gick att nå.",
    at="ours",
)
def fruitless_attempt_is_described(note):
    return note.reached or bool(note.how and note.ours.strip() and note.text.strip())


BEFORE_BREAKING_OFF = (
    shortcoming_is_assessed,
    dialogue_is_held,
    procurement_is_contacted,
    director_is_informed,
)
