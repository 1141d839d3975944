"""Underteckna: the signed agreement is registered, whole, once and for good (G-75, I-07, M-58)."""

from datetime import date

from celery import current_app
from django.db import transaction

from agreements import reading, writing
from agreements.models import Agreement, Party
from casework.moves import moving, refuse_if
from collaborations import obligations
from collaborations.models import Collaboration
from collaborations.rules.signing import SIGNING_RULES, Signing
from collaborations.steps.agree import open_agreement
from collaborations.workflow import SIGN_AGREEMENT
from documents import scanner
from documents.models import Direction, Kind, Scan, StoredDocument
from documents.store import keep


def signed_by(
    party: Party, *, name: str = "", role: str = "", signed_on: date, person=None
) -> writing.Signature:
    """A signature that is not saved. person: one of ours, whose name and title are used."""
    return writing.signature(
        party,
        name=person.name if person else name.strip(),
        role=(person.title or role) if person else role.strip(),
        signed_on=signed_on,
        person=person,
    )


def sign(
    case: Collaboration, agreement: Agreement, *, draft: int, signatures, file, by, version
) -> Agreement:
    """Register the signed agreement.

    draft: number of the version that was signed, the latest. signatures: see `signed_by`.
    file: the signed document as bytes or File: a PDF that forms.fields.PdfField has let in.
    Raises Stale, NotAllowed with each rule that is unmet; then nothing has changed.
    """
    proposed(case, agreement, draft=draft, signatures=signatures, by=by)
    with transaction.atomic():
        stored = kept(case, agreement, file, by)
        details = {"agreement": agreement.pk, "file": stored.pk}
        with moving(case, SIGN_AGREEMENT, by=by, version=version, details=details) as locked:
            signing = proposed(locked, agreement, draft=draft, signatures=signatures, by=by)
            starts_on, ends_on = signing.period
            details.update(draft=draft, starts_on=str(starts_on), ends_on=str(ends_on))
            writing.sign(
                signing.agreement,
                draft=signing.draft,
                signatures=signatures,
                starts_on=starts_on,
                ends_on=ends_on,
                file=stored,
                by=by,
            )
            reading.forget(locked.terms)
            obligations.agreement_is_about_to_end(locked, signing.agreement)
    reading.forget(case.terms)
    agreement.refresh_from_db()
    return agreement


def proposed(case, agreement: Agreement, *, draft: int, signatures, by) -> Signing:
    """What would be registered. Raises NotAllowed when a rule is unmet."""
    reading.forget(case.terms)
    fresh = open_agreement(case, agreement.pk)
    fresh.terms = case.terms
    signing = Signing(case, fresh, fresh.drafts.get(number=draft), list(signatures))
    refuse_if([reason for rule in SIGNING_RULES for reason in rule.reasons(signing)])
    return signing


def kept(case: Collaboration, agreement: Agreement, content, by) -> StoredDocument:
    """The signed file, stored with the case's administration."""
    stored = keep(
        content,
        administration=case.administration,
        kind=Kind.AGREEMENT,
        direction=Direction.IN,
        title=f"{case.number} {agreement}, undertecknad: {case.title}",
        public_title=f"{agreement} i ärende {case.number}",
        secrecy_mark=case.secrecy_provision,
        file_name=f"{agreement} {case.number} undertecknad.pdf",
        scan_state=scanner.state_on_arrival(),
        created_by=by,
    )
    if stored.scan_state == Scan.WAITING:
        transaction.on_commit(
            lambda: current_app.send_task("organisations.tasks.scan_document", [stored.pk]),
            robust=True,
        )
    return stored
