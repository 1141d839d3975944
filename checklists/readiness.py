"""What must be in order before a draft is published: a list of sentences, each at its question.

Codes stand for what they stood for, every effect can come about, and every source exists.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from casework.catalogue import is_source
from casework.swedish import and_list
from checklists import legal
from checklists.models import AnswerType, Effect, Form, Question, Version
from checklists.models.words import NO, UNANSWERED_TYPES, YES
from checklists.outcomes import Outcome
from checklists.question_schema import ANSWERS, Faulty
from checklists.rights import COMMON
from checklists.summary import (
    AID,
    ATTESTED,
    CONTRACT,
    CONTRARY,
    MEASURE,
    RISK,
    SOURCES,
    VALUES,
    WAY,
)
from checklists.writing import content_of

YES_NO = {AnswerType.YES_NO, AnswerType.YES_NO_NA}
# The questions that the program itself reads: the pure function of that set's outcome asks them.
NEEDED = {
    "demokrati": {
        ATTESTED: YES_NO,
        VALUES: YES_NO,
        SOURCES: {AnswerType.CHOICES},
        CONTRARY: YES_NO,
    },
    "valfardsbrott": {RISK: {AnswerType.CHOICE}, MEASURE: {AnswerType.TEXT}},
    "offentligt_kontrakt": dict.fromkeys(CONTRACT, {AnswerType.CHOICE}),
    "statligt_stod": dict.fromkeys([*AID, WAY], {AnswerType.CHOICE}),
}
# The choices that it knows of those questions, and no others.
KNOWN_CHOICES = {
    RISK: {"lag", "forhojd", "hog"},
    WAY: {legal.SMALL, legal.EXEMPTION, legal.REFRAIN},
    **dict.fromkeys([*CONTRACT, *AID], {YES, NO, legal.UNCLEAR}),
}
# What a set can come to; those not named here come to what a checklist does.
OUTCOMES = {
    "demokrati": {
        Outcome.UNFINISHED, Outcome.NOT_MET, Outcome.MET, Outcome.PRESUMED, Outcome.BEING_EXAMINED,
        Outcome.WAITS_FOR_MEASURE, Outcome.MET_AFTER_MEASURE,
    },
    "valfardsbrott": {Outcome.UNFINISHED, Outcome.LOW, Outcome.RAISED, Outcome.HIGH},
    "jav": {Outcome.UNFINISHED, Outcome.NO_CONFLICT, Outcome.REPORTED},
    "offentligt_kontrakt": {
        Outcome.UNFINISHED, Outcome.NO_CONTRACT, Outcome.PUBLIC_CONTRACT, Outcome.UNCLEAR,
    },
    "statligt_stod": {
        Outcome.UNFINISHED, Outcome.NO_AID, Outcome.SMALL_AID, Outcome.EXEMPT_AID,
        Outcome.UNLAWFUL_AID, Outcome.UNCLEAR,
    },
}  # fmt: skip
OF_A_CHECKLIST = {
    Outcome.UNFINISHED, Outcome.NOT_MET, Outcome.NEEDS_INQUIRY, Outcome.MET_WITH_MOTIVATION,
    Outcome.MET,
}  # fmt: skip
LIKE = (
    "Lag och praxis skrivs som KL 6:28, lag 2013:852 5 §, förordning (EU) 2023/2831 eller "
    "praxis i staden."
)
ALIKE = 0.5  # below it two texts are taken for different questions until somebody says otherwise


@dataclass(frozen=True)
class Problem:
    """What stops the publication. code: the question where it is mended, "" for the whole."""

    sentence: str
    code: str = ""


def problems(draft: Version) -> list[Problem]:
    """Everything that must be mended before the draft can be published; empty when it is ready.

    draft: with its set and questions. Costs two queries beside them.
    """
    questions = sorted(draft.questions.all(), key=lambda question: question.position)
    if not questions:
        return [Problem("En version utan frågor kan inte publiceras.")]
    by_code = {question.code: question for question in questions}
    return [
        *broken(draft),
        *lacking(draft.question_set.code, by_code),
        *reused(questions, earlier_questions(draft)),
        *unreachable(questions, by_code, known_sets() - {draft.question_set.code}),
        *unknown_sources(questions),
    ]


def broken(draft: Version) -> Iterator[Problem]:
    try:
        content_of(draft)
    except Faulty as fault:
        yield Problem(fault.plain, fault.code)


def known_sets() -> set[str]:
    published = Version.objects.published()
    return set(published.values_list("question_set__code", flat=True))


# --- Codes ---------------------------------------------------------------------------------------


def lacking(set_code: str, by_code: Mapping[str, Question]) -> Iterator[Problem]:
    """Questions that the program works the outcome out from, and that are gone or another kind."""
    for code, kinds in NEEDED.get(set_code, {}).items():
        question = by_code.get(code)
        if question is None:
            yield Problem(f"{code} saknas. Programmet räknar ut utfallet av den frågan.")
        elif question.answer_type not in kinds:
            wanted = " eller ".join(str(AnswerType(kind).label) for kind in sorted(kinds))
            sentence = f"{code} ska besvaras med {wanted}: programmet räknar ut utfallet av den."
            yield Problem(sentence, code)
        elif code in KNOWN_CHOICES and set(question.choice_labels) != KNOWN_CHOICES[code]:
            known = and_list(sorted(KNOWN_CHOICES[code]))
            sentence = f"{code} ska ha svarsvalen {known}: utfallet räknas ut av dem."
            yield Problem(sentence, code)
    if set_code == "jav":
        for code, question in by_code.items():
            if question.answer_type not in {AnswerType.YES_NO, AnswerType.HEADING}:
                sentence = f"{code} ska besvaras med ja eller nej: varje ja anmäler jäv."
                yield Problem(sentence, code)


def earlier_questions(draft: Version) -> dict[str, Question]:
    """code → what it last stood for in a published version of the set.

    Of an administration's own set what the common one says counts too, where it is silent: a case
    can be moved from the one to the other, and answers follow the code.
    """
    own = draft.question_set
    rows = Question.objects.filter(
        version__question_set__code=own.code,
        version__question_set__rule_set__in={own.rule_set, COMMON},
        version__published_at__isnull=False,
        version__withdrawn_on=None,
    )
    rows = rows.order_by("version__question_set__rule_set", "version__number")
    return {row.code: row for row in rows.select_related("version")}


def reused(questions: Iterable[Question], earlier: Mapping[str, Question]) -> Iterator[Problem]:
    """A code that stood for something else, unless somebody has said that it is the same."""
    for question in questions:
        before = earlier.get(question.code)
        if before is None or question.same_question or is_same(before, question):
            continue
        yield Problem(
            f"{question.code} stod i version {before.version.number} för en annan fråga: "
            f"”{before.text}” ({before.get_answer_type_display()}). Ge den nya frågan en egen kod, "
            "eller bekräfta i frågan att det är samma fråga i andra ord.",
            question.code,
        )


def is_same(before: Question, now: Question) -> bool:
    """The same kind of answer, and much the same text."""
    if before.answer_type != now.answer_type:
        return False
    old, new = before.text.casefold().split(), now.text.casefold().split()
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


# --- Effects -------------------------------------------------------------------------------------


def unreachable(
    questions: Iterable[Question], by_code: Mapping[str, Question], sets: set[str]
) -> Iterator[Problem]:
    """Questions that are never asked, and effects that no answer can have."""
    for question in questions:
        for set_code in fetched(question) - sets:
            sentence = f"{question.code} frågar efter {set_code}, som inte är en annan uppsättning."
            yield Problem(sentence, question.code)
        if clash := clashing(asked_when(question, by_code), by_code):
            yield Problem(f"{question.code} ställs aldrig: {clash}.", question.code)
        elif stronger := question.stronger:
            when = [*asked_when(question, by_code), stronger["condition"]]
            if clash := clashing([*when, *behind(stronger["condition"], by_code)], by_code):
                sentence = f"{question.code}: den skärpta effekten inträffar aldrig: {clash}."
                yield Problem(sentence, question.code)
        own = question.effect_by_form.get(Form.INFORMAL, question.effect_informal)
        if question.effect_informal not in (own, Effect.NONE):
            sentence = (
                f"{question.code}: effekten för informell samverkan gäller aldrig, formen har"
            )
            yield Problem(f"{sentence} en egen.", question.code)
        if is_wholly_undesired(question):
            sentence = f"{question.code}: alla svar är oönskade, så frågan kan inte besvaras väl."
            yield Problem(sentence, question.code)


def is_wholly_undesired(question: Question) -> bool:
    possible = ANSWERS.get(question.answer_type) or tuple(question.choice_labels)
    undesired = question.undesired if isinstance(question.undesired, list) else []
    return bool(possible) and set(possible) <= set(undesired)


def fetched(question: Question) -> set[str]:
    """The sets whose outcomes the question asks about."""
    conditions = [question.condition, (question.stronger or {}).get("condition")]
    found = {one["set"] for one in conditions if one and one["kind"] == "outcome"}
    return found | ({question.fetches} if question.fetches else set())


def asked_when(question: Question, by_code: Mapping[str, Question]) -> list[dict]:
    """Every condition that must be met for the question to be asked: also those behind it."""
    found = [question.condition] if question.condition else []
    parent = by_code.get(question.parent)
    found += asked_when(parent, by_code) if parent else []
    return found + (behind(question.condition, by_code) if question.condition else [])


def behind(condition: dict, by_code: Mapping[str, Question]) -> list[dict]:
    """What must be met for the question that the condition reads to be asked itself.

    A condition reads only questions before it, so this comes to an end.
    """
    other = by_code.get(condition.get("code", ""))
    return asked_when(other, by_code) if other else []


def clashing(conditions: list[dict], by_code: Mapping[str, Question]) -> str:
    """Which conditions cannot be met together, in words; empty when all can."""
    allowed: dict[tuple, set] = {}
    for one in conditions:
        if one["kind"] == "answer":
            question = by_code.get(one["code"])
            if question is None or question.answer_type in UNANSWERED_TYPES:
                return f"{one['code']} har inget svar"
            if question.answer_type == AnswerType.CHOICES:
                continue  # several answers can be given at once
            key, values = ("answer", one["code"]), set(one["is"])
        elif one["kind"] == "outcome":
            key, values = ("outcome", one["set"]), set(one["is"])
            if not values & OUTCOMES.get(one["set"], OF_A_CHECKLIST):
                return f"utfallet av {one['set']} kan inte bli så"
        else:
            continue
        allowed[key] = allowed.get(key, values) & values
        if not allowed[key]:
            return f"villkoren kräver olika svar på {one.get('code') or one['set']}"
    return ""


# --- Sources -------------------------------------------------------------------------------------


def unknown_sources(questions: Iterable[Question]) -> Iterator[Problem]:
    for question in questions:
        for source in question.sources:
            if not is_source(source):
                sentence = (
                    f"{question.code}: grunden ”{source}” finns inte i regelkatalogen. {LIKE}"
                )
                yield Problem(sentence, question.code)
