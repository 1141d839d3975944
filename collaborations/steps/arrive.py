"""A file that comes in with the agreement is stored with the case, and looked at for viruses."""

from celery import current_app
from django.db import transaction

from collaborations.models import Collaboration
from documents import scanner
from documents.models import Direction, Kind, Scan, StoredDocument
from documents.store import PDF, keep


def arrived(
    case: Collaboration, content, *, what: str, file_name: str, content_type: str = PDF, by
) -> StoredDocument:
    """Keep bytes or a File that a form has let in. what: as in "Överenskommelse 1, undertecknad".

    Inside a transaction: the scanner is asked to look after it.
    """
    stored = keep(
        content,
        administration=case.administration,
        kind=Kind.AGREEMENT,
        direction=Direction.IN,
        title=f"{case.number} {what}: {case.title}",
        public_title=f"{what} i ärende {case.number}",
        secrecy_mark=case.secrecy_provision,
        file_name=file_name,
        content_type=content_type,
        scan_state=scanner.state_on_arrival(),
        created_by=by,
    )
    if stored.scan_state == Scan.WAITING:
        transaction.on_commit(
            lambda: current_app.send_task("organisations.tasks.scan_document", [stored.pk]),
            robust=True,
        )
    return stored
