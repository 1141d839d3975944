"""The filters of a list. What is not understood narrows nothing, and is said beside its field.

Their names stand in the address, beside `ordning` and `sida` (listing.py), so they are Swedish.
"""

from datetime import date, datetime, time

import django_filters
from django import forms
from django.http import QueryDict
from django.utils import timezone

# By Django's codes. An address is typed, forged or old: nobody chose what the list has not.
SAID = {
    "invalid_choice": "Det som valts finns inte i listan. Välj något annat.",
    "invalid": "Skriv dagen med år, månad och dag, som 2026-03-31.",
    "max_length": "Det är för långt att söka på. Skriv färre ord.",
}
SECOND_DAY = date(1, 1, 2)


def readable(asked: QueryDict) -> QueryDict:
    """The address without the one sign that no field and no database takes."""
    asked = asked.copy()
    for name, values in asked.lists():
        asked.setlist(name, [value.replace("\0", "") for value in values])
    return asked


def choice(label: str, queryset, **how) -> django_filters.ModelChoiceFilter:
    """One record; queryset: request → those that the person may choose among."""
    return django_filters.ModelChoiceFilter(
        label=label, queryset=queryset, empty_label="Alla", **how
    )


def day(label: str, **how) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return django_filters.DateFilter(label=label, widget=widget, **how)


def midnight(on: date) -> datetime:
    """When the day begins in Stockholm. Of the first day there is no clock can say when."""
    return datetime.combine(max(on, SECOND_DAY), time.min, timezone.get_default_timezone())


class ListFilter(django_filters.FilterSet):
    """What every panel has: sorting that is kept when a filter is changed, and plain refusals."""

    ordning = django_filters.Filter(widget=forms.HiddenInput, method="untouched")

    def __init__(self, data: QueryDict, *args, **kwargs):
        super().__init__(readable(data), *args, **kwargs)

    def get_form_class(self):
        made = super().get_form_class()
        for field in made.base_fields.values():
            field.error_messages = field.error_messages | SAID
        return made

    def within_unit(self, rows, name, unit):
        """Of the unit and of those below it, where the rows have one."""
        return rows.filter(unit__path__startswith=unit.path)

    def untouched(self, rows, name, value):
        return rows
