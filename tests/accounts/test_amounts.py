"""Amounts that law sets: in force from a day, loaded once, edited in the admin with an event."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.models import LegalAmount
from audit.models import Event
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.aid import amounts

pytestmark = pytest.mark.django_db


def test_in_force_is_the_latest_that_has_begun():
    amounts(date(2024, 1, 1), direct_sek="700000")
    amounts(date(2026, 1, 1), direct_sek="800000")

    def direct(day):
        found = LegalAmount.in_force(day).get("direct_sek")
        return found and found.amount

    assert [direct(date(*day)) for day in ((2023, 12, 31), (2024, 1, 1), (2025, 12, 31))] == [
        None,
        700_000,
        700_000,
    ]
    assert direct(date(2026, 1, 1)) == 800_000


@pytest.mark.parametrize("faulty", [{"direct_sek": "0"}, {"direct_sek": "-1"}])
def test_an_amount_is_more_than_nothing(faulty):
    with pytest.raises(IntegrityError), transaction.atomic():
        amounts(**faulty)


def test_two_of_a_kind_do_not_begin_on_one_day():
    amounts()
    with pytest.raises(IntegrityError), transaction.atomic():
        amounts()


def test_the_first_amounts_are_loaded_once_and_never_over_those_of_the_administration():
    LegalAmount.objects.create(
        what="direct_sek", starts_on=date(2026, 1, 1), amount=Decimal("750000"), source="Vi"
    )
    for _ in range(2):
        call_command("load_texts", verbosity=0)

    assert LegalAmount.objects.count() == 8
    assert LegalAmount.objects.get(what="direct_sek").amount == 750_000
    assert LegalAmount.objects.get(what="euro_rate").amount == Decimal("10.8126")


def test_an_administrator_adds_an_amount_with_an_event(client):
    root = AdministrationFactory().root_unit
    client.force_login(UserFactory(admin_at=root))
    given = {"what": "euro_rate", "starts_on": "2026-07-01", "amount": "11.25", "source": "ECB"}

    page = client.post("/referensdata/accounts/legalamount/add/", given)

    assert page.status_code == 302
    made = LegalAmount.objects.get()
    assert made.amount == Decimal("11.25")
    event = Event.objects.get(code="reference_data_added", details__model="accounts.legalamount")
    assert event.details["changed"]["amount"] == [None, "11.25"]

    page = client.post(f"/referensdata/accounts/legalamount/{made.pk}/change/", given)
    assert page.status_code == 302
    assert not Event.objects.filter(code="reference_data_changed").exists()


def test_nobody_else_gets_in(client):
    root = AdministrationFactory().root_unit
    for role in ("manager_at", "head_at", "finance_at"):
        client.force_login(UserFactory(**{role: root}))
        assert client.get("/referensdata/accounts/legalamount/").status_code != 200
