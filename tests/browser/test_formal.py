"""Formal collaboration in a real browser: a partnership to its start, and one that was a purchase.

What the pages of the check and of the agreement take is tested where they are; here the people
go through what is a partnership's own: challenge, the head, the board, the decision, the start.
"""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from checklists.answer_checks import AnswerInput
from collaborations import standing
from collaborations.models import Form, Step
from collaborations.steps.check import answer, check
from collaborations.steps.motivate import motivate
from tests.browser.test_story import choose, declare_nothing, field
from tests.factories.accounts import UserFactory
from tests.factories.agreements import sign_it, whole_proposal
from tests.factories.collaborations import (
    answer_all,
    deliver_everything,
    place,
    registered,
    write,
)
from tests.factories.formal import formal_motivation
from tests.factories.forms import WRITTEN, a_programme, advised, declared, steered
from tests.factories.held import handed_in

pytestmark = pytest.mark.timeout(400)
TODAY = timezone.localdate().isoformat()


@pytest.fixture
def at(site):
    return place()


def to(page, name, case):
    page.goto(reverse(f"collaborations:{name}", args=[case.pk]))


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def initiative(at, form):
    """The association's own, motivated as far as the form page needs."""
    case = registered(at)
    deliver_everything(case)
    write(case, at, **formal_motivation(form))
    case.refresh_from_db()
    return case


def test_a_partnership_goes_from_initiative_to_a_signed_agreement(at, open_page, log_in):
    case, programme = initiative(at, Form.IOP), a_programme(at)
    officer, manager, head = open_page(), open_page(), open_page()
    for page, person in ((officer, at.officer), (manager, at.manager), (head, at.head)):
        log_in(page, person)

    to(officer, "partnership", case)
    for label, name in (
        ("Vilken är samhällsutmaningen?", "challenge"),
        ("Varför är den sammansatt?", "why_complex"),
        ("Hur vill parterna lösa den tillsammans?", "solution"),
        ("Vad står där om idéburna aktörer?", "passage"),
        ("Var i programmet?", "passage_at"),
    ):
        field(officer, label).fill(WRITTEN[name])
    field(officer, "Program eller plan").select_option(label=str(programme))
    press(officer, "Spara")
    expect(officer.get_by_text("Partnerskapet är sparat.")).to_be_visible()

    to(manager, "inform_head", case)
    field(manager, "Intresset och er bedömning").fill("Föreningen vill, och det hjälper.")
    press(manager, "Informera")
    to(head, "inform_head", case)
    press(head, "Jag har tagit del av det här")
    case.refresh_from_db()
    motivate(case, by=at.officer, version=case.version)

    advised(case, at)
    steered(case, at)
    handed_in(case, at)
    whole_proposal(case, at)
    declared(case, at.officer)
    answer_all(case, at)
    check(case, by=at.officer, version=case.version)

    declare_nothing(manager, case)
    to(manager, "decide", case)
    expect(manager.get_by_text("Nämnden beslutar").first).to_be_visible()
    to(manager, "board_decision", case)
    choose(manager, "Vad beslutade nämnden?", "Inleda samverkan")
    field(manager, "Nämnd").first.fill("Provnämnden")
    field(manager, "Beslutsdag").fill(TODAY)
    field(manager, "Paragraf").fill("§ 14")
    field(manager, "Var finns protokollet?").fill("Dnr 2026/120")
    press(manager, "Anteckna beslutet")
    expect(manager.get_by_text("Nämndens beslut är antecknat.")).to_be_visible()

    to(manager, "decide", case)
    choose(manager, re.compile(r"^\s*Beslut\s*$"), "Inleda samverkan")
    field(manager, "Skäl").fill("Partnerskapet förverkligar programmet.")
    field(manager, "Hur följs samverkan upp?").fill("Styrgruppen, två gånger om året.")
    choose(manager, "Kan beslutet överklagas?", "nej")
    press(manager, "Granska beslutet")
    press(manager, "Fatta beslutet")
    deliver_everything(case)
    assert case.step == Step.TOLD

    to(manager, "start", case)
    expect(manager.get_by_text("undertecknade överenskommelsen är inte").first).to_be_visible()
    sign_it(case, at)
    to(manager, "start", case)
    press(manager, "Starta samverkan")
    expect(manager.get_by_text("Samverkan har startat.")).to_be_visible()
    case.refresh_from_db()
    assert case.step == Step.ONGOING


def test_what_proves_to_be_a_public_contract_is_handed_over(at, open_page, log_in):
    UserFactory(procurement_at=at.administration.root_unit)
    case = initiative(at, Form.OTHER_AGREEMENT)
    motivate(case, by=at.officer, version=case.version)
    declared(case, at.officer)
    yes = {f"OK-{number}": AnswerInput("ja") for number in range(1, 6)}
    assessment = standing.assessments(case)["offentligt_kontrakt"]
    asked = set(assessment.version.questions.values_list("code", flat=True))
    given = {code: one for code, one in yes.items() if code in asked}
    answer(case, "offentligt_kontrakt", inputs=given, versions={}, by=at.officer)
    page = open_page()
    log_in(page, at.officer)

    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Lämna över till inköp").click()
    field(page, "Vad ska köpas, för vem och när?").fill("Läxhjälp från januari.")
    field(page, "Vem hos inköp och upphandling").fill("Upphandlaren för tjänster")
    press(page, "Lämna över")
    expect(page.get_by_text("Ärendet är överlämnat till inköp och upphandling.")).to_be_visible()
    case.refresh_from_db()
    assert (case.step, case.referral.why) == (Step.REFERRED, "public_contract")
