"""Dokumentera: the decision document is made, once, by the program (G-48, G-76)."""

from collections.abc import Callable

from django.db import transaction

from casework.moves import moving
from collaborations import notices
from collaborations.decision_document import data_of
from collaborations.models import Collaboration, Decision, DecisionDocument
from collaborations.workflow import DOCUMENT
from documents.decision import DecisionDocumentData, decision_file_name, decision_pdf
from documents.store import keep


def deciding(case: Collaboration) -> Decision:
    """The decision to start or to refrain, with what its document needs."""
    return case.decisions.select_related(
        "decided_by", "board_decision", "follow_up_by", "declaration", "appeal_text"
    ).get(kind__in=["start", "refrain"])


def document(
    case: Collaboration, *, render: Callable[[DecisionDocumentData], bytes] = decision_pdf
) -> None:
    """Make the decision's PDF and store it with its data; the case becomes documented.

    The PDF is rendered with no transaction open. Called again it does nothing. render: for who
    has many to make, and makes several at once.
    Raises documents.pdf.PdfUnavailable where the machine cannot render.
    """
    decision = deciding(case)
    if not DecisionDocument.objects.filter(decision=decision).exists():
        data = data_of(decision)
        pdf = render(data)
        with transaction.atomic():
            keep_once(case, decision, data, pdf)
    with moving(case, DOCUMENT, by=None, details={"decision": decision.pk}) as locked:
        notices.decision_made(locked, decision)


def keep_once(case, decision: Decision, data, pdf: bytes) -> None:
    """Two workers may have rendered at once; the one that comes second keeps nothing."""
    Collaboration.objects.select_for_update().get(pk=case.pk)
    if DecisionDocument.objects.filter(decision=decision).exists():
        return
    stored = keep(
        pdf,
        administration=case.administration,
        kind="decision",
        title=f"{case.number} Beslut: {case.title}",
        public_title=f"Beslut i ärende {case.number}",
        secrecy_mark=case.secrecy_provision,
        file_name=decision_file_name(data),
        data=data.to_json(),
        created_by=decision.decided_by,
    )
    DecisionDocument.objects.create(decision=decision, stored=stored)
