"""Take in what an organisation hands us or shows us, and take it back when it was a mistake (I-54).

A file is inspected before anything is saved, and scanned for viruses afterwards by the worker.
"""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from accounts.models import Administration
from audit import clock
from audit.record import fingerprint, record
from casework.moves import NotAllowed
from casework.personal_numbers import refuse_personal_numbers
from casework.rules import Reason
from documents.file_names import safe_name
from documents.inspection import inspect
from documents.models import Kind, StoredDocument
from documents.refusals import FileRefused, NoMagic
from documents.scanner import keep_to_be_scanned
from documents.store import digest_of
from organisations.locking import lock_living
from organisations.models import DocumentKind, HeldDocument, Organisation
from organisations.register import refuse_unless_editor
from organisations.requests import tick_off
from organisations.validity import needs_period

NO_PERIOD = "Ange vilket år eller vilken tid handlingen avser."
NEITHER = "Ladda upp filen, eller ange vilken dag den visades."


class AlreadyHeld(Exception):
    """The same file is here already, as the same kind and for the same time. Nothing was saved."""

    def __init__(self, document: HeldDocument):
        self.document = document
        super().__init__(f"Handlingen finns redan: {document}.")


def hold(
    organisation: Organisation,
    administration: Administration,
    *,
    kind: str,
    received_on: date,
    form_key: UUID,
    by,
    dated_on: date | None = None,
    covers_from: date | None = None,
    covers_to: date | None = None,
    title: str = "",
    note: str = "",
    file: File | None = None,
    shown_on: date | None = None,
) -> HeldDocument:
    """Keep the file, or note that the document was shown to `by` on `shown_on`.

    The same form twice gives the same document. Raises NotAllowed, AlreadyHeld, and
    ValidationError by field, also for a file that is not taken.
    """
    refuse_unless_editor(by, administration)
    if bool(file) == bool(shown_on):
        raise ValidationError({"file": NEITHER})
    if kind not in DocumentKind.values:
        raise ValidationError({"kind": "Välj bland alternativen."})
    if needs_period(kind, received_on) and not covers_to:
        raise ValidationError({"covers_to": NO_PERIOD})
    held = HeldDocument(
        organisation=organisation,
        administration=administration,
        kind=kind,
        dated_on=dated_on,
        covers_from=covers_from,
        covers_to=covers_to,
        received_on=received_on,
        title=" ".join(title.split()),
        note=note.strip(),
        shown_on=shown_on,
        shown_to=by if shown_on else None,
        form_key=form_key,
        registered_at=clock.now(),
        registered_by=by,
    )
    inspected = inspected_file(file) if file else None
    with transaction.atomic():
        lock_living(organisation)
        if already := HeldDocument.objects.filter(form_key=form_key).first():
            return already
        held.full_clean(exclude=["stored"], validate_constraints=False)
        if inspected:
            refuse_same(held, inspected["sha256"])
            held.stored = stored_as(held, file, inspected, by)
        held.validate_constraints()
        held.save()
        tell("document_held", held, by, sha256=held.stored.sha256 if held.stored else "")
        tick_off(held, by=by)
    return held


def inspected_file(file: File) -> dict:
    """Content type, safe name and hash. Raises ValidationError at `file` with the reason."""
    try:
        found = inspect(file, file.name)
        name = safe_name(file.name, found.endings[0])
        refuse_personal_numbers(name)
    except (FileRefused, NoMagic) as refusal:
        code = getattr(refusal, "code", "no_magic")
        raise ValidationError({"file": ValidationError(str(refusal), code=code)}) from refusal
    except ValidationError as fault:
        raise ValidationError({"file": fault}) from fault
    return {
        "content_type": found.content_type,
        "file_name": name,
        "sha256": digest_of(file)[0],
    }


def refuse_same(held: HeldDocument, digest: str) -> None:
    same = HeldDocument.objects.counting().filter(
        organisation=held.organisation,
        administration=held.administration,
        kind=held.kind,
        covers_from=held.covers_from,
        covers_to=held.covers_to,
        dated_on=held.dated_on,
        stored__sha256=digest,
    )
    if there := same.select_related("stored").first():
        raise AlreadyHeld(there)


def stored_as(held: HeldDocument, file: File, inspected: dict, by) -> StoredDocument:
    """The file, kept. One with the same bytes has told before what the scanner says of them."""
    return keep_to_be_scanned(
        file,
        administration=held.administration,
        kind=Kind.EVIDENCE,
        title=f"{held.name}, {held.organisation}",
        public_title=DocumentKind(held.kind).label.capitalize(),
        file_name=inspected["file_name"],
        content_type=inspected["content_type"],
        created_by=by,
    )


def withdraw(document: HeldDocument, *, reason: str, by) -> None:
    """It was a mistake: it counts no longer, and stays to be seen with the reason.

    Raises NotAllowed, also when it is taken back already, and ValidationError at `reason`.
    """
    refuse_unless_editor(by, document.administration)
    with transaction.atomic():
        lock_living(document.organisation)
        locked = HeldDocument.objects.select_for_update().get(pk=document.pk)
        if locked.is_withdrawn:
            raise NotAllowed([Reason("Handlingen är redan tagen tillbaka.")])
        if not reason.strip():
            raise ValidationError({"reason": "Skriv varför handlingen tas tillbaka."})
        locked.withdraw(reason, by=by)
        tell("document_withdrawn", locked, by, reason=fingerprint(reason))


def tell(code: str, held: HeldDocument, by, **more) -> None:
    """An event on the organisation's chain; the texts themselves stay with the document."""
    details = {
        "administration": held.administration_id,
        "document": held.pk,
        "kind": str(held.kind),
        **more,
    }
    record(code, held.organisation, by=by, details=details)
