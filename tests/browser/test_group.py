"""A question to the beredningsgrupp, answered in a meeting, in a real browser."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from collaborations.models import Step
from tests.browser.test_story import choose, field
from tests.factories.collaborations import case_at, place
from tests.factories.forms import declared
from tests.factories.group import asked_in, member_of

pytestmark = pytest.mark.timeout(300)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_a_question_is_answered_in_a_meeting(site, open_page, log_in):
    at = place()
    case, _ = case_at(Step.MOTIVATED, at)
    chair, other = member_of(at, at.adviser), member_of(at)
    declared(case, chair.person)
    asked = asked_in(case, at, question="Passar formen för en läxhjälp?")
    page = open_page()
    log_in(page, chair.person)
    page.goto(reverse("dashboard:group"))
    page.get_by_role("link", name=case.title).first.click()
    field(page, "Ledamot som svarar").select_option(label=other.person.name)
    press(page, "Fördela")
    expect(page.get_by_text(f"{other.person.name} ska svara.")).to_be_visible()
    field(page, "Ditt inlägg").fill("Vi tar det på mötet.")
    press(page, "Spara inlägget")
    expect(page.get_by_text("Vi tar det på mötet.")).to_be_visible()

    page.goto(reverse("dashboard:group"))
    page.get_by_role("link", name="Nytt möte").click()
    field(page, "Dag").fill(timezone.localdate().isoformat())
    field(page, "Plats eller länk").fill("Rum 3")
    field(page, "Ordförande").select_option(label=str(chair))
    press(page, "Spara mötet")
    field(page, "Fråga").select_option(index=1)
    press(page, "Lägg till")
    expect(page.get_by_role("heading", name=f"1. {case.title}")).to_be_visible()
    page.get_by_role("link", name="Anteckna närvaro").click()
    for member in (chair, other):
        page.get_by_label(str(member)).check()
    press(page, "Spara närvaron")
    page.get_by_role("link", name="Anteckna rådet").click()
    choose(page, "Råd", "lämplig")
    field(page, "Skäl").fill("Behovet är stort och formen enkel.")
    press(page, "Spara")
    expect(page.get_by_text("Behovet är stort och formen enkel.")).to_be_visible()
    page.get_by_role("link", name="Justera protokollet").click()
    press(page, "Justera protokollet")
    expect(page.get_by_text("Protokollet är justerat och sparat.")).to_be_visible()

    officer = open_page(width=360)
    log_in(officer, at.officer)
    officer.goto(reverse("collaborations:consultation", args=[case.pk]))
    expect(officer.get_by_text("Behovet är stort och formen enkel.")).to_be_visible()
    expect(officer.get_by_text("Beredningsgruppens möte den")).to_be_visible()
    asked.refresh_from_db()
    assert (asked.advice, asked.met_on) == ("suitable", timezone.localdate())
