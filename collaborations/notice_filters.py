"""The filters of the list of notices. Their names stand in the address, so they are Swedish."""

from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.utils import timezone

from accounts.models import Unit
from collaborations.filters import choice, readable_units
from collaborations.models import Collaboration
from collaborations.seen_notices import chains_of, to_mailbox
from notifications.mail_kinds import all_kinds
from notifications.models import Notice, State

TOGETHER = {
    "atgard": ("Behöver åtgärd", "stuck"),
    "ej_framme": ("Inte framme än", "untold"),
    "i_samling": ("Skickade i en sammanställning", "in_digests"),
}
STATES = (
    ("Flera lägen", [(code, label) for code, (label, _) in TOGETHER.items()]),
    ("Ett läge", State.choices),
)
RECEIVERS = (("brevlada", "Brevlådan"), ("person", "En person"), ("annan", "En organisation"))


def kinds():
    return [(code, kind.name) for code, kind in all_kinds().items()]


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def day_filter(label: str, method: str) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return django_filters.DateFilter(label=label, widget=widget, method=method)


class NoticeFilter(django_filters.FilterSet):
    lage = django_filters.ChoiceFilter(
        label="Läge", choices=STATES, empty_label="Alla", method="in_state"
    )
    slag = django_filters.ChoiceFilter(
        field_name="kind", label="Slag", choices=kinds, empty_label="Alla"
    )
    till = django_filters.ChoiceFilter(
        label="Till", choices=RECEIVERS, empty_label="Alla", method="received_by"
    )
    enhet = choice("Ärendets enhet, med enheter under", readable_units, method="within_unit")
    fran = day_filter("Skrivet från och med", "written_from")
    till_och_med = day_filter("Skrivet till och med", "written_until")
    ordning = django_filters.CharFilter(widget=forms.HiddenInput, method="untouched")

    class Meta:
        model = Notice
        fields: list[str] = []

    def in_state(self, rows, name, state):
        return (
            getattr(rows, TOGETHER[state][1])() if state in TOGETHER else rows.filter(state=state)
        )

    def received_by(self, rows, name, receiver):
        if receiver == "person":
            return rows.exclude(person=None)
        return (
            rows.filter(to_mailbox())
            if receiver == "brevlada"
            else rows.filter(person=None).exclude(to_mailbox())
        )

    def within_unit(self, rows, name, unit: Unit):
        cases = Collaboration.objects.filter(unit__path__startswith=unit.path)
        return rows.filter(about__in=chains_of(cases))

    def written_from(self, rows, name, day: date):
        return rows.filter(created_at__gte=midnight(day))

    def written_until(self, rows, name, day: date):
        if day == date.max:
            return rows
        return rows.filter(created_at__lt=midnight(day + timedelta(days=1)))

    def untouched(self, rows, name, order):
        return rows
