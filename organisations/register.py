"""Register an organisation: once, with a true number, known in one administration (G-05–G-08)."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where, may
from audit import clock
from audit.record import record
from casework.moves import NotAllowed
from casework.rules import Reason
from organisations.choices import LegalForm
from organisations.doubts import refuse_doubtful
from organisations.duplicates import note_duplicates
from organisations.models import Organisation, Profile
from organisations.numbers import checked

NO_NUMBER = "Skriv organisationsnumret. Den som inget har registreras som nätverk."


class AlreadyRegistered(Exception):
    """Another organisation has that number. Nothing was saved."""

    def __init__(self, organisation: Organisation):
        self.organisation = organisation
        super().__init__(f"Numret finns redan: {organisation}.")


def refuse_unless_editor(by, administration: Administration) -> None:
    """Raise NotAllowed unless the person may register and change organisations there today."""
    if not may(by, Permission.ORGANISATION_EDIT, administration):
        needed = Permission.ORGANISATION_EDIT.label
        raise NotAllowed([Reason(f"Du har inte rätt att {needed} i {administration}.")])


def may_register(person) -> bool:
    return bool(administrations_where(person, Permission.ORGANISATION_EDIT))


def number_for(legal_form: str, text: str) -> str | None:
    """The ten digits, or None for a network. Raises ValidationError beside `org_number`."""
    text = text.strip()
    if legal_form == LegalForm.NETWORK:
        if text:
            sentence = "Ett nätverk utan juridisk person har inget organisationsnummer."
            raise ValidationError({"org_number": sentence})
        return None
    if not text:
        raise ValidationError({"org_number": NO_NUMBER})
    try:
        return checked(text)
    except ValidationError as fault:
        raise ValidationError({"org_number": fault}) from fault


def refuse_taken(organisation: Organisation) -> None:
    """Raise AlreadyRegistered when its number leads to another organisation."""
    other = Organisation.objects.number(organisation.org_number)
    if other and other.pk != organisation.pk:
        raise AlreadyRegistered(other)


def register(
    *,
    form_key: UUID,
    administration: Administration,
    name: str,
    legal_form: str,
    org_number: str,
    confirmed=(),
    by,
    **description,
) -> Organisation:
    """Make the organisation and its profile in the administration.

    org_number: as written, empty for a network. confirmed: codes of the doubts that `by` has seen.
    description: fields of Profile. The same form sent twice gives the same organisation.
    Raises NotAllowed, ValidationError (by field), AlreadyRegistered, Doubtful.
    """
    refuse_unless_editor(by, administration)
    if already := Organisation.objects.filter(form_key=form_key).first():
        return already
    organisation = Organisation(
        form_key=form_key,
        name=" ".join(name.split()),
        legal_form=legal_form,
        org_number=number_for(legal_form, org_number),
        created_at=clock.now(),
        created_by=by,
    )
    profile = Profile(administration=administration, **description)
    refuse_taken(organisation)
    organisation.full_clean(exclude=["form_key"])
    profile.full_clean(exclude=["organisation"])
    refuse_doubtful(organisation, confirmed)
    try:
        with transaction.atomic():
            save_registered(organisation, profile, by)
    except IntegrityError:  # somebody, or a second click, was faster
        if already := Organisation.objects.filter(form_key=form_key).first():
            return already
        refuse_taken(organisation)
        raise
    return organisation


def save_registered(organisation: Organisation, profile: Profile, by) -> None:
    organisation.save()
    profile.organisation = organisation
    profile.save()
    details = {
        "administration": profile.administration_id,
        "legal_form": organisation.legal_form,
        "org_number": organisation.org_number,
        "roles": profile.roles,
        "relations": profile.relations,
    }
    record("organisation_registered", organisation, by=by, details=details)
    note_duplicates(organisation)
