"""Which ways of buying a value allows (domain 2.6, 4.4; S-16). Pure: reads nothing, saves nothing.

The program proposes; procurement decides how it is bought, and whether other purchases are counted
together with this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models

from accounts.models import LegalAmount

What = LegalAmount.What


class Way(models.TextChoices):
    PROCUREMENT = "procurement", "upphandling"
    RESERVED = "reserved", "upphandling som reserveras för idéburna organisationer"
    DIRECT = "direct", "direktupphandling under beloppsgränsen"


@dataclass(frozen=True)
class Limit:
    """A threshold of the day, and whether the value has come up to it."""

    label: str
    amount: int
    passed: bool
    starts_on: date
    source: str


def limits(value: int, amounts: Mapping[str, LegalAmount]) -> list[Limit]:
    """The thresholds of purchases in force, beside a value. amounts: LegalAmount.in_force(day)."""
    return [
        Limit(
            label=amounts[one].get_what_display().removesuffix(", kronor"),
            amount=int(amounts[one].amount),
            passed=value >= amounts[one].amount,
            starts_on=amounts[one].starts_on,
            source=amounts[one].source,
        )
        for one in (What.DIRECT, What.SOCIAL, What.OTHER)
        if one in amounts
    ]


def ways(value: int | None, special: bool, direct: int | None, social: int | None) -> frozenset:
    """How something of that value may be bought. Kronor; None where it is not known.

    special: a social or other special service, which has a limit of its own and may be reserved.
    direct, social: the limits of the day. Where one is missing nothing is below it.
    """
    possible = {Way.PROCUREMENT}
    if special:
        possible.add(Way.RESERVED)
    limit = social if special else direct
    if value is not None and limit is not None and value < limit:
        possible.add(Way.DIRECT)
    return frozenset(possible)


def ways_on(day: date, value: int | None, special: bool) -> frozenset:
    """The same with the limits of that day. One query."""
    amounts = LegalAmount.in_force(day)
    found = {one: int(amounts[one].amount) for one in (What.DIRECT, What.SOCIAL) if one in amounts}
    return ways(value, special, found.get(What.DIRECT), found.get(What.SOCIAL))


def highest_fee(value: int, most: LegalAmount | None, share: LegalAmount | None) -> int | None:
    """What Konkurrensverket may at most decide for a purchase of that value (G-57), in kronor.

    most: the highest of all. share: the percentage of the value. None where one is not known.
    """
    if most is None or share is None:
        return None
    return min(int(most.amount), int(value * share.amount / 100))
