"""Move an assessment to another version of its set. No answer is lost, none counts for more.

The old assessment is locked and stays as it was: with every answer, note and resolution. The new
one begins with copies of the answers to questions that are unchanged (`difference.py`); all other
questions are open. What a new related model must do:

- rows about the organisation or the case that hang on the assessment: name the relation in FOLLOWS,
  and they are re-pointed before the old assessment is locked;
- rows that hang on an answer and hold for it as it stands: copy them in `carry_over`;
- rows that are a part of the history: leave them alone, and say so in the test that asks about
  every relation (tests/checklists/test_moving.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from checklists import evidence
from checklists.answering import locked
from checklists.difference import Difference, by_code, difference, means_the_same
from checklists.models import Answer, Assessment, Question, Resolution, Version

# Relations of Assessment whose rows follow to the new one.
FOLLOWS = ("findings", "measures")


@dataclass(frozen=True)
class Plan:
    """What a move would do. Codes, in the order of the questions.

    carried: answers that hold. opened: answers that must be given anew; they are kept and shown
    beside. retired: answers to what is no longer asked, kept. added: new questions.
    """

    difference: Difference
    carried: tuple[str, ...]
    opened: tuple[str, ...]
    retired: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    assessment: Assessment
    plan: Plan


def plan(assessment: Assessment, version: Version) -> Plan:
    """What moving to that version would do with each answer. Nothing is changed."""
    found = difference(assessment.version, version)
    answers = {answer.code: answer for answer in assessment.answers.all()}
    kept = {pair.code for pair in found.kept if holds(answers.get(pair.code), pair.new)}
    stays = [pair.code for pair in (*found.kept, *found.changed) if pair.code in answers]
    return Plan(
        difference=found,
        carried=tuple(code for code in stays if code in kept),
        opened=tuple(code for code in stays if code not in kept),
        retired=tuple(question.code for question in found.retired if question.code in answers),
        added=tuple(question.code for question in found.added),
    )


def holds(answer: Answer | None, question: Question) -> bool:
    """What was taken over from another case does not count where it must be asked anew."""
    return answer is None or not answer.is_taken_over or question.reusable


@transaction.atomic
def move(assessment: Assessment, version: Version, *, now: datetime) -> Moved:
    """Begin answering that version instead. Returns the new assessment and what became of what.

    Who may, and whether the version is in force, is for the caller to say; so is pointing the case
    at the new assessment. Raises AssessmentLocked.
    """
    old = locked(assessment)
    planned = plan(old, version)
    new = Assessment.objects.create(
        version=version, set_code=old.set_code, earlier=old, created_at=now
    )
    carry_over(old, new, planned.carried)
    evidence.carry_over(old, new, [pair.code for pair in planned.difference.kept])
    for name in FOLLOWS:
        rows = getattr(old, name)
        rows.update(**{rows.field.name: new})
    Assessment.objects.filter(pk=old.pk).update(locked_at=now)
    return Moved(new, planned)


def carry_over(old: Assessment, new: Assessment, codes: Iterable[str]) -> None:
    """Copy the answers, with who and when, and what dealt with them as they stand."""
    questions = {question.code: question for question in new.version.questions.all()}
    given = list(old.answers.filter(code__in=codes).prefetch_related("resolutions").order_by("pk"))
    copies = [copy_of(one, assessment=new, question=questions[one.code]) for one in given]
    Answer.objects.bulk_create(copies)
    Resolution.objects.bulk_create(
        copy_of(row, answer=copy)
        for one, copy in zip(given, copies, strict=True)
        for row in one.resolutions.all()
        if row.answer_version == one.version
    )


def copy_of(row, **instead):
    """An unsaved row that says the same but for what is given."""
    said = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in instead
    }
    return type(row)(**said, **instead)


# --- What a move left behind --------------------------------------------------------------------


def earlier_than(assessment: Assessment) -> list[Assessment]:
    """The assessments that this one came from, the latest first. A query for each."""
    found = []
    while assessment.earlier_id:
        rows = Assessment.objects.select_related("version__question_set")
        assessment = rows.get(pk=assessment.earlier_id)
        found.append(assessment)
    return found


def said_before(assessment: Assessment) -> dict[str, Answer]:
    """Question code → what was answered before a move opened the question again.

    Also of what is no longer asked. No query for an assessment that nothing was moved to.
    """
    chain = [one.pk for one in earlier_than(assessment)]
    if not chain:
        return {}
    rows = Answer.objects.filter(assessment__in=chain).order_by("assessment")
    rows = rows.select_related("answered_by", "question").prefetch_related(
        "question__version__questions"
    )
    latest = {row.code: row for row in rows if row.value is not None}
    now, after = {one.code for one in assessment.answers.all()}, by_code(assessment.version)
    return {
        code: row
        for code, row in latest.items()
        if code not in now or not still_asked(row.question, after)
    }


def still_asked(question: Question, after: Mapping[str, Question]) -> bool:
    """Is there a question that an answer to this one would answer?"""
    new = after.get(question.code)
    return new is not None and means_the_same(question, new, by_code(question.version), after)
