"""Contacts: whom to talk to. The log tells that one was changed, never who it is (domain 2.11)."""

from uuid import UUID

from django.db import transaction

from accounts.models import Administration
from audit.record import record
from organisations.edit import lock
from organisations.locking import lock_living
from organisations.models import Contact, Organisation
from organisations.register import refuse_unless_editor


def add_contact(
    organisation: Organisation, administration: Administration, *, form_key: UUID, by, **facts
) -> Contact:
    """facts: name, role, email, phone, source, valid_until. The same form twice adds one contact.

    Raises NotAllowed, ValidationError (by field).
    """
    refuse_unless_editor(by, administration)
    with transaction.atomic():
        lock_living(organisation)
        if already := Contact.objects.filter(form_key=form_key).first():
            return already
        contact = Contact(
            organisation=organisation, administration=administration, form_key=form_key, **facts
        )
        contact.full_clean()
        contact.save()
        tell("contact_added", contact, sorted(facts), by)
    return contact


def change_contact(contact: Contact, *, version: int, by, **facts) -> None:
    """Raises NotAllowed, Stale, ValidationError (by field)."""
    refuse_unless_editor(by, contact.administration)
    with transaction.atomic():
        locked = lock(Contact.objects.filter(pk=contact.pk), version)
        fields = sorted(name for name in facts if getattr(locked, name) != facts[name])
        if not fields:
            return
        for name in fields:
            setattr(locked, name, facts[name])
        locked.full_clean()
        locked.version += 1
        locked.save()
        tell("contact_changed", locked, fields, by)


def remove_contact(contact: Contact, *, by) -> None:
    """Personal data that is no longer needed goes away for good; that it did stays in the log."""
    refuse_unless_editor(by, contact.administration)
    with transaction.atomic():
        locked = Contact.objects.select_for_update().filter(pk=contact.pk).first()
        if locked:  # else a second click came after the first
            tell("contact_removed", locked, [], by)
            locked.delete()


def tell(code: str, contact: Contact, fields: list[str], by) -> None:
    details = {
        "administration": contact.administration_id,
        "contact": contact.pk,
        "fields": fields,
    }
    record(code, contact.organisation, by=by, details=details)
