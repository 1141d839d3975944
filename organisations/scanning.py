"""Let the scanner look at what has come in, and tell whoever uploaded what it found a virus in."""

import logging

from django.conf import settings
from django.db import transaction

from documents import scanner
from documents.models import Scan, StoredDocument
from documents.store import Tampered
from notifications.outbox import queue
from notifications.texts import compose
from organisations.hold import tell
from organisations.requests import tick_off

log = logging.getLogger(__name__)


def scan_and_tell(document_id: int) -> bool:
    """Scan one document that waits, with no transaction open. False when the scanner is down."""
    try:
        found = scanner.examine(document_id)
    except scanner.ScannerDown as silence:
        log.warning("document %s waits, the scanner does not answer: %s", document_id, silence)
        return False
    except Tampered as harm:
        log.error("document %s is not scanned: %s", document_id, harm)
        return True
    if found:
        document, verdict = found
        with transaction.atomic():
            if scanner.settle(document, verdict):
                follow(document, verdict)
    return True


def follow(document: StoredDocument, verdict: scanner.Verdict) -> None:
    """A cleared file is what was asked for; of a virus the one who uploaded it is told."""
    if verdict.state == Scan.INFECTED:
        virus_was_found(document, verdict.virus)
        return
    for held in document.held.select_related("stored", "registered_by"):
        tick_off(held, by=held.registered_by)


def virus_was_found(document: StoredDocument, virus: str) -> None:
    """An event on each organisation it came from, and a mail to the one who uploaded it."""
    for held in document.held.select_related("organisation", "administration"):
        tell("document_infected", held, None, sha256=document.sha256, virus=virus)
        fields = {
            "organisation": str(held.organisation),
            "handling": str(held),
            "länk": settings.BASE_URL + held.get_absolute_url(),
        }
        words = compose("infected", held.administration, fields)
        queue(
            f"infected:{held.pk}",
            kind="infected",
            about=held.organisation.chain,
            administration=held.administration,
            to=held.registered_by.email,
            person=held.registered_by,
            responsible=held.registered_by,
            subject=words.subject,
            body=words.body,
        )
