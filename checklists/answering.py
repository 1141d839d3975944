"""Answer a set of questions: begin, save, motivate or report an inquiry, lock.

Everything here locks the assessment's row, so two officers answering at once wait for each other;
neither overwrites what the other wrote unseen (StaleAnswer).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from audit import clock
from checklists.answer_checks import AnswerInput, canonical, faults, personal_fault
from checklists.facts import a_year_after
from checklists.models import Answer, Assessment, Resolution, ResolutionKind
from checklists.models.words import AnswerType
from checklists.versions import in_force

__all__ = [
    "AnotherVersion",
    "AnswerInput",
    "AnswersRefused",
    "AssessmentLocked",
    "Changed",
    "StaleAnswer",
    "UnknownQuestion",
    "begin",
    "lock",
    "resolve",
    "save_answers",
]


class AssessmentLocked(Exception):
    """A decision rests on the answers."""

    def __init__(self):
        super().__init__("Svaren ligger till grund för ett beslut och kan inte ändras.")


class AnotherVersion(AssessmentLocked):
    """The page showed another version of the questions than the one that is followed now."""

    def __init__(self):
        Exception.__init__(
            self,
            "Frågorna hör inte till den version som ärendet följer. Inget har sparats. "
            "Öppna sidan på nytt och kopiera det du vill behålla.",
        )


class UnknownQuestion(Exception):
    """A question that is not in the version the assessment follows."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(f"{code}: frågan hör inte till den version som ärendet följer.")


class AnswersRefused(Exception):
    """errors: code → field → Swedish sentence. Nothing was saved."""

    def __init__(self, errors: Mapping[str, Mapping[str, str]]):
        self.errors = errors
        super().__init__(
            " ".join(f"{code}: {' '.join(of.values())}" for code, of in errors.items())
        )


@dataclass(frozen=True)
class Clash:
    """One question that somebody else answered meanwhile: what stands, and what was sent."""

    code: str
    question_text: str
    theirs: Answer
    yours: AnswerInput | str


class StaleAnswer(Exception):
    """Answers rest on an older page. Nothing was saved; both texts are in `clashes`."""

    def __init__(self, clashes: list[Clash]):
        self.clashes = clashes
        names = ", ".join(f"{clash.code} ({clash.question_text})" for clash in clashes)
        super().__init__(f"Någon annan har ändrat svaret sedan du öppnade sidan: {names}.")


@dataclass(frozen=True)
class Changed:
    """codes: the questions whose answer changed. earlier: field → text as it was, for the log's
    revisions; no text belongs in the event itself."""

    codes: tuple[str, ...] = ()
    earlier: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self):
        return bool(self.codes)


def begin(code: str, rule_set: str, day: date, *, now: datetime | None = None) -> Assessment:
    """Start answering the version in force that day; the assessment stays with it.

    Raises versions.NothingInForce.
    """
    version = in_force(code, rule_set, day)
    return Assessment.objects.create(version=version, set_code=code, created_at=now or clock.now())


@transaction.atomic
def save_answers(
    assessment: Assessment,
    inputs: Mapping[str, AnswerInput],
    *,
    by,
    now: datetime,
    versions: Mapping[str, int] | None = None,
) -> Changed:
    """Write the answers that differ from what stands; say which they were.

    inputs: question code → answer. versions: code → Answer.version on the page that was sent (0
    or left out: there was none); None when no page was. Raises AssessmentLocked, UnknownQuestion,
    AnswersRefused, StaleAnswer; then nothing has changed.
    """
    assessment = locked(assessment)
    questions = {question.code: question for question in assessment.version.questions.all()}
    for code in inputs:
        if code not in questions:
            raise UnknownQuestion(code)
    given = {code: canonical(questions[code], one) for code, one in inputs.items()}
    standing = {answer.code: answer for answer in assessment.answers.filter(code__in=given)}
    differing = {code: one for code, one in given.items() if one != as_input(standing.get(code))}
    refuse_faults(questions, differing, timezone.localdate(now))
    if versions is not None:
        refuse_stale(questions, standing, differing, versions)
    return write(assessment, questions, standing, differing, by, now)


def as_input(answer: Answer | None) -> AnswerInput:
    """The answer as it would be sent if nobody changed it."""
    if answer is None:
        return AnswerInput()
    return AnswerInput(
        value=answer.value,
        companions=answer.companions,
        text=answer.text,
        note=answer.note,
        reference=answer.reference,
        checked_on=answer.checked_on,
    )


