"""Answers and effects in Swedish words, for pages and for the decision's appendix."""

from datetime import date

from casework.swedish import and_list, long_date
from checklists.conditions import in_words as condition_in_words
from checklists.facts import Facts
from checklists.models import Answer, AnswerType, Effect, Question
from checklists.models.words import NO, NOT_APPLICABLE, YES, YOUNGER_THAN_A_YEAR
from checklists.outcomes import Outcome, effect_if_undesired

ANSWERS = {YES: "Ja", NO: "Nej", NOT_APPLICABLE: "Ej tillämpligt"}
EFFECTS = {
    Effect.BLOCKS: "stoppar ett beslut att inleda",
    Effect.MOTIVATION: "kräver att ansvarig chef motiverar skriftligt",
    Effect.INQUIRY: "kräver utredning eller yttrande före beslut",
}


def value_in_words(question: Question, value) -> str:
    """ "Ja", "21 november 2026", "Stadgar och Webbplats"; empty when there is no answer.

    question: of the version that was answered. value: as in Answer.value.
    """
    if value is None or value == []:
        return ""
    if question.answer_type == AnswerType.NOTE:
        return "Utdrag har visats upp"
    if question.answer_type == AnswerType.DATE:
        return long_date(date.fromisoformat(value))
    if question.answer_type == AnswerType.NUMBER:
        return f"{value:,}".replace(",", "\u202f").replace(".", ",")
    if question.answer_type == AnswerType.CHOICES:
        return and_list(question.choice_labels.get(code, code) for code in value)
    if question.answer_type == AnswerType.CHOICE:
        return question.choice_labels.get(value, value)
    return ANSWERS.get(value, str(value))


def companions_in_words(question: Question, companions: dict) -> list[tuple[str, str]]:
    """(label, value) of what was filled in beside the answer, in the question's order."""
    found = []
    for companion in question.companions:
        value = companions.get(companion["name"])
        if value and companion["type"] == "datum":
            value = long_date(date.fromisoformat(value))
        if value:
            found.append((companion["label"], str(value)))
    return found


def answer_in_words(answer: Answer) -> str:
    """The whole answer in one text: value, what stands beside it, the text."""
    question = answer.question
    lines = [value_in_words(question, answer.value)]
    lines += [
        f"{label}: {value}" for label, value in companions_in_words(question, answer.companions)
    ]
    return "\n".join(line for line in [*lines, answer.text] if line)


def fetched_in_words(question: Question, facts: Facts) -> str:
    """The outcome that a fetched question shows; says so when there is none yet."""
    outcome = facts.outcomes.get(question.fetches)
    return Outcome(outcome).label if outcome else "Inte påbörjad"


def effect_in_words(question: Question, facts: Facts) -> str:
    """What an undesired answer would mean in this case: "Nej stoppar ett beslut att inleda."

    Empty when no answer has an effect at this level.
    """
    weighs = effect_if_undesired(question, facts)
    if weighs == Effect.NONE:
        return ""
    return f"{undesired_in_words(question)} {EFFECTS[weighs]}."


def undesired_in_words(question: Question) -> str:
    if question.answer_type == AnswerType.NOTE:
        return "Utan anteckning finns ett hinder som"
    if question.answer_type == AnswerType.FETCHED:
        return "Ett utfall som inte är godtagbart"
    if question.undesired == YOUNGER_THAN_A_YEAR:
        return "Ett datum som är yngre än ett år"
    labels = {**ANSWERS, **question.choice_labels}
    return " eller ".join(labels[code] for code in question.undesired)


def effects_by_level(question: Question) -> list[tuple[str, str]]:
    """("Informell", "…") and ("Formell", "…") for the page that shows a version."""
    stronger = question.stronger
    found = []
    for label, level, plain in (
        ("Informell", "informal", question.effect_informal),
        ("Formell", "formal", question.effect_formal),
    ):
        words = EFFECTS.get(plain, "påverkar inte beslutet")
        if stronger and stronger["effect"].get(level, plain) != plain:
            harder = EFFECTS.get(stronger["effect"][level], "påverkar inte beslutet")
            words += f"; {harder} om {condition_in_words(stronger['condition'])}"
        found.append((label, words))
    return found


__all__ = [
    "answer_in_words",
    "companions_in_words",
    "condition_in_words",
    "effect_in_words",
    "effects_by_level",
    "fetched_in_words",
    "value_in_words",
]
