"""How something may be bought, by its value and the thresholds of the day (domain 2.6)."""

from datetime import date
from itertools import product

import pytest

from accounts.models import LegalAmount
from agreements.procurement import Way, highest_fee, limits, ways, ways_on
from tests.factories.aid import amounts

DIRECT, SOCIAL = 700_000, 8_109_450
VALUES = (None, 0, DIRECT - 1, DIRECT, SOCIAL - 1, SOCIAL, 10_000_000_000)


def test_the_ways_on_every_combination():
    """Typed by hand: below which values a direct purchase is possible, and when it is reserved."""
    below = {False: {0, DIRECT - 1}, True: {0, DIRECT - 1, DIRECT, SOCIAL - 1}}
    for value, special in product(VALUES, (False, True)):
        expected = {"procurement"} | ({"reserved"} if special else set())
        expected |= {"direct"} if value in below[special] else set()
        assert ways(value, special, DIRECT, SOCIAL) == expected, (value, special)


@pytest.mark.parametrize("special", [False, True])
def test_without_its_own_limit_nothing_is_below_it(special):
    known = (
        {"direct": None, "social": SOCIAL} if not special else {"direct": DIRECT, "social": None}
    )

    assert Way.DIRECT not in ways(1, special, **known)


@pytest.mark.django_db
def test_the_limit_is_that_of_the_day():
    amounts(date(2024, 1, 1), direct_sek="700000")
    amounts(date(2026, 1, 1), direct_sek="500000")

    found = [Way.DIRECT in ways_on(date(year, 6, 1), 600_000, False) for year in (2023, 2025, 2026)]

    assert found == [False, True, False]


@pytest.mark.parametrize(
    ("value", "fee"),
    [(0, 0), (1_000_000, 100_000), (200_000_000, 20_000_000), (900_000_000, 20_000_000)],
)
def test_the_fee_is_a_tenth_of_the_value_and_at_most_twenty_million(value, fee):
    most, share = LegalAmount(amount=20_000_000), LegalAmount(amount=10)

    assert highest_fee(value, most, share) == fee
    assert highest_fee(value, None, share) is None
    assert highest_fee(value, most, None) is None


@pytest.mark.django_db
def test_a_limit_is_passed_when_it_is_reached():
    amounts(direct_sek="700000", social_sek="8109450")
    in_force = LegalAmount.in_force(date(2026, 6, 1))

    assert [[one.passed for one in limits(value, in_force)] for value in (DIRECT - 1, DIRECT)] == [
        [False, False],
        [True, False],
    ]
