"""The filters of the list of obligations and of its year. Their names stand in the address."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Exists, OuterRef

from accounts.models import User
from accounts.permissions import Permission, units_where
from audit import clock
from casework.list_filter import ListFilter, choice, day
from notifications.kinds import KINDS
from notifications.models import Obligation

LATE, MET, WAIVED, ALL = "forsenade", "klara", "avskrivna", "alla"
STATES = (
    (LATE, "Försenade"),
    (MET, "Klara"),
    (WAIVED, "Avskrivna"),
    (ALL, "Alla"),
)
YEARS_BACK, YEARS_AHEAD = 5, 5


def units(request):
    """Where the person sees obligations of others."""
    first = units_where(request.user, Permission.COLLABORATION_SEE)
    return first | units_where(request.user, Permission.REFERENCE_DATA_EDIT)


def owners(request):
    """Those who have an obligation that the person may see."""
    seen = Obligation.objects.visible_to(request.user)
    return User.objects.filter(Exists(seen.filter(owner=OuterRef("pk")))).order_by("name")


def years() -> list[tuple[int, str]]:
    now = clock.today().year
    return [(year, str(year)) for year in range(now - YEARS_BACK, now + YEARS_AHEAD + 1)]


class ObligationFilter(ListFilter):
    """Without a state the open ones are shown."""

    slag = django_filters.ChoiceFilter(
        field_name="kind",
        label="Slag",
        choices=[(kind.code, kind.label) for kind in KINDS.values()],
        empty_label="Alla",
    )
    lage = django_filters.ChoiceFilter(
        label="Läge", choices=STATES, empty_label="Öppna", method="in_state"
    )
    enhet = choice("Enhet, med enheter under", units, method="within_unit")
    ansvarig = choice("Ansvarig", owners, field_name="owner")
    fran = day("Senast från och med", field_name="due_on", lookup_expr="gte")
    till = day("Senast till och med", field_name="due_on", lookup_expr="lte")
    mina = django_filters.BooleanFilter(label="Bara mina", widget=forms.CheckboxInput, method="own")

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("lage") else rows.open()

    def in_state(self, rows, name, state):
        return {
            LATE: lambda: rows.overdue(clock.today()),
            MET: lambda: rows.filter(met_at__isnull=False),
            WAIVED: lambda: rows.filter(waived_at__isnull=False),
            ALL: lambda: rows,
        }[state]()

    def own(self, rows, name, only):
        return rows.filter(owner=self.request.user) if only else rows


class YearFilter(ObligationFilter):
    """The same of a whole year: whatever their state."""

    lage = fran = till = ordning = None
    ar = django_filters.ChoiceFilter(
        label="År", choices=years, empty_label="I år", method="of_year"
    )

    def filter_queryset(self, queryset):
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        rows = queryset.filter(due_on__range=(first, last))
        return ListFilter.filter_queryset(self, rows)

    @property
    def year(self) -> int:
        return int(self.form.cleaned_data.get("ar") or clock.today().year)

    def of_year(self, rows, name, year):
        return rows
