"""What somebody typed beside what is saved, in words that people read."""

from datetime import date

from django import forms
from django.http import QueryDict

from casework.comparison import differences


class Paper(forms.Form):
    title = forms.CharField(label="Rubrik")
    day = forms.DateField(label="Dag", required=False)
    kind = forms.ChoiceField(label="Slag", choices=[("a", "Allmän"), ("b", "Bunden")])
    groups = forms.MultipleChoiceField(label="Grupper", choices=[("1", "Unga"), ("2", "Gamla")])
    version = forms.IntegerField(widget=forms.HiddenInput)


def compared(typed: str, **saved) -> list[dict]:
    usual = {"title": "Granen", "day": date(2026, 3, 1), "kind": "a", "groups": ["1"]}
    return differences(Paper(QueryDict(typed)), Paper(initial={**usual, "version": 2, **saved}))


SAME = "title=Granen&day=2026-03-01&kind=a&groups=1&version=1"


def test_what_is_alike_is_left_out_and_so_is_what_cannot_be_seen():
    assert compared(SAME) == []


def test_texts_choices_and_days_are_compared_as_they_are_read():
    typed = "title=Björken&day=2026-03-02&kind=b&groups=1&groups=2&version=1"

    assert compared(typed) == [
        {"label": "Rubrik", "yours": "Björken", "saved": "Granen"},
        {"label": "Dag", "yours": "2 mars 2026", "saved": "1 mars 2026"},
        {"label": "Slag", "yours": "Bunden", "saved": "Allmän"},
        {"label": "Grupper", "yours": "Unga och Gamla", "saved": "Unga"},
    ]


def test_what_was_left_empty_or_was_no_day_is_shown_as_it_was_typed():
    typed = "title=&day=på+tisdag&kind=a&groups=1&version=1"

    assert compared(typed, day=None) == [
        {"label": "Rubrik", "yours": "", "saved": "Granen"},
        {"label": "Dag", "yours": "på tisdag", "saved": ""},
    ]
