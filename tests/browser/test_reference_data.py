"""Django's admin under our strict content security policy: it works, and the browser is content."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import DelegationItem, RoleGrant
from tests.factories.accounts import (
    GoverningDocumentFactory,
    RoleGrantFactory,
    UnitFactory,
    UserFactory,
)


@pytest.fixture
def unit(site):
    return UnitFactory(name="Enheten för etablering", administration__name="Förvaltningen")


@pytest.fixture
def administrator(unit):
    top = unit.administration.root_unit
    return UserFactory(admin_at=top, name="Asta Ruda", email="asta@staden.example")


def test_an_administrator_gives_a_role_for_a_time(open_page, log_in, picture, administrator, unit):
    UserFactory(name="Bo Gren", email="bo@staden.example")
    page = open_page()
    log_in(page, administrator)

    page.goto("/referensdata/")
    picture(page, "referensdata-start")
    page.get_by_role("link", name="Tilldelade roller").click()
    page.get_by_role("link", name="Lägg till tilldelad roll").first.click()
    page.get_by_label("Person:").select_option(label="Bo Gren")
    page.get_by_label("Roll:").select_option("officer")
    page.get_by_label("Enhet:").select_option(label="Enheten för etablering")
    page.get_by_label("Från och med:").fill("2026-01-01")
    page.get_by_label("Till (den dagen gäller").fill("2026-06-30")
    picture(page, "referensdata-roll")
    page.get_by_role("button", name="Spara", exact=True).click()

    expect(page.locator(".messagelist")).to_contain_text("Bo Gren")
    grant = RoleGrant.objects.get(person__name="Bo Gren")
    assert (grant.starts_on, grant.ends_on) == (date(2026, 1, 1), date(2026, 6, 30))


def test_a_delegation_item_a_guideline_and_its_history(
    open_page, log_in, picture, administrator, unit
):
    late = timezone.localdate() - timedelta(days=3)
    own = {"administration": unit.administration}
    GoverningDocumentFactory(**own, title="Riktlinjer", next_review_on=late)
    page = open_page()
    log_in(page, administrator)

    page.goto("/referensdata/accounts/delegationitem/add/")
    page.get_by_label("Punkt:").fill("4.1")
    page.get_by_label("Ärendegrupp:").fill("Informell samverkan")
    page.get_by_label("Informell samverkan").check()
    page.get_by_label("Roll:").select_option("head")
    picture(page, "referensdata-delegation")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_role("link", name="4.1", exact=True).click()
    page.get_by_role("link", name="Historik").click()
    expect(page.get_by_role("cell", name="Lades till")).to_be_visible()
    picture(page, "referensdata-historik")

    page.goto("/referensdata/accounts/governingdocument/")
    picture(page, "referensdata-riktlinjer")
    expect(page.get_by_text("⚠ Skulle ha setts över")).to_be_visible()
    assert DelegationItem.objects.get().forms == ["informal"]


def test_what_is_used_or_the_last_cannot_be_deleted_and_the_page_says_so(
    open_page, log_in, picture, administrator, unit
):
    RoleGrantFactory(unit=unit)
    page = open_page()
    log_in(page, administrator)

    page.goto(f"/referensdata/accounts/unit/{unit.pk}/delete/")
    picture(page, "referensdata-anvands")
    expect(page.get_by_text("Används av tilldelade roller: 1")).to_be_visible()

    page.goto(f"/referensdata/accounts/rolegrant/{administrator.grants.get().pk}/delete/")
    page.locator("input[type=submit]").click()
    expect(page.get_by_text("måste ha minst en administratör")).to_be_visible()
    assert administrator.grants.count() == 1


def test_an_officer_is_refused_in_words(open_page, log_in, unit):
    page = open_page()
    log_in(page, UserFactory(officer_at=unit))

    page.goto("/referensdata/")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Du har inte behörighet")
