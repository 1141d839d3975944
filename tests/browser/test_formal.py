"""Formal collaboration in a real browser: a partnership to its start, and one that was a purchase.

What the pages of the check and of the agreement's sections take is tested where they are; here the
people go through what is a partnership's own: challenge, the head, the group's advice, the board,
the decision, the signatures, the start.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from agreements import reading
from collaborations.models import Collaboration, Form, Step
from collaborations.steps.check import check
from collaborations.steps.motivate import motivate
from tests.browser.test_story import choose, decide, declare_nothing, field
from tests.factories.accounts import UserFactory
from tests.factories.agreements import whole_proposal
from tests.factories.collaborations import (
    answer_all,
    deliver_everything,
    place,
    registered,
    write,
)
from tests.factories.formal import formal_motivation
from tests.factories.forms import WRITTEN, a_programme, before_motivated, declared, steered
from tests.factories.held import handed_in

pytestmark = pytest.mark.timeout(400)
TODAY = timezone.localdate().isoformat()
LATER = (timezone.localdate() + timedelta(days=9)).isoformat()


@pytest.fixture
def at(site):
    return place()


def to(page, name, case, *more):
    page.goto(reverse(f"collaborations:{name}", args=[case.pk, *more]))


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def initiative(at, form):
    """The association's own, motivated as far as the form page needs."""
    case = registered(at)
    deliver_everything(case)
    write(case, at, **formal_motivation(form))
    case.refresh_from_db()
    return case


def describe(page, case, programme) -> None:
    to(page, "partnership", case)
    for label, name in (
        ("Vilken är samhällsutmaningen?", "challenge"),
        ("Varför är den sammansatt?", "why_complex"),
        ("Hur vill parterna lösa den tillsammans?", "solution"),
        ("Vad står där om idéburna aktörer?", "passage"),
        ("Var i programmet?", "passage_at"),
    ):
        field(page, label).fill(WRITTEN[name])
    field(page, "Program eller plan").select_option(label=str(programme))
    press(page, "Spara")
    expect(page.get_by_text("Partnerskapet är sparat.")).to_be_visible()


def inform(manager, head, case) -> None:
    to(manager, "inform_head", case)
    field(manager, "Intresset och er bedömning").fill("Föreningen vill, och det hjälper.")
    press(manager, "Informera")
    expect(manager.get_by_text("Högsta chefen får informationen")).to_be_visible()
    to(head, "inform_head", case)
    press(head, "Jag har tagit del av det här")
    expect(head.get_by_role("button", name="Jag har tagit del av det här")).to_have_count(0)


def ask_for_advice(officer, adviser, case) -> None:
    to(officer, "consultation", case)
    field(officer, "Vad vill du fråga beredningsgruppen?").fill("Passar ett partnerskap?")
    field(officer, "Svar senast").fill(LATER)
    press(officer, "Ställ frågan")
    expect(officer.get_by_text("Passar ett partnerskap?").first).to_be_visible()
    declare_nothing(adviser, case)
    to(adviser, "consultation", case)
    adviser.get_by_role("link", name="Svara på frågan").click()
    choose(adviser, "Råd", "lämplig")
    field(adviser, "Skäl").fill("Utmaningen är sammansatt och föreningen bidrar själv.")
    press(adviser, "Spara rådet")
    expect(adviser.get_by_text("Utmaningen är sammansatt").first).to_be_visible()


def record_the_boards_decision(page, case) -> None:
    to(page, "board_decision", case)
    choose(page, "Vad beslutade nämnden?", "Inleda samverkan")
    page.get_by_role("textbox", name="Nämnd", exact=True).fill("Provnämnden")
    field(page, "Beslutsdag").fill(TODAY)
    field(page, "Paragraf").fill("§ 14")
    field(page, "Var finns protokollet?").fill("Dnr 2026/120")
    press(page, "Anteckna beslutet")
    expect(page.get_by_text("Nämndens beslut är antecknat.")).to_be_visible()


