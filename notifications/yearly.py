"""The budget's assignments are put in when the year begins, so that cases can point at them (G-20).

Asked of the administrations that have had assignments; met when there are some of the year.
"""

from datetime import date

from django.urls import reverse

from accounts.models import Administration, YearlyAssignment
from accounts.permissions import Permission, holders
from notifications.models import Obligation
from notifications.obligations import meet, oblige

ASSIGNMENTS = "yearly_assignments"


def sweep(today: date) -> int:
    """Write down what is owed this year, mark what was done; returns how many changed."""
    latest: dict[int, int] = {}
    for place, year in YearlyAssignment.objects.values_list("administration", "year"):
        latest[place] = max(year, latest.get(place, year))
    done = [
        meet(owed, ref=f"uppdrag för {latest[owed.administration_id]}")
        for owed in Obligation.objects.open().filter(kind=ASSIGNMENTS)
        if latest.get(owed.administration_id, 0) >= owed.due_on.year
    ]
    behind = [place for place, year in latest.items() if year < today.year]
    keys = {key(place, today.year) for place in behind}
    written = set(Obligation.objects.filter(key__in=keys).values_list("key", flat=True))
    lacking = [place for place in behind if key(place, today.year) not in written]
    begun = [write(place, today) for place in Administration.objects.filter(pk__in=lacking)]
    return len(done) + len([one for one in begun if one])


def key(administration: int, year: int) -> str:
    return f"accounts.administration:{administration}:{ASSIGNMENTS}:{year}"


def write(administration: Administration, today: date) -> Obligation | None:
    """Owed by who keeps the reference data. None where nobody does, or where there is no unit yet;
    the next sweep asks again.
    """
    unit = administration.units.filter(parent=None).first()
    owner = unit and holders(Permission.REFERENCE_DATA_EDIT, unit).first()
    return owner and oblige(
        key(administration.pk, today.year),
        kind=ASSIGNMENTS,
        about=f"accounts.administration:{administration.pk}",
        unit=unit,
        owner=owner,
        what=f"Lägg in budgetuppdrag för {today.year}",
        path=reverse("admin:accounts_yearlyassignment_changelist"),
        due_on=date(today.year, 1, 31),
    )
