"""What differs between two versions of a set, and which of it opens a question again.

Questions are matched by their code. A question is changed when it asks something else or when an
answer to it leads to something else (docs/decisions/0011). Help, heading, place and sources may
differ without that: an answer given is still an answer to the same question.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casework.swedish import and_list
from checklists.models import AnswerType, Effect, Form, Level, Question, Version
from checklists.wording import (
    EFFECTS,
    NO_EFFECT,
    condition_in_words,
    effect_with_stronger,
    undesired_in_words,
)

# The order of choices and of undesired answers says nothing.
MEANING: dict[str, Callable[[Question], object]] = {
    "text": lambda question: question.text,
    "answer_type": lambda question: question.answer_type,
    "choices": lambda question: question.choice_labels,
    "fetches": lambda question: question.fetches,
    "companions": lambda question: question.companions,
    "condition": lambda question: question.condition,
    "undesired": lambda question: (
        sorted(question.undesired) if isinstance(question.undesired, list) else question.undesired
    ),
    "effect_informal": lambda question: question.effect_informal,
    "effect_formal": lambda question: question.effect_formal,
    "effect_by_form": lambda question: question.effect_by_form,
    "stronger": lambda question: question.stronger,
    "text_allowed": lambda question: question.text_allowed,
    "evidence_allowed": lambda question: question.evidence_allowed,
}


@dataclass(frozen=True)
class Row:
    """One thing that differs, in words. counts: it makes the question another one."""

    label: str
    old: str
    new: str
    counts: bool


@dataclass(frozen=True)
class Pair:
    """A question that is in both versions, with what differs between them."""

    old: Question
    new: Question
    is_changed: bool
    rows: tuple[Row, ...]

    @property
    def code(self) -> str:
        return self.new.code


@dataclass(frozen=True)
class Difference:
    """Questions in the order of the version they stand in; every one is in one of the lists."""

    added: tuple[Question, ...]
    retired: tuple[Question, ...]
    changed: tuple[Pair, ...]  # asked anew
    reworded: tuple[Pair, ...]  # something differs, but an answer still holds
    same: tuple[Pair, ...]

    @property
    def kept(self) -> tuple[Pair, ...]:
        """Those whose answers still hold."""
        return tuple(sorted((*self.reworded, *self.same), key=lambda pair: pair.new.position))

    def __bool__(self):
        return bool(self.added or self.retired or self.changed or self.reworded)


def difference(old: Version, new: Version) -> Difference:
    """Compare two versions, of the same set or of two that one administration has followed.

    No query when both come with their questions (`Version.objects.with_questions()`).
    """
    before, after = by_code(old), by_code(new)
    pairs = [
        pair_of(before[code], question, before, after)
        for code, question in after.items()
        if code in before
    ]
    return Difference(
        added=tuple(question for code, question in after.items() if code not in before),
        retired=tuple(question for code, question in before.items() if code not in after),
        changed=tuple(pair for pair in pairs if pair.is_changed),
        reworded=tuple(pair for pair in pairs if pair.rows and not pair.is_changed),
        same=tuple(pair for pair in pairs if not pair.rows),
    )


def by_code(version: Version) -> dict[str, Question]:
    """Code → question, in the order they are asked."""
    rows = sorted(version.questions.all(), key=lambda question: question.position)
    return {question.code: question for question in rows}


def means_the_same(old: Question, new: Question, before: Mapping, after: Mapping) -> bool:
    """Does an answer to one answer the other? before, after: those they stand among, by code."""
    return meaning(old, before) == meaning(new, after)


def meaning(question: Question, questions: Mapping[str, Question]) -> list:
    """What the question asks and what an answer leads to, with the rows that it stands under."""
    above = [(row.text, row.condition) for row in ancestors(question, questions)]
    return [*(read(question) for read in MEANING.values()), above]


def ancestors(question: Question, questions: Mapping[str, Question]) -> list[Question]:
    """The rows of sub-questions that it stands under, the nearest first."""
    found = []
    while (question := questions.get(question.parent)) and question not in found:
        found.append(question)
    return found


# --- In words -----------------------------------------------------------------------------------


def pair_of(old: Question, new: Question, before: Mapping, after: Mapping) -> Pair:
    is_changed = not means_the_same(old, new, before, after)
    rows = []
    if is_changed:
        rows = rows_of(in_words(old, before), in_words(new, after), counts=True)
        rows = rows or rows_of(as_stored(old), as_stored(new), counts=True)
    rows += rows_of(wording(old), wording(new), counts=False)
    return Pair(old, new, is_changed, tuple(rows))


def rows_of(old: dict[str, str], new: dict[str, str], *, counts: bool) -> list[Row]:
    return [Row(label, old[label], new[label], counts) for label in old if old[label] != new[label]]


def as_stored(question: Question) -> dict[str, str]:
    """For what reads alike in words, such as a choice that has got another code."""
    return {name: json.dumps(read(question), ensure_ascii=False) for name, read in MEANING.items()}


def in_words(question: Question, questions: Mapping[str, Question]) -> dict[str, str]:
    """Label → words for all that makes the question what it is."""
    above = ancestors(question, questions)
    effects = {
        f"{level.label.capitalize()} samverkan": effect_with_stronger(question, level)
        for level in Level
    }
    return {
        "Fråga": question.text,
        "Delfråga till": "; ".join(row.text for row in above),
        "Delfrågorna ställs bara om": " och ".join(
            condition_in_words(row.condition, questions) for row in above if row.condition
        ),
        "Svar": str(AnswerType(question.answer_type).label),
        "Svarsval": "; ".join(sorted(question.choice_labels.values())),
        "Hämtas från": question.fetches,
        "Ställs bara om": condition_in_words(question.condition, questions),
        "Fylls i bredvid": "; ".join(companion_in_words(one) for one in question.companions),
        "Oönskat svar": undesired_in_words(question) if question.undesired else "",
        **effects,
        "I vissa former": "; ".join(
            f"{form_in_words(form)}: {EFFECTS.get(Effect(letter), NO_EFFECT)}"
            for form, letter in sorted(question.effect_by_form.items())
        ),
        "Anteckning": "får sparas" if question.text_allowed else "får inte sparas",
        "Hänvisning till underlag": (
            "får sparas" if question.evidence_allowed else "får inte sparas"
        ),
    }


def form_in_words(code: str) -> str:
    return str(Form(code).label) if code in Form.values else code


def companion_in_words(companion: dict) -> str:
    words = f"{companion['label']} ({companion['type']})"
    if companion["required_when"]:
        words += f", krävs vid {and_list(companion['required_when'])}"
    return words


def wording(question: Question) -> dict[str, str]:
    """Label → words for what may differ without the question being another."""
    return {
        "Avsnitt": question.group,
        "Hjälptext": question.help,
        "Önskat underlag": question.evidence_wanted,
        "Grund": ", ".join(question.sources),
        "Frivillig": "ja" if question.optional else "nej",
        "Svaret får återanvändas": "ja" if question.reusable else "nej",
    }
