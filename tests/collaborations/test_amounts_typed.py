"""An amount is whole kronor, as people write it. What is in doubt is refused, never guessed."""

import pytest
from django import forms

from collaborations.forms.fields import KronorField
from collaborations.forms.motivation import ContributionForm

LINE = {"party": "us", "kind": "premises", "what": "Lokal"}
IN_KRONOR = "Beloppet ska vara i svenska kronor. Räkna om det och skriv bara siffror."
WHOLE = "Skriv hela kronor, utan punkt och komma, till exempel 12 500."
DIGITS = "Skriv beloppet med siffror, till exempel 12 500."


@pytest.mark.parametrize(
    ("typed", "kronor"),
    [
        ("1000", 1000),
        ("1 000", 1000),
        ("1\xa0000 kr", 1000),
        ("1\u202f000 kr", 1000),
        ("12 500 000 kronor", 12_500_000),
        ("1000 SEK", 1000),
        ("1 000:-", 1000),
        ("0", 0),
        ("10 000 000 000", 10_000_000_000),
        ("", None),
        ("  ", None),
    ],
)
def test_kronor_are_read_as_they_are_written(typed, kronor):
    assert KronorField(required=False).clean(typed) == kronor


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1000 EUR", IN_KRONOR),
        ("€ 1000", IN_KRONOR),
        ("1000 $", IN_KRONOR),
        ("1 000 norska kronor", IN_KRONOR),
        ("1.000,50", WHOLE),
        ("1,000", WHOLE),
        ("1.000", WHOLE),
        ("1000,50 kr", WHOLE),
        ("-1 000,50", WHOLE),
        ("tusen", DIGITS),
        ("10 00", DIGITS),
        ("-5", "Beloppet ska vara minst 0 kr."),
        ("−5 000 kr", "Beloppet ska vara minst 0 kr."),
        ("10 000 000 001", "Beloppet är orimligt stort."),
        ("9" * 40, "Beloppet är orimligt stort."),
    ],
)
def test_what_is_in_doubt_is_refused_with_what_to_do(typed, said):
    with pytest.raises(forms.ValidationError) as raised:
        KronorField(required=False).clean(typed)

    assert raised.value.messages == [said]


@pytest.mark.parametrize(("field", "typed"), [("value", "1000 EUR"), ("hours", "480 timmar")])
def test_a_box_of_the_browser_sends_what_was_typed(field, typed):
    """A number box would send nothing, and the amount would be gone without a word."""
    form = ContributionForm(LINE | {field: typed})

    assert 'type="text"' in str(form[field])
    assert list(form.errors) == [field]
