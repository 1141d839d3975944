import django_filters
from django import forms
from django.http import QueryDict

from accounts.models import Unit
from dashboard.chosen import chosen_filters


class Filter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Sök", method="anything")
    steg = django_filters.MultipleChoiceFilter(
        label="Steg",
        choices=[("checked", "Kontrollerad"), ("told", "Meddelad")],
        widget=forms.CheckboxSelectMultiple,
        method="anything",
    )
    fran = django_filters.DateFromToRangeFilter(label="Beslutad", method="anything")

    class Meta:
        model = Unit
        fields: list[str] = []

    def anything(self, found, name, value):
        return found


def chosen(address: str) -> list[tuple]:
    filterset = Filter(QueryDict(address), Unit.objects.none())
    return [(one["label"], one["value"], one["url"]) for one in chosen_filters(filterset)]


def test_each_choice_can_be_taken_away_by_itself():
    assert chosen("steg=checked&steg=told&q=café") == [
        ("Sök", "café", "?steg=checked&steg=told"),
        ("Steg", "Kontrollerad", "?steg=told&q=caf%C3%A9"),
        ("Steg", "Meddelad", "?steg=checked&q=caf%C3%A9"),
    ]


def test_taking_a_filter_away_goes_back_to_the_first_page_and_keeps_the_order():
    assert chosen("q=café&sida=efter-x&ordning=titel") == [("Sök", "café", "?ordning=titel")]


def test_an_end_of_a_range_is_a_choice_of_its_own():
    assert chosen("fran_after=2026-01-01&fran_before=2026-06-30") == [
        ("Beslutad", "2026-01-01", "?fran_before=2026-06-30"),
        ("Beslutad", "2026-06-30", "?fran_after=2026-01-01"),
    ]


def test_nothing_is_chosen_when_fields_are_empty_or_not_understood():
    assert chosen("") == []
    assert chosen("q=&steg=") == []
    assert chosen("steg=nonsense") == []
