"""Keeping bytes, and giving back the same bytes or nothing.

Nothing here checks permission: the caller's view does, on the record that the document belongs to.
"""

import hashlib
import io

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.http import FileResponse

from documents.models import Direction, Scan, StoredDocument

PDF = "application/pdf"
SHOWN_IN_THE_BROWSER = frozenset({PDF})  # anything that could carry script is only downloaded
SERVED = frozenset({Scan.OWN, Scan.CLEAN})


class Tampered(Exception):
    """The stored bytes are not those that were kept, or are gone."""


class NotScanned(Exception):
    """The file waits for the virus scanner."""


class Infected(NotScanned):
    """The virus scanner found something in the file."""


def keep(
    content: bytes | File,
    *,
    administration,
    kind: str,
    title: str,
    file_name: str,
    content_type: str = PDF,
    direction: str = Direction.INTERNAL,
    public_title: str = "",
    secrecy_mark: str = "",
    scan_state: str = Scan.OWN,
    data: str = "",
    created_by=None,
) -> StoredDocument:
    """Keep bytes or a file and say what they are; `data` is the JSON a document was made of.

    The file comes first and the row after it: a crash in between leaves a file that nobody names,
    never a row without its file. The same bytes are stored once, whatever they are called.
    """
    file = content if isinstance(content, File) else ContentFile(content)
    digest, size = digest_of(file)
    return StoredDocument.objects.create(
        administration=administration,
        kind=kind,
        direction=direction,
        title=title[:300],
        public_title=public_title[:300],
        secrecy_mark=secrecy_mark,
        sha256=digest,
        size=size,
        content_type=content_type,
        storage_name=_written(file, digest),
        file_name=file_name,
        scan_state=scan_state,
        data=data,
        data_sha256=sha256(data.encode()) if data else "",
        created_by=created_by,
    )


def digest_of(file: File) -> tuple[str, int]:
    """(sha256 in hex, size), read piece by piece; the file is left at its beginning."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    for piece in file.chunks():
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    return digest.hexdigest(), size


def is_served(document: StoredDocument) -> bool:
    """Unscanned files only where there is no scanner: where there is one, it comes first."""
    unasked = document.scan_state == Scan.UNSCANNED and not settings.CLAMD
    return document.scan_state in SERVED or unasked


def content_of(document: StoredDocument) -> bytes:
    """The bytes as they were kept. Raises Tampered, NotScanned and Infected."""
    if not is_served(document):
        refusal = Infected if document.scan_state == Scan.INFECTED else NotScanned
        raise refusal(f"{document}: {document.get_scan_state_display()}")
    return intact_bytes(document)


def intact_bytes(document: StoredDocument) -> bytes:
    """The bytes, for the virus scanner: for people there is `content_of`. Raises Tampered."""
    try:
        with default_storage.open(document.storage_name) as file:
            content = file.read()
    except FileNotFoundError as lost:
        raise Tampered(f"{document.storage_name} is gone") from lost
    if sha256(content) != document.sha256:
        raise Tampered(f"{document.storage_name} is not what was kept")
    return content


def respond(document: StoredDocument, *, inline: bool = False) -> FileResponse:
    """The document as an answer that streams: a download, or shown in the browser when it can be.

    Raises Tampered and NotScanned. The bytes are read once, checked, and those bytes are sent.
    """
    return answer_with(
        content_of(document), document.file_name, document.content_type, inline=inline
    )


def answer_with(
    content: bytes, file_name: str, content_type: str = PDF, *, inline: bool = False
) -> FileResponse:
    """Bytes that are not kept, such as a draft, as `respond` sends those that are."""
    response = FileResponse(
        io.BytesIO(content),
        as_attachment=not (inline and content_type in SHOWN_IN_THE_BROWSER),
        filename=file_name,
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _written(file: File, digest: str) -> str:
    """Where the bytes lie now. A half-written file of the same name is left, and not used."""
    name = f"{digest[:2]}/{digest}"
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if digest_of(there)[0] == digest:
                return name
    return default_storage.save(name, file)