def refuse_faults(questions: Mapping, differing: Mapping, today: date) -> None:
    errors = {code: faults(questions[code], one, today) for code, one in differing.items()}
    errors = {code: found for code, found in errors.items() if found}
    if errors:
        raise AnswersRefused(errors)


def refuse_stale(questions: Mapping, standing: Mapping, differing: Mapping, versions: Mapping):
    clashes = [
        Clash(code, questions[code].text, standing[code], yours)
        for code, yours in differing.items()
        if code in standing and standing[code].version != versions.get(code, 0)
    ]
    if clashes:
        raise StaleAnswer(clashes)


def write(assessment, questions, standing, differing, by, now) -> Changed:
    earlier, new, changed = {}, [], []
    for code, one in differing.items():
        answer = standing.get(code)
        if answer is None:
            answer = Answer(assessment=assessment, question=questions[code], code=code, version=0)
            new.append(answer)
        else:
            earlier |= texts_of(answer)
            changed.append(answer)
        answer.question_text = questions[code].text
        for name in WRITTEN:
            setattr(answer, name, getattr(one, name))
        answer.answered_by, answer.answered_at = by, now
        answer.origin, answer.origin_case = None, ""
        answer.valid_until = a_year_after(one.checked_on or timezone.localdate(now))
        answer.version += 1
    Answer.objects.bulk_create(new)
    Answer.objects.bulk_update(changed, [*WRITTEN, *STAMPED])
    if differing:
        assessment.revision += 1
        assessment.save(update_fields=["revision"])
    return Changed(tuple(differing), earlier)


WRITTEN = ("value", "companions", "text", "note", "reference", "checked_on")
STAMPED = (
    "question_text",
    "answered_by",
    "answered_at",
    "valid_until",
    "origin",
    "origin_case",
    "version",
)


def texts_of(answer: Answer) -> dict[str, str]:
    """The free texts of an answer before it changes: "GK-13.text" → text."""
    found = {name: getattr(answer, name) for name in ("text", "note", "reference")}
    if answer.question.answer_type == AnswerType.TEXT:
        found["value"] = answer.value or ""
    return {f"{answer.code}.{name}": text for name, text in found.items() if text}


@transaction.atomic
def resolve(
    answer: Answer,
    kind: ResolutionKind,
    text: str,
    *,
    by,
    now: datetime,
    acceptable: bool = True,
    version: int | None = None,
) -> Resolution:
    """Keep the manager's motivation (M) or what an inquiry came to (U) beside the answer.

    It counts for the answer as it stands; a later change of the answer makes it fall. Who may is
    for the caller to say. acceptable: False when an inquiry found that one should not start.
    version: that of the answer on the page. Raises AssessmentLocked, AnswersRefused, StaleAnswer.
    """
    locked(answer.assessment)
    current = Answer.objects.select_related("question").get(pk=answer.pk)
    text = text.replace("\r\n", "\n").strip()
    if version is not None and version != current.version:
        raise StaleAnswer([Clash(current.code, current.question_text, current, text)])
    if not current.question.text_allowed:
        raise AnswersRefused({current.code: {"text": "Till den här frågan sparas ingen text."}})
    sentence = personal_fault(text) if text else "Skriv vad du grundar bedömningen på."
    if sentence:
        raise AnswersRefused({current.code: {"text": sentence}})
    return Resolution.objects.create(
        answer=current,
        kind=kind,
        text=text,
        acceptable=acceptable,
        by=by,
        at=now,
        answer_version=current.version,
    )


def lock(assessments: Iterable[Assessment], *, now: datetime) -> None:
    """Freeze the answers that a decision rests on; the database then refuses every change."""
    keys = [assessment.pk for assessment in assessments]
    Assessment.objects.filter(pk__in=keys, locked_at=None).update(locked_at=now)
    for assessment in assessments:
        assessment.locked_at = assessment.locked_at or now


def locked(assessment: Assessment) -> Assessment:
    """The assessment, its row locked until the transaction ends. Raises AssessmentLocked."""
    found = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if found.locked_at:
        moved = Assessment.objects.filter(earlier=found).exists()
        raise AnotherVersion if moved else AssessmentLocked
    return found
