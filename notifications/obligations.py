"""What must be done by a day: written once, and gone only when met or waived with a reason."""

from datetime import date, datetime

from django.db import transaction

from audit import clock
from casework.moves import NotAllowed
from casework.rules import Reason
from notifications.models import Obligation


def oblige(
    key: str,
    *,
    kind: str,
    about: str,
    unit,
    owner,
    what: str,
    path: str,
    due_on: date,
    planned_on: date | None = None,
    now: datetime | None = None,
) -> Obligation:
    """Write down what is due, in the caller's transaction. Idempotent on the key.

    Reminders count from `planned_on`, or from `due_on` (the last day) where nothing is planned.
    `what` must hold no personal or secret data: it is mailed. `path` begins with a slash.
    """
    obligation, _ = Obligation.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "about": about,
            "administration": unit.administration,
            "unit": unit,
            "owner": owner,
            "what": what,
            "path": path,
            "due_on": due_on,
            "planned_on": planned_on,
            "created_at": now or clock.now(),
        },
    )
    return obligation


def meet(obligation: Obligation | str, *, ref: str, by=None, now: datetime | None = None):
    """It has been done, by the record `ref` (a chain). Takes the obligation or its key.

    Meeting twice changes nothing. Raises NotAllowed when it was waived, DoesNotExist for a key
    that was never written.
    """
    with transaction.atomic():
        obligation = _locked(obligation)
        if obligation.waived_at:
            raise NotAllowed([Reason("Åtagandet är avskrivet och kan inte uppfyllas.")])
        if obligation.met_at is None:
            obligation.met_at, obligation.met_by = now or clock.now(), ref
            obligation.met_by_person = by
            obligation.save(update_fields=["met_at", "met_by", "met_by_person"])
    return obligation


def waive(obligation: Obligation | str, *, reason: str, by, now: datetime | None = None):
    """It need not be done, for a reason that is kept. Takes the obligation or its key.

    Raises NotAllowed without a reason, and when it is met or waived already.
    """
    with transaction.atomic():
        obligation = _locked(obligation)
        if not obligation.is_open:
            raise NotAllowed([Reason("Åtagandet är redan klart.")])
        if not reason.strip():
            raise NotAllowed([Reason("Skriv varför åtagandet inte behövs.", at="reason")])
        obligation.waived_at, obligation.waived_by = now or clock.now(), by
        obligation.waived_reason = reason.strip()
        obligation.save(update_fields=["waived_at", "waived_by", "waived_reason"])
    return obligation


def hand_over(about: str, *, to, unit=None) -> int:
    """Give what is open of a record to another person, and unit. Returns how many (G-79)."""
    facts = {"owner": to} | ({"unit": unit} if unit else {})
    return Obligation.objects.open().about(about).update(**facts)


def _locked(obligation: Obligation | str) -> Obligation:
    which = {"key": obligation} if isinstance(obligation, str) else {"pk": obligation.pk}
    return Obligation.objects.select_for_update().get(**which)
