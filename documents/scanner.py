"""The virus scanner, clamd, when there is one: SAMVERKAN_CLAMD says where.

Where it is configured it is required: what it has not cleared is not served, and while it cannot
be reached nothing is (`store.is_served`). Without it files are served, and their pages say that
nobody has looked for viruses.
"""

import io
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from django.db import transaction

from documents.models import Direction, Scan, StoredDocument
from documents.store import intact_bytes, keep

# By name, for its task lies with the organisations, which are above this app.
SCAN_TASK = "organisations.tasks.scan_document"
OPEN_STATES = (Scan.WAITING, Scan.UNSCANNED)


class ScannerDown(Exception):
    """clamd did not answer, or not with a verdict. The file keeps waiting."""


@dataclass(frozen=True)
class Verdict:
    state: Scan
    virus: str = ""


def is_required() -> bool:
    return bool(settings.CLAMD)


def state_on_arrival() -> Scan:
    return Scan.WAITING if is_required() else Scan.UNSCANNED


def keep_to_be_scanned(content, **facts) -> StoredDocument:
    """`store.keep` for a file from outside, inside a transaction.

    The worker hears of a file that waits once this is committed; a dead broker is no error, since
    a sweep finds what waits.
    """
    stored = keep(content, direction=Direction.IN, scan_state=state_on_arrival(), **facts)
    if stored.scan_state == Scan.WAITING:
        transaction.on_commit(lambda: current_app.send_task(SCAN_TASK, [stored.pk]), robust=True)
    return stored


def scan(content: bytes) -> Verdict:
    """Ask clamd. Raises ScannerDown for everything but a plain yes or no."""
    import clamav_client

    config = {"backend": "clamd", "address": settings.CLAMD, "timeout": settings.CLAMD_TIMEOUT}
    try:
        answer = clamav_client.get_scanner(config).client.instream(io.BytesIO(content))
    except Exception as fault:  # the library's own, and whatever a broken line gives
        raise ScannerDown(f"{type(fault).__name__}: {fault}") from fault
    states = dict(answer.values())
    if set(states) == {"OK"}:
        return Verdict(Scan.CLEAN)
    if "FOUND" in states:
        return Verdict(Scan.INFECTED, states["FOUND"] or "")
    raise ScannerDown(f"no verdict: {answer}")


def examine(document_id: int) -> tuple[StoredDocument, Verdict] | None:
    """Scan a document that waits. None when it does not (any more), or none is to be scanned.

    Raises RuntimeError inside a transaction, ScannerDown, and store.Tampered.
    """
    with transaction.atomic(durable=True):
        document = StoredDocument.objects.filter(pk=document_id, scan_state__in=OPEN_STATES).first()
    if document is None or not is_required():
        return None
    return document, scan(intact_bytes(document))


def settle(document: StoredDocument, verdict: Verdict) -> bool:
    """Write what the scanner said. False when another worker was quicker."""
    rows = StoredDocument.objects.filter(pk=document.pk, scan_state__in=OPEN_STATES)
    return bool(rows.update(scan_state=verdict.state))


def waiting(most: int = 100) -> list[int]:
    """Keys of what should be scanned, the longest waiting first; none where there is no scanner."""
    if not is_required():
        return []
    rows = StoredDocument.objects.filter(scan_state__in=OPEN_STATES).order_by("created_at", "pk")
    return list(rows.values_list("pk", flat=True)[:most])
