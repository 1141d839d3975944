"""The filters of the list of notices and of what was never told.

Their names stand in the address, so they are Swedish.
"""

from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

import django_filters

from accounts.models import Unit
from casework.list_filter import ListFilter, choice, day, midnight
from collaborations.duties import BY_CODE, DUTIES, Duty, with_unmet
from collaborations.filters import readable_units
from collaborations.models import Collaboration
from collaborations.seen_notices import chains_of, to_mailbox
from notifications.mail_kinds import all_kinds
from notifications.models import State

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
    """Every kind of mail, under its heading."""
    return [
        (heading, [(one.code, one.name) for one in those])
        for heading, those in groupby(all_kinds().values(), attrgetter("heading"))
    ]


class NoticeFilter(ListFilter):
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
    fran = day("Skrivet från och med", method="written_from")
    till_och_med = day("Skrivet till och med", method="written_until")

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

    def written_from(self, rows, name, on: date):
        return rows.filter(created_at__gte=midnight(on))

    def written_until(self, rows, name, on: date):
        if on == date.max:
            return rows
        return rows.filter(created_at__lt=midnight(on + timedelta(days=1)))


class UntoldFilter(ListFilter):
    """Of the cases where something should have been told and was not."""

    q = django_filters.CharFilter(
        label="Sök",
        help_text="Ärendets rubrik, nummer eller organisation.",
        max_length=100,
        method="searched",
    )
    slag = django_filters.ChoiceFilter(
        label="Vad som ska meddelas",
        choices=[(duty.code, duty.what) for duty in DUTIES],
        empty_label="Allt",
        method="untouched",
    )
    enhet = choice("Ärendets enhet, med enheter under", readable_units, method="within_unit")

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All, or the one that is asked for."""
        code = self.form.cleaned_data.get("slag")
        return (BY_CODE[code],) if code else DUTIES

    def filter_queryset(self, queryset):
        return with_unmet(super().filter_queryset(queryset), self.duties)

    def searched(self, rows, name, text):
        return rows.searched(text)
