"""Ask an organisation for documents by a day, and see what has come of it (I-30, I-54).

Asking writes the request and what it obliges us to mind. The worker makes the letter, with no
transaction open, keeps it and mails it, once. What comes in ticks itself off.
"""

import logging
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from celery import current_app
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Administration, Unit
from accounts.permissions import Permission, units_where
from audit import clock
from audit.record import fingerprint, record
from casework.moves import NotAllowed
from casework.personal_numbers import refuse_personal_numbers
from casework.rules import Reason
from casework.swedish import long_date
from documents.letter import LetterData, letter_file_name, letter_pdf
from documents.models import Direction, Kind
from documents.pdf import PdfUnavailable
from documents.store import is_served, keep
from notifications import outbox
from notifications.models import Notice
from notifications.obligations import meet, oblige
from notifications.texts import Words, compose
from organisations.choices import DocumentKind
from organisations.locking import lock_living
from organisations.models import (
    Contact,
    DocumentRequest,
    HeldDocument,
    Organisation,
    RequestedDocument,
)
from organisations.register import refuse_unless_editor
from organisations.validity import is_valid

log = logging.getLogger(__name__)
OBLIGATION = "document_request"


def proposed(
    organisation: Organisation,
    administration: Administration,
    *,
    kinds: Iterable[str],
    due_on: date,
    contact: Contact,
    by,
    reference: str = "",
    message: str = "",
    form_key: UUID | None = None,
) -> tuple[DocumentRequest, list[DocumentKind]]:
    """The request as it would be, unsaved, for a preview. Raises NotAllowed, ValidationError."""
    refuse_unless_editor(by, administration)
    wanted = [kind for kind in DocumentKind if kind in set(kinds)]
    if not wanted:
        raise ValidationError({"kinds": "Välj minst en handling."})
    if due_on <= clock.today():
        raise ValidationError({"due_on": "Sista dagen måste ligga framåt i tiden."})
    own = contact.organisation_id == organisation.pk
    if not (own and contact.administration_id == administration.pk and contact.email):
        raise ValidationError({"contact": "Välj en kontakt som har e-post."})
    asked = DocumentRequest(
        organisation=organisation,
        administration=administration,
        unit=unit_of(by, administration),
        contact=contact,
        to_name=contact.name,
        to_email=contact.email,
        due_on=due_on,
        reference=" ".join(reference.split()),
        message=message.replace("\r\n", "\n").strip(),
        asked_by=by,
        asked_at=clock.now(),
    )
    if form_key:
        asked.form_key = form_key
    return asked, wanted


def unit_of(person, administration: Administration) -> Unit:
    """Where the person works with organisations: the reminders go to the manager there."""
    units = units_where(person, Permission.ORGANISATION_EDIT)
    return units.filter(administration=administration).order_by("path").first()


def ask(organisation: Organisation, administration: Administration, *, by, **facts):
    """Write the request, oblige `by` to mind it, and let the worker send the letter.

    facts: as `proposed`. The same form twice is one request. Raises NotAllowed, ValidationError.
    """
    asked, wanted = proposed(organisation, administration, by=by, **facts)
    with transaction.atomic():
        lock_living(organisation)
        if already := DocumentRequest.objects.filter(form_key=asked.form_key).first():
            return already
        asked.full_clean()
        asked.save()
        RequestedDocument.objects.bulk_create(
            RequestedDocument(request=asked, kind=kind) for kind in wanted
        )
        oblige(
            asked.key,
            kind=OBLIGATION,
            about=organisation.chain,
            unit=asked.unit,
            owner=by,
            what=f"Underlag från {organisation}"[:200],
            path=asked.get_absolute_url(),
            due_on=asked.due_on,
        )
        tell("documents_requested", asked, by, kinds=[kind.value for kind in wanted])
        transaction.on_commit(
            lambda: current_app.send_task("organisations.tasks.send_request", [asked.pk]),
            robust=True,
        )
    return asked


# --- The letter ----------------------------------------------------------------------------------


def letter_of(asked: DocumentRequest, kinds: Iterable[str]) -> LetterData:
    return LetterData(
        administration=asked.administration.name,
        unit=asked.unit.name,
        written_on=timezone.localdate(asked.asked_at),
        organisation=asked.organisation.name,
        organisation_number=asked.organisation.number_written,
        to=asked.to_name,
        due_on=asked.due_on,
        documents=tuple(DocumentKind(kind).label for kind in kinds),
        signed_by=asked.asked_by.name,
        title=asked.asked_by.title,
        answer_to=asked.asked_by.email,
        reference=asked.reference,
        message=asked.message,
    )


