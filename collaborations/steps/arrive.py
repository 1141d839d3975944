"""A file that comes in with the agreement is stored with the case, and looked at for viruses."""

from collaborations.models import Collaboration
from documents.models import Kind, StoredDocument
from documents.scanner import keep_to_be_scanned
from documents.store import PDF


def arrived(
    case: Collaboration, content, *, what: str, file_name: str, content_type: str = PDF, by
) -> StoredDocument:
    """Keep bytes or a File that a form has let in. what: as in "Överenskommelse 1, undertecknad".

    Inside a transaction: the scanner is asked to look after it.
    """
    return keep_to_be_scanned(
        content,
        administration=case.administration,
        kind=Kind.AGREEMENT,
        title=f"{case.number} {what}: {case.title}",
        public_title=f"{what} i ärende {case.number}",
        secrecy_mark=case.secrecy_provision,
        file_name=file_name,
        content_type=content_type,
        created_by=by,
    )
