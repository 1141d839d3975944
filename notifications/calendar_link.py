"""Make, renew and revoke the address of a person's feed, and find whose an address is."""

import hashlib
import secrets

from django.db import transaction

from audit import clock
from audit.record import record_in_register
from notifications.models import CalendarLink
from notifications.reminders import here_today

REGISTER = "calendar_links"
BYTES = 32


def make(person) -> str:
    """The secret part of a new address, which is shown now and never again. The old one ends."""
    token = secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        facts = {"token_hash": hash_of(token), "made_at": clock.now()}
        CalendarLink.objects.update_or_create(person=person, defaults=facts)
        record_in_register(REGISTER, "calendar_link_made", by=person)
    return token


def revoke(person) -> bool:
    """The address leads nowhere any more. False when there was none."""
    with transaction.atomic():
        gone, _ = CalendarLink.objects.filter(person=person).delete()
        if gone:
            record_in_register(REGISTER, "calendar_link_revoked", by=person)
    return bool(gone)


def person_of(token: str):
    """Whose address it is; None for one that is guessed or revoked, or of somebody who has left.

    What is looked up is the hash, so how long it takes says nothing of how near a guess was.
    """
    found = CalendarLink.objects.filter(token_hash=hash_of(token)).select_related("person").first()
    return found.person if found and here_today({found.person_id}) else None


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