def send(request_id: int) -> None:
    """Make the letter, keep it and mail it. Called again it does nothing.

    Raises PdfUnavailable where the machine cannot render.
    """
    asked = DocumentRequest.objects.with_lines().filter(pk=request_id, letter=None).first()
    if asked is None:
        return
    data = letter_of(asked, [line.kind for line in asked.lines.all()])
    pdf = letter_pdf(data)
    with transaction.atomic():
        locked = DocumentRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
        if locked.letter_id is None:  # else another worker was quicker
            locked.letter = keep(
                pdf,
                administration=asked.administration,
                kind=Kind.OTHER,
                direction=Direction.OUT,
                title=str(asked),
                public_title="Begäran om underlag",
                file_name=letter_file_name(data),
                data=data.to_json(),
                created_by=asked.asked_by,
            )
            locked.save(update_fields=["letter"])
            mail(asked, data, locked.letter)


def mail(asked: DocumentRequest, data: LetterData, letter) -> Notice:
    words = words_of(asked.administration, data)
    return outbox.queue(
        asked.key,
        kind=OBLIGATION,
        about=asked.organisation.chain,
        administration=asked.administration,
        to=asked.to_email,
        subject=words.subject,
        body=words.body,
        attachment=letter,
        responsible=asked.asked_by,
    )


def words_of(administration: Administration, data: LetterData) -> Words:
    """The mail that the letter goes with."""
    fields = {
        "mottagare": data.to,
        "organisation": data.organisation,
        "förvaltning": data.administration,
        "enhet": data.unit,
        "handlingar": "\n".join(f"- {document}" for document in data.documents),
        "svara_till": data.answer_to,
        "senast": long_date(data.due_on),
        "meddelande": data.message,
        "vårt_ärende": f"Vårt ärende: {data.reference}." if data.reference else "",
        "undertecknat_av": ", ".join(filter(None, (data.signed_by, data.title))),
    }
    return compose(OBLIGATION, administration, fields)


def send_leftovers() -> int:
    """Requests whose letter no worker has made. Returns how many it tried."""
    waiting = list(DocumentRequest.objects.unsent().values_list("pk", flat=True)[:50])
    for request_id in waiting:
        try:
            send(request_id)
        except PdfUnavailable as problem:
            log.error("request %s: the letter cannot be made here: %s", request_id, problem)
            break
        except Exception:
            log.exception("request %s: left for the next sweep", request_id)
    return len(waiting)


def notice_of(asked: DocumentRequest) -> Notice | None:
    return Notice.objects.filter(key=asked.key).first()


def send_again(asked: DocumentRequest, *, by) -> None:
    """To the address that the contact has now. Raises NotAllowed when it has arrived."""
    refuse_unless_editor(by, asked.administration)
    notice = notice_of(asked)
    if notice is None:
        raise NotAllowed([Reason("Brevet är inte gjort än.")])
    to = asked.contact.email if asked.contact else asked.to_email
    with transaction.atomic():
        outbox.resend(notice, by=by, to=to or asked.to_email)
        tell("request_resent", asked, by)


# --- What came of it -----------------------------------------------------------------------------


def tick_off(held: HeldDocument, *, by) -> None:
    """The document that came in is what was asked for. Inside the caller's transaction.

    One that is too old, or cannot be read, is not.
    """
    readable = held.stored is None or is_served(held.stored)
    if not readable or not is_valid(held, clock.today()):
        return
    lines = RequestedDocument.objects.select_for_update(of=("self",)).filter(
        request__organisation=held.organisation_id,
        request__administration=held.administration_id,
        kind=held.kind,
        received_at=None,
        waived_at=None,
    )
    for line in lines.order_by("pk"):
        line.document, line.received_at = held, clock.now()
        line.save(update_fields=["document", "received_at"])
        settle(line.request_id, by=by)


def waive(line: RequestedDocument, *, reason: str, by) -> None:
    """It need not come, for a reason that is kept. Raises NotAllowed, ValidationError."""
    refuse_unless_editor(by, line.request.administration)
    if not reason.strip():
        raise ValidationError({"reason": "Skriv varför handlingen inte behövs."})
    refuse_personal_numbers(reason)
    with transaction.atomic():
        lock_living(line.request.organisation)
        locked = RequestedDocument.objects.select_for_update(of=("self",)).get(pk=line.pk)
        if locked.is_settled:
            raise NotAllowed([Reason("Handlingen har redan kommit in eller avskrivits.")])
        locked.waived_at, locked.waived_by = clock.now(), by
        locked.waived_reason = reason.strip()
        locked.save(update_fields=["waived_at", "waived_by", "waived_reason"])
        details = {"kind": locked.kind, "reason": fingerprint(reason)}
        tell("requested_document_waived", locked.request, by, **details)
        settle(locked.request_id, by=by)


def settle(request_id: int, *, by) -> None:
    """When nothing is missing any more, what we minded is done. Two at once wait for each other."""
    asked = DocumentRequest.objects.select_for_update().get(pk=request_id)
    if asked.is_settled:
        meet(asked.key, ref=f"begäran {asked.pk}", by=by)


def tell(code: str, asked: DocumentRequest, by, **more) -> None:
    details = {"administration": asked.administration_id, "request": asked.pk, **more}
    record(code, asked.organisation, by=by, details=details)
