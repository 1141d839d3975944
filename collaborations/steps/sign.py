"""Underteckna: the signed agreement is registered, whole, once and for good (G-75, I-07, M-58)."""

from datetime import date

from django.db import transaction

from agreements import reading, writing
from agreements.models import Agreement, Party
from casework.moves import moving, refuse_if
from collaborations import obligations
from collaborations.models import Collaboration
from collaborations.rules.signing import SIGNING_RULES, Signing
from collaborations.steps.agree import open_agreement
from collaborations.steps.arrive import arrived
from collaborations.workflow import SIGN_AGREEMENT


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
    file: the signed document as bytes or File: a PDF that forms/agreement.py has let in.
    Raises Stale, NotAllowed with each rule that is unmet; then nothing has changed.
    """
    proposed(case, agreement, draft=draft, signatures=signatures, by=by)
    with transaction.atomic():
        stored = arrived(
            case,
            file,
            what=f"{agreement}, undertecknad",
            file_name=f"{agreement} {case.number} undertecknad.pdf",
            by=by,
        )
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
            obligations.agreement_is_signed(locked, signing.agreement, by=by)
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
