"""Nothing that looks like a personal identity number is kept (domain 2.11)."""

import pytest
from django.core.exceptions import ValidationError

from casework.personal_numbers import (
    SAID,
    looks_like_a_personal_number,
    refuse_personal_numbers,
)
from organisations.models.contact import validate_work_phone


@pytest.mark.parametrize(
    "text",
    [
        "850101-1234",
        "Kassören 19850101-1234 ringde",
        "198501011234",
        "8501011234",
        "850101+1234",
        "850101–1234",
        "850101 1234",
        "850161-1234",
        "851291-1234",
        "1985-01-01-1234",
        "Född 1985-01-01 - 1234",
        "８５０１０１-1234",  # full-width digits
    ],
)
def test_what_looks_like_a_personal_number_is_refused(text):
    with pytest.raises(ValidationError) as refusal:
        refuse_personal_numbers(text)

    assert refusal.value.messages == [SAID]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "899990-0007",
        "802002-0000",
        "070-123 45 67",
        "+46 70 123 45 67",
        "Bankgiro 123-4567",
        "från 2025-01-01 till 2025-12-31",
        "2025-12-31 - 2026-12-31",
        "2026-11-21 12.00",
        "Dnr 2026/1234",
        "40 000 medlemmar",
        "851301-1234",  # no thirteenth month
        "850132-1234",  # no such day
        "850101-12345",
    ],
)
def test_dates_sums_and_telephone_numbers_are_not_mistaken_for_one(text):
    assert looks_like_a_personal_number(text) is False


@pytest.mark.parametrize("number", ["08-123 45 67", "0701234567", "+46 (0)70-123 45 67"])
def test_telephone_numbers_are_taken_as_they_are_written(number):
    assert validate_work_phone(number) is None


@pytest.mark.parametrize(
    "number",
    ["ring kassören", "8501011234", "010101-1234", "123", "0" * 16, "08-12345 anknytning 2"],
)
def test_a_telephone_number_that_is_something_else_is_refused(number):
    with pytest.raises(ValidationError):
        validate_work_phone(number)
