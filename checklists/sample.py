"""Answers that nothing can be said against: where demonstration data and tests begin."""

from collections.abc import Mapping
from datetime import timedelta

from checklists.answer_checks import AnswerInput
from checklists.facts import Facts
from checklists.models import AnswerType, Assessment, Question
from checklists.models.words import NO, YES
from checklists.outcomes import is_asked

TEXTS = {
    "text": "Stadgar, verksamhetsberättelse och samtal med styrelsen.",
    "rad": "Enligt styrelsens protokoll",
    "tal": 1,
}


def acceptable_answers(
    assessment: Assessment, facts: Facts, *, orgnr: str = "899990-0007", **own: AnswerInput
) -> dict[str, AnswerInput]:
    """An answer to each question that this case is asked and must answer: code → AnswerInput.

    facts.today: the day of answering. own: answers to use instead, with _ for - (GK_08=…).
    """
    in_order = sorted(assessment.version.questions.all(), key=lambda question: question.position)
    questions = {question.code: question for question in in_order}
    own = {code.replace("_", "-"): answer for code, answer in own.items()}
    answers: dict[str, AnswerInput] = {}
    for code, question in questions.items():
        if code in own:
            answers[code] = own[code]
        elif must_be_answered(question, questions, answers, facts):
            answers[code] = acceptable(question, facts, orgnr)
    return answers


def must_be_answered(question, questions: Mapping, answers: Mapping, facts: Facts) -> bool:
    return (
        question.is_answered_by_people
        and not question.optional
        and is_asked(question, questions, answers, facts)
    )


def acceptable(question: Question, facts: Facts, orgnr: str) -> AnswerInput:
    value = acceptable_value(question, facts)
    chosen = set(value) if isinstance(value, list) else {value}
    wanted = {
        companion["name"]: companion_value(companion["type"], facts, orgnr)
        for companion in question.companions
        if chosen & set(companion["required_when"])
    }
    return AnswerInput(
        value=value,
        text=wanted.pop("text", ""),
        companions=wanted,
        checked_on=facts.today if question.answer_type == AnswerType.NOTE else None,
    )


def acceptable_value(question: Question, facts: Facts):
    if question.answer_type in (AnswerType.YES_NO, AnswerType.YES_NO_NA):
        return NO if YES in question.undesired else YES
    if question.answer_type in (AnswerType.CHOICE, AnswerType.CHOICES):
        code = next(c["code"] for c in question.choices if c["code"] not in question.undesired)
        return [code] if question.answer_type == AnswerType.CHOICES else code
    if question.answer_type == AnswerType.DATE:
        return facts.today - timedelta(days=5 * 365)
    return True if question.answer_type == AnswerType.NOTE else TEXTS[question.answer_type]


def companion_value(kind: str, facts: Facts, orgnr: str):
    if kind == "orgnr":
        return orgnr
    return facts.today - timedelta(days=60) if kind == "datum" else TEXTS[kind]
