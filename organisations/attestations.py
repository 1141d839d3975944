"""Note what a representative has attested, and take it back when it was wrong (G-31)."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Administration
from audit.record import record
from organisations.models import Attestation, Organisation
from organisations.register import refuse_unless_editor


def attest(
    organisation: Organisation, administration: Administration, *, form_key: UUID, by, **facts
) -> Attestation:
    """facts: name, role, attested_on, document, held. The same form sent twice notes one.

    Raises NotAllowed, ValidationError (by field).
    """
    refuse_unless_editor(by, administration)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if already := Attestation.objects.filter(form_key=form_key).first():
            return already
        made = Attestation(
            organisation=organisation,
            administration=administration,
            form_key=form_key,
            noted_by=by,
            **facts,
        )
        made.full_clean()
        made.save()
        tell("attestation_noted", made, by)
    return made


def take_back(attestation: Attestation, *, reason: str, by) -> None:
    """It was noted wrongly, or the representative takes it back. A second click changes nothing.

    Raises NotAllowed, ValidationError (by field).
    """
    refuse_unless_editor(by, attestation.administration)
    with transaction.atomic():
        locked = Attestation.objects.select_for_update().get(pk=attestation.pk)
        if locked.is_withdrawn:
            return
        if not reason.strip():
            raise ValidationError({"reason": "Skriv varför intyget inte gäller."})
        locked.withdraw(reason, by=by)
        tell("attestation_withdrawn", locked, by)


def tell(code: str, attestation: Attestation, by) -> None:
    details = {"administration": attestation.administration_id, "attestation": attestation.pk}
    record(code, attestation.organisation, by=by, details=details)
