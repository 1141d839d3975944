"""Registrera: an initiative becomes a case, and the group's mailbox is told (G-10, G-11, G-39)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import Administration
from accounts.permissions import Permission, may
from agreements.models import Terms
from agreements.writing import follow_organisations
from audit import clock
from audit.record import record, record_in_register
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from collaborations import notices
from collaborations.models import Collaboration, Enquiry
from collaborations.workflow import CORRECT_REGISTRATION
from organisations.locking import lock_living


def next_number(administration: Administration, year: int) -> str:
    """AMF-2026-0014: the administration's code, the year, a serial without gaps.

    Locks the administration's row, so that two registrations at once get different numbers.
    """
    Administration.objects.select_for_update().get(pk=administration.pk)
    start = f"{administration.slug.upper()}-{year}-"
    last = (
        Collaboration.objects.filter(number__startswith=start)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:04d}"


def refuse_unless_allowed(by, unit, manager) -> None:
    reasons = []
    if not may(by, Permission.COLLABORATION_REGISTER, unit):
        reasons.append(Reason("Du har inte rätt att registrera initiativ i den enheten."))
    if manager and not may(manager, Permission.COLLABORATION_DECIDE, unit):
        reasons.append(
            Reason("Den valda chefen har ingen rätt att besluta i den enheten.", ("G-15",))
        )
    if reasons:
        raise NotAllowed(reasons)


def register(
    *,
    form_key: UUID,
    title: str,
    unit,
    organisations,
    responsible_manager,
    initiated_by: str,
    initiative_on: date,
    task: str,
    by,
) -> Collaboration:
    """Open a case. The same form sent twice gives the same case.

    initiative_on: the day the initiative came (Stockholm). Raises NotAllowed when `by` may not
    register in the unit, or the manager may not decide there (G-15).
    """
    refuse_unless_allowed(by, unit, responsible_manager)
    with transaction.atomic():
        lock_living(*organisations)
        number = next_number(unit.administration, clock.today().year)
        if already := Collaboration.objects.filter(form_key=form_key).first():
            return already
        case = Collaboration.objects.create(
            number=number,
            form_key=form_key,
            title=title,
            administration=unit.administration,
            unit=unit,
            responsible_manager=responsible_manager,
            officer=by,
            terms=Terms.objects.create(),
            initiated_by=initiated_by,
            initiative_on=initiative_on,
            task=task,
        )
        case.organisations.set(organisations)
        details = {"organisations": sorted(o.pk for o in organisations), "unit": unit.pk}
        record("registered", case, by=by, details=details)
        notices.initiative_registered(case)
    return case


def correct_registration(case: Collaboration, *, organisations, by, version: int, **facts) -> None:
    """Change what was registered. The case goes back to registered, since later steps rest on it.

    facts: title, initiated_by, initiative_on, task. Raises Stale, NotAllowed.
    """
    details = {"organisations": sorted(o.pk for o in organisations)}
    with moving(case, CORRECT_REGISTRATION, by=by, version=version, details=details) as locked:
        for name, value in facts.items():
            setattr(locked, name, value)
        lock_living(*organisations)
        locked.organisations.set(organisations)
        busy = follow_organisations(locked.terms, organisations)
        refuse_if([Reason(STILL_A_PARTY.format(one), ("G-54",), "organisations") for one in busy])


STILL_A_PARTY = (
    "{} bidrar med något eller har åtaganden i överenskommelsen. Ta bort det först, så att det "
    "inte blir kvar."
)


def keep_as_contact(*, form_key: UUID, title: str, unit, organisations, what: str, by) -> Enquiry:
    """Keep a contact that was no samverkan (G-39): no case, no notice, but not forgotten."""
    refuse_unless_allowed(by, unit, None)
    with transaction.atomic():
        lock_living(*organisations)
        enquiry, new = Enquiry.objects.get_or_create(
            form_key=form_key,
            defaults={
                "administration": unit.administration,
                "unit": unit,
                "title": title,
                "what": what,
                "noted_by": by,
            },
        )
        if new:
            enquiry.organisations.set(organisations)
            record_in_register("kontakter", "contact_kept", by=by, details={"enquiry": enquiry.pk})
    return enquiry
