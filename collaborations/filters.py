from datetime import date

import django_filters
from django import forms
from django.db.models import Exists, OuterRef

from accounts.models import Area, TargetGroup, User
from accounts.permissions import Permission, administrations_where, units_where
from casework.list_filter import ListFilter, choice, day, midnight
from collaborations.calendar import coming_months
from collaborations.models import Collaboration, Form, Outcome, Step

READS = (Permission.COLLABORATION_SEE, Permission.COLLABORATION_SEE_RUNNING)
# Several steps at once, by the name of the query set's method.
TOGETHER = {
    "beredning": ("Under beredning", "being_prepared"),
    "aktuella": ("Under beredning eller pågående", "under_way"),
    "oppna": ("Alla som inte är klara", "open"),
}
LATE = "forsenad"
STEPS = (
    ("Flera steg", [(code, label) for code, (label, _) in TOGETHER.items()]),
    ("Ett steg", Step.choices),
)


def readable_units(request):
    """The units whose cases the person reads, in the order of the tree."""
    first, second = (units_where(request.user, permission) for permission in READS)
    return first | second


def managers(request):
    """Those who are responsible for a case that the person may see."""
    seen = Collaboration.objects.visible_to(request.user)
    return User.objects.filter(Exists(seen.filter(responsible_manager=OuterRef("pk"))))


def own_administrations(request):
    return [one for permission in READS for one in administrations_where(request.user, permission)]


def areas(request):
    return Area.objects.filter(administration__in=own_administrations(request))


def target_groups(request):
    return TargetGroup.objects.filter(administration__in=own_administrations(request))


def follow_ups():
    return [(LATE, "Försenad"), *((month.code, month.label) for month in coming_months())]


class CollaborationFilter(ListFilter):
    """The filters of the list of cases. Their names stand in the address, so they are Swedish."""

    q = django_filters.CharFilter(
        label="Sök",
        help_text="Rubrik, nummer eller organisation.",
        max_length=100,
        method="searched",
    )
    steg = django_filters.ChoiceFilter(
        label="Steg", choices=STEPS, empty_label="Alla", method="at_step"
    )
    form = django_filters.ChoiceFilter(
        label="Samverkansform", choices=Form.choices, empty_label="Alla"
    )
    utfall = django_filters.ChoiceFilter(
        field_name="outcome", label="Beslut", choices=Outcome.choices, empty_label="Alla"
    )
    enhet = choice("Enhet, med enheter under", readable_units, method="within_unit")
    chef = choice("Ansvarig chef", managers, field_name="responsible_manager")
    omrade = choice("Område", areas, field_name="area")
    malgrupp = choice("Målgrupp", target_groups, field_name="target_groups")
    fran = day("Registrerad från och med", method="registered_from")
    uppfoljning = django_filters.ChoiceFilter(
        label="Nästa uppföljning", choices=follow_ups, empty_label="Alla", method="followed_up"
    )
    mina = django_filters.BooleanFilter(
        label="Bara mina ärenden", widget=forms.CheckboxInput, method="own"
    )

    def searched(self, rows, name, text):
        return rows.searched(text)

    def at_step(self, rows, name, step):
        return getattr(rows, TOGETHER[step][1])() if step in TOGETHER else rows.at(step)

    def registered_from(self, rows, name, on: date):
        return rows.filter(registered_at__gte=midnight(on))

    def followed_up(self, rows, name, code):
        if code == LATE:
            return rows.with_late_follow_up()
        month = next(one for one in coming_months() if one.code == code)
        return rows.with_follow_up_in(month)

    def own(self, rows, name, only):
        return rows.of(self.request.user) if only else rows
