"""Kontrollera: let an answer rest on a document that the organisation has handed in (I-54)."""

from audit import clock
from casework.moves import moving
from checklists import evidence
from checklists.evidence import EvidenceRefused
from collaborations import standing
from collaborations.holdings import documents_of
from collaborations.models import Collaboration
from collaborations.steps.check import assessment_of
from collaborations.workflow import USE_DOCUMENT
from organisations.holdings import state_of
from organisations.models import HeldDocument
from organisations.validity import State


def use_document(
    case: Collaboration, code: str, *, question: str, document: HeldDocument, by
) -> None:
    """Say that the answer to the question rests on the document. Twice is as once.

    Raises NotAllowed, UnknownQuestion, AssessmentLocked, and EvidenceRefused for a document that is
    another's, too old or cannot be read, and for a question where nothing may be stored.
    """
    if not documents_of(case).filter(pk=document.pk).exists():
        raise EvidenceRefused("Handlingen hör inte till ärendets organisationer.")
    state = state_of(document, clock.today())
    if state != State.VALID:
        raise EvidenceRefused(f"Handlingen kan inte användas: {state.label.lower()}.")
    details = {"set": code, "questions": [question], "document": document.pk}
    details["sha256"] = document.stored.sha256 if document.stored else ""
    with moving(case, USE_DOCUMENT, by=by, details=details):
        assessment = assessment_of(case, code)
        evidence.link(assessment, question, document, by=by, now=clock.now())
    standing.forget(case)


def put_document_aside(
    case: Collaboration, code: str, *, question: str, document: HeldDocument, by
) -> None:
    """The answer no longer rests on the document; that it did stays in the log. Raises as above."""
    details = {"set": code, "questions": [question], "document": document.pk, "put_aside": True}
    with moving(case, USE_DOCUMENT, by=by, details=details):
        evidence.unlink(assessment_of(case, code), question, document)
    standing.forget(case)
