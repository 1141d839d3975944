"""Ladda upp ett utkast: a text written elsewhere is kept and its words are read (S-19, M-56)."""

from contextlib import suppress

from agreements.models import UploadedDraft
from casework.moves import moving
from collaborations.models import Collaboration
from collaborations.steps.agree import Unchanged
from collaborations.steps.arrive import arrived
from collaborations.workflow import WRITE_AGREEMENT
from documents.file_names import safe_name
from documents.store import digest_of
from documents.words import words_in


def upload_draft(case: Collaboration, *, file, by) -> UploadedDraft:
    """Keep the file and what could be read in it. The same file twice is kept once.

    file: a PDF or Word file that InspectedField of forms/agreement.py has let in; `file.found`
    says which it is. Raises NotAllowed; then nothing has changed.
    """
    digest, _ = digest_of(file)
    text = words_in(file, file.found)  # a slow thing: before the case is locked
    details = {}
    with suppress(Unchanged), moving(case, WRITE_AGREEMENT, by=by, details=details) as locked:
        if same(locked, digest):
            raise Unchanged
        stored = arrived(
            locked,
            file,
            what="Utkast till överenskommelse",
            file_name=safe_name(file.name, file.found.endings[0]),
            content_type=file.found.content_type,
            by=by,
        )
        made = UploadedDraft.objects.create(
            terms=locked.terms, stored=stored, text=text, uploaded_by=by
        )
        details["upload"] = made.pk
    return same(case, digest)


def same(case: Collaboration, digest: str) -> UploadedDraft | None:
    return case.terms.uploads.filter(stored__sha256=digest).first()
