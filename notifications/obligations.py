"""What must be done by a day: written once, and gone only when met or waived with a reason."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from audit import clock
from casework.moves import NotAllowed
from casework.rules import Reason
from notifications.kinds import kind_of
from notifications.models import HandOver, Obligation


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
    `what` must hold no personal or secret data: it is mailed. `path` begins with a slash. Raises
    ValueError for a kind that does not stand in kinds.py.
    """
    kind_of(kind)
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

    Meeting twice changes nothing, nor does what is done although it was waived. Raises
    DoesNotExist for a key that was never written.
    """
    with transaction.atomic():
        obligation = _locked(obligation)
        if obligation.is_open:
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


def hand_over(obligations: Iterable[Obligation], *, to, note: str, by) -> int:
    """Give open obligations to another person (G-79). What was, is kept. Returns how many.

    Inside the caller's transaction, which has locked them. Those that are `to`'s already stay.
    """
    moved = [one for one in obligations if one.is_open and one.owner_id != to.pk]
    HandOver.objects.bulk_create(
        HandOver(obligation=one, giver_id=one.owner_id, taker=to, by=by, note=note, at=clock.now())
        for one in moved
    )
    # The new owner has been reminded of nothing; who was is not written to again (reminders.py).
    Obligation.objects.filter(pk__in=[one.pk for one in moved]).update(owner=to, reminded=0)
    return len(moved)


def _locked(obligation: Obligation | str) -> Obligation:
    which = {"key": obligation} if isinstance(obligation, str) else {"pk": obligation.pk}
    return Obligation.objects.select_for_update().get(**which)
