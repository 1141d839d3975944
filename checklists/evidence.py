"""Let answers rest on documents that the organisation has handed in (I-54).

Everything here locks the assessment's row, as answering does.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from checklists.answering import UnknownQuestion, locked
from checklists.models import Assessment, Evidence, Question
from organisations.models import HeldDocument

FORBIDDEN = "Till den här frågan sparas inget underlag."


class EvidenceRefused(Exception):
    """The text says why, in Swedish. Nothing was saved."""


@transaction.atomic
def link(
    assessment: Assessment, code: str, document: HeldDocument, *, by, now: datetime
) -> Evidence:
    """Say that the answer to that question rests on the document. Twice is as once.

    Whether the document belongs to the case is for the caller to say. Raises AssessmentLocked,
    UnknownQuestion, and EvidenceRefused where nothing may be stored or the document counts not.
    """
    assessment = locked(assessment)
    question = question_of(assessment, code)
    if not question.evidence_allowed:
        raise EvidenceRefused(FORBIDDEN)
    if not document.counts:
        raise EvidenceRefused("Handlingen är tagen tillbaka eller innehåller virus.")
    evidence, _ = Evidence.objects.get_or_create(
        assessment=assessment,
        question=question,
        document=document,
        defaults={"linked_by": by, "linked_at": now},
    )
    return evidence


@transaction.atomic
def unlink(assessment: Assessment, code: str, document: HeldDocument) -> bool:
    """Take the document from the question. False when it was not there. Raises as `link`."""
    assessment = locked(assessment)
    rows = Evidence.objects.filter(
        assessment=assessment, question=question_of(assessment, code), document=document
    )
    return bool(rows.delete()[0])


def question_of(assessment: Assessment, code: str) -> Question:
    question = Question.objects.filter(version=assessment.version_id, code=code).first()
    if question is None or not question.is_answered_by_people:
        raise UnknownQuestion(code)
    return question


def of(assessments: Iterable[Assessment]) -> dict[int, dict[str, list[Evidence]]]:
    """Assessment id → question code → its evidence. One query, however many."""
    keys = [assessment.pk for assessment in assessments]
    found = {key: {} for key in keys}
    rows = Evidence.objects.filter(assessment__in=keys)
    for row in rows.select_related("question", "document__stored", "document__organisation"):
        found[row.assessment_id].setdefault(row.question.code, []).append(row)
    return found


def carry_over(old: Assessment, new: Assessment, codes: Iterable[str]) -> None:
    """Copy the documents on those questions to an assessment of another version.

    For a case that moves to newer questions: the old rows stay as they were.
    """
    questions = {question.code: question for question in new.version.questions.all()}
    rows = old.evidence.filter(question__code__in=codes, question__evidence_allowed=True)
    Evidence.objects.bulk_create(
        Evidence(
            assessment=new,
            question=questions[row.question.code],
            document_id=row.document_id,
            linked_by_id=row.linked_by_id,
            linked_at=row.linked_at,
        )
        for row in rows.select_related("question").order_by("pk")
    )