def sign(page, case, at) -> None:
    """The text to sign is fetched; then who signed for each party, which day, and the file."""
    to(page, "agreement", case)
    to_sign = page.get_by_role("link", name="Att underteckna, som PDF").get_attribute("href")
    signed = page.request.get(to_sign).body()
    page.get_by_role("link", name="Registrera underskrifterna").click()
    ours, theirs = case.terms.parties.get(side="us"), case.terms.parties.get(side="organisation")
    field(page, f"Undertecknat för {ours.name} av").select_option(label=str(at.head))
    field(page, f"Undertecknat för {theirs.name} av").fill("Påhittad Ordförande")
    page.get_by_label("Roll").fill("ordförande")
    for party in (ours, theirs):
        field(page, f"Datum för underskriften, {party.name}").fill(TODAY)
    file = {"name": "Undertecknad.pdf", "mimeType": "application/pdf", "buffer": signed}
    field(page, "Den undertecknade överenskommelsen").set_input_files(file)
    press(page, "Registrera")
    expect(page.get_by_text("Den undertecknade överenskommelsen är registrerad.")).to_be_visible()


def test_a_partnership_goes_from_initiative_to_a_signed_agreement(at, open_page, log_in):
    case, programme = initiative(at, Form.IOP), a_programme(at)
    officer, manager, head, adviser = (open_page() for _ in range(4))
    log_in(officer, at.officer)
    log_in(manager, at.manager)
    log_in(head, at.head)
    log_in(adviser, at.adviser)

    describe(officer, case, programme)
    inform(manager, head, case)
    case.refresh_from_db()
    motivate(case, by=at.officer, version=case.version)
    ask_for_advice(officer, adviser, case)

    case.refresh_from_db()
    steered(case, at)
    handed_in(case, at)
    whole_proposal(case, at)
    declared(case, at.officer)
    answer_all(case, at)
    check(case, by=at.officer, version=case.version)

    declare_nothing(manager, case)
    to(manager, "decide", case)
    expect(manager.get_by_text("Nämnden beslutar").first).to_be_visible()
    record_the_boards_decision(manager, case)
    decide(manager, case, "Inleda samverkan")
    deliver_everything(case)
    assert case.step == Step.TOLD

    to(manager, "start", case)
    expect(manager.get_by_text("undertecknade överenskommelsen är inte").first).to_be_visible()
    sign(officer, case, at)
    to(manager, "start", case)
    press(manager, "Starta samverkan")
    expect(manager.get_by_text("Samverkan har startat.")).to_be_visible()
    case = Collaboration.objects.get()
    agreement = reading.latest_signed(case.terms)
    assert case.step == Step.ONGOING
    assert {one.name for one in agreement.signatures.all()} == {
        at.head.name,
        "Påhittad Ordförande",
    }


def test_what_proves_to_be_a_public_contract_is_handed_over(at, open_page, log_in):
    buyer = UserFactory(procurement_at=at.administration.root_unit)
    case = initiative(at, Form.IOP)
    before_motivated(case, at)
    motivate(case, by=at.officer, version=case.version)
    declared(case, at.officer)
    officer, procurement = open_page(), open_page()
    log_in(officer, at.officer)
    log_in(procurement, buyer)

    to(officer, "questions", case, "offentligt_kontrakt")
    for number in range(1, 6):
        with officer.expect_response(re.compile("/spara/")):
            officer.locator(f"#fraga-OK-{number}").get_by_label("Ja", exact=True).check()
    officer.goto(case.get_absolute_url())
    officer.get_by_role("link", name="Lämna över till inköp").click()
    field(officer, "Vad ska köpas, för vem och när?").fill("Läxhjälp från januari.")
    field(officer, "Beräknat värde i kronor").fill("250 000")
    choose(officer, "Är det en social eller annan särskild tjänst?", "Ja")
    choose(officer, "Hur föreslår ni att det köps?", "Upphandling")
    field(officer, "Vem hos inköp och upphandling").fill("Upphandlaren för tjänster")
    press(officer, "Lämna över")
    done = "Ärendet är överlämnat till inköp och upphandling."
    expect(officer.get_by_text(done)).to_be_visible()

    to(procurement, "received", case)
    expect(procurement.get_by_text("Läxhjälp från januari.")).to_be_visible()
    case.refresh_from_db()
    assert (case.step, case.outcome, case.referral.why) == (Step.REFERRED, "", "public_contract")
