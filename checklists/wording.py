"""Answers and effects in Swedish words, for pages and for the decision's appendix."""

from collections.abc import Mapping
from datetime import date

from casework.swedish import and_list, long_date
from checklists.facts import Facts
from checklists.models import Answer, AnswerType, Effect, Level, Question
from checklists.models.words import NO, NOT_APPLICABLE, YES, YOUNGER_THAN_A_YEAR
from checklists.outcomes import Outcome, effect_if_undesired

ANSWERS = {YES: "Ja", NO: "Nej", NOT_APPLICABLE: "Ej tillämpligt"}
EFFECTS = {
    Effect.BLOCKS: "stoppar ett beslut att inleda",
    Effect.MOTIVATION: "kräver att ansvarig chef motiverar skriftligt",
    Effect.INQUIRY: "kräver utredning eller yttrande före beslut",
}
NO_EFFECT = "påverkar inte beslutet"
CONDITIONS = {
    "payout": "pengar ska betalas ut",
    "minors": "barn berörs",
    "personal_data_shared": "personuppgifter delas",
    "resources": "vi lämnar resurser",
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


def condition_in_words(condition: dict | None, questions: Mapping | None = None) -> str:
    """The condition as the end of a sentence that begins with "om"; empty for None.

    questions: code → Question of the version, for what its choices are called.
    """
    if condition is None:
        return ""
    kind = condition["kind"]
    if kind == "answer":
        question = (questions or {}).get(condition["code"])
        labels = {**ANSWERS, **(question.choice_labels if question else {})}
        said = " eller ".join(labels.get(code, code).lower() for code in condition["is"])
        return f"svaret på {condition['code']} är {said}"
    if kind == "younger_than_a_year":
        return f"datumet i {condition['code']} är yngre än ett år"
    if kind == "outcome":
        said = " eller ".join(Outcome(code).label.lower() for code in condition["is"])
        return f"utfallet av {condition['set']} är {said}"
    return CONDITIONS[kind]


def effects_by_level(question: Question) -> list[tuple[str, str]]:
    """(level, what an undesired answer does there) for both levels; empty when it does nothing."""
    found = [
        (str(level.label).capitalize(), effect_with_stronger(question, level)) for level in Level
    ]
    return found if any(words != NO_EFFECT for _, words in found) else []


def effect_with_stronger(question: Question, level: Level) -> str:
    plain, stronger = question.effect_at(level), question.stronger
    words = EFFECTS.get(plain, NO_EFFECT)
    harder = stronger["effect"].get(level, plain) if stronger else plain
    if harder != plain:
        condition = condition_in_words(stronger["condition"])
        words += f"; {EFFECTS.get(harder, NO_EFFECT)} om {condition}"
    return words


__all__ = [
    "answer_in_words",
    "companions_in_words",
    "condition_in_words",
    "effect_in_words",
    "effects_by_level",
    "fetched_in_words",
    "undesired_in_words",
    "value_in_words",
]
