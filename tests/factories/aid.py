"""Amounts of law, and aid: what a test of the ceiling begins from."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from accounts.models import LegalAmount
from agreements.models import Aid, Terms

CEILING = 3_243_780  # 300 000 euro at 10,8126


def amounts(starts_on=date(2024, 1, 1), **own) -> None:
    """The ceiling and the rate, from that day on."""
    for what, amount in {"small_aid_eur": "300000", "euro_rate": "10.8126", **own}.items():
        LegalAmount.objects.create(
            what=what, starts_on=starts_on, amount=Decimal(amount), source="Prov"
        )


def aid_line(organisation, unit, by, **facts) -> Aid:
    """A line as it stands in the database; given today under the ceiling unless it says another."""
    facts = {"origin": "ours", "form": "grant", "what": "Bidrag", "value": 100_000, **facts}
    if facts["origin"] == "ours":
        facts = {"given_on": timezone.localdate(), **facts}
        facts = {"ceiling": CEILING if facts["given_on"] else None, **facts}
    facts.setdefault("terms", None)
    facts["terms"] = facts["terms"] or Terms.objects.create()
    return Aid.objects.create(
        organisation=organisation,
        unit=unit,
        administration=unit.administration,
        recorded_by=by,
        **facts,
    )
