"""The organisation number, and what may never be one (domain 2.2)."""

import pytest
from django.core.exceptions import ValidationError

from organisations.choices import LegalForm
from organisations.numbers import CHECK_DIGIT, LENGTH, PERSONAL, checked, form_mismatch, written


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2120000142", "2120000142"),
        ("212000-1355", "2120001355"),
        (" 556036 0793 ", "5560360793"),
        ("16556036-0793", "5560360793"),
        ("16 899990 0007", "8999900007"),
        ("899990–0015", "8999900015"),  # an en dash, as word processors write it
    ],
)
def test_a_number_is_read_in_all_the_ways_it_is_written(typed, number):
    assert checked(typed) == number


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("802002-0000", CHECK_DIGIT),
        ("899990-0008", CHECK_DIGIT),
        ("", LENGTH),
        ("899990-000", LENGTH),
        ("899990-00077", LENGTH),
        ("17899990-0007", LENGTH),
        ("89999O-0007", LENGTH),
        ("förening", LENGTH),
        ("٨٩٩٩٩٠٠٠٠٧", LENGTH),  # digits, but not ours
        ("850101-1236", PERSONAL),
        ("851161-1234", PERSONAL),  # a samordningsnummer
        ("19850101-1236", PERSONAL),
        ("200001011234", PERSONAL),
        ("16850101-1236", PERSONAL),
    ],
)
def test_what_is_no_organisation_number_is_refused_with_its_own_sentence(typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        checked(typed)

    assert refusal.value.messages == [sentence]


def test_a_number_is_shown_with_a_hyphen():
    assert [written("8999900007"), written(None)] == ["899990-0007", ""]


# Which first digits suit which form, typed from domain 2.2.
SUITS = {
    LegalForm.NONPROFIT: "8",
    LegalForm.RELIGIOUS_COMMUNITY: "2",
    LegalForm.FOUNDATION: "8",
    LegalForm.ECONOMIC_ASSOCIATION: "7",
    LegalForm.LIMITED_PROFIT_COMPANY: "5",
    LegalForm.JOINT_PROPERTY: "7",
    LegalForm.JOINT_PROPERTY_ASSOCIATION: "7",
    LegalForm.OTHER: "12345678",
}


@pytest.mark.parametrize("form", list(SUITS))
def test_a_first_digit_that_does_not_suit_the_form_is_said(form):
    suits = [d for d in "12345678" if form_mismatch(f"{d}299900000", form) is None]

    # 4 stands for nothing known, so nothing is said of it.
    assert suits == sorted({*SUITS[form], "4"})


def test_the_warning_says_what_the_digit_stands_for_and_what_was_chosen():
    assert form_mismatch("5599900007", LegalForm.NONPROFIT) == (
        "Numret börjar på 5, som brukar stå för ett aktiebolag. "
        "Du har valt ideell förening. Kontrollera båda."
    )


def test_a_network_has_no_digit_to_compare():
    assert form_mismatch(None, LegalForm.NETWORK) is None
