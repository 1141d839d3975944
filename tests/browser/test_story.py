"""The main job in a real browser: from registration to closed, and a refrained one.

1. the officer registers an initiative, motivates it, declares and answers every question
2. the manager declares, reads what was written, and decides
3. the program makes the document, tells the mailbox and begins
4. it is followed up, ended, and followed up for the last time
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from checklists.sample import acceptable_answers
from collaborations import standing
from collaborations.models import Collaboration, Step
from collaborations.steps.check import answer
from notifications.models import Notice
from tests.factories.collaborations import case_at, deliver_everything, place
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.timeout(400)


@pytest.fixture
def at(site):
    return place()


def field(page, label):
    return page.get_by_label(label, exact=False)


def choose(page, question, option: str) -> None:
    """The radio button or check box of the question with that legend."""
    group = page.locator("fieldset").filter(has=page.locator("legend", has_text=question)).last
    group.get_by_label(option, exact=True).check()


def declare_nothing(page, case) -> None:
    page.goto(reverse("collaborations:conflict", args=[case.pk]))
    for no in page.get_by_label("Nej", exact=True).all():
        no.check()
    page.get_by_role("button", name="Lämna förklaringen").click()
    expect(page.get_by_text("inget jäv anmält").first).to_be_visible()


def register(page, at, organisation) -> Collaboration:
    page.goto(reverse("collaborations:register"))
    field(page, "Sök organisation").fill(organisation.name.upper())
    page.get_by_role("button", name="Sök").click()
    field(page, organisation.name).check()
    field(page, "Rubrik").fill("Språkkafé på torget")
    choose(page, "Vem kom med initiativet?", "organisationen")
    field(page, "När kom initiativet?").fill("2026-11-02")
    field(page, "Gemensam uppgift").fill("Möten mellan nyanlända och etablerade.")
    choose(page, "Förknippas vi med organisationen", "Ja")
    choose(page, "Finns en uttalad gemensam uppgift", "Ja")
    field(page, "Enhet").select_option(label=at.unit.name)
    field(page, "Ansvarig chef").select_option(label=at.manager.name)
    page.get_by_role("button", name="Registrera", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Språkkafé på torget")
    return Collaboration.objects.get()


def motivate(page, at, case) -> None:
    page.get_by_role("link", name="Skriv motiveringen").click()
    for question in ("kommunen får göra", "förvaltningens ansvar", "våra målgrupper"):
        choose(page, question, "Ja")
    for why in page.get_by_label("På vilket sätt?").all():
        why.fill("Det följer av vårt uppdrag.")
    field(page, "Verksamhetsområde").select_option(index=1)
    field(page, at.administration.target_groups.get().name).check()
    choose(page, "Vilket slag av behov", "ett nytt sätt att möta målgruppen")
    page.get_by_label("Behovet", exact=True).fill("Möten i vardagen saknas.")
    field(page, at.administration.assignments.get().text).check()
    field(page, "Hur får målgruppen komma till tals?").fill("Samtal varje månad.")
    choose(page, "Har fler organisationer fått samma möjlighet?", "Ja")
    field(page, "Hur öppet har det varit?").fill("Öppen inbjudan i stadsdelen.")
    choose(page, "Berörs barn?", "Nej")
    choose(page, "Delar vi personuppgifter", "Nej")
    choose(page, "Ska det finnas en skriftlig överenskommelse?", "Nej")
    choose(page, "Slag av informell samverkan", "lokal samverkan")
    page.get_by_role("button", name="Spara och gå vidare").click()
    expect(page.get_by_text("Motiveringen är klar. Nu väntar kontrollen.")).to_be_visible()


def answer_in_the_browser(page, case, code: str) -> None:
    """Every question with no as its desired answer, in the page that saves as you go."""
    page.goto(reverse("collaborations:questions", args=[case.pk, code]))
    for card in page.locator("article.question").all():
        no = card.get_by_label("Nej", exact=True)
        if no.count():
            with page.expect_response(re.compile("/spara/")):
                no.check()
    choose_risk = page.locator("#fraga-VB-13")
    with page.expect_response(re.compile("/spara/")):
        choose_risk.get_by_label(re.compile("^Låg")).check()


def answer_the_rest(case, at) -> None:
    for code in ("demokrati", "grundkrav", "valfardsbrott"):
        standing.forget(case)
        inputs = acceptable_answers(
            standing.assessments(case)[code], standing.facts_with_outcomes(case)
        )
        missing = {line.code for line in standing.of(case)[code].remaining}
        inputs = {key: one for key, one in inputs.items() if key in missing}
        answer(case, code, inputs=inputs, versions={}, by=at.officer)


def decide(page, case, outcome: str) -> None:
    page.goto(reverse("collaborations:decide", args=[case.pk]))
    choose(page, re.compile(r"^\s*Beslut\s*$"), outcome)
    field(page, "Skäl").fill("Verksamheten når en grupp som vi annars inte når.")
    if outcome.startswith("Inleda"):
        field(page, "Hur följs samverkan upp?").fill("Möte på plats.")
    choose(page, "Kan beslutet överklagas?", "nej")
    page.get_by_role("button", name="Granska beslutet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Granska beslutet")
    page.get_by_role("button", name="Fatta beslutet").click()
    expect(page.get_by_text("Beslutet är fattat.")).to_be_visible()


def fill_follow_up(page) -> None:
    field(page, "Vad har gjorts").fill("Tio träffar med fyrtio deltagare.")
    for effect in ("arbetssätt", "resultat", "kvalitet", "användning av resurser"):
        choose(page, effect, "delvis")
    field(page, "Vad säger målgruppen?").fill("De vill fortsätta.")
    field(page, "Vad säger organisationen?").fill("Volontärerna räcker till.")
    choose(page, "Gäller grundkraven fortfarande?", "Ja")
    choose(page, "Gäller demokrativillkoren fortfarande?", "Ja")


def test_an_informal_collaboration_from_initiative_to_closed(open_page, log_in, at):
    officer, manager = open_page(), open_page()
    log_in(officer, at.officer)
    log_in(manager, at.manager)

    case = register(officer, at, OrganisationFactory(name="Föreningen Ängsblomman"))
    motivate(officer, at, case)
    declare_nothing(officer, case)
    answer_in_the_browser(officer, case, "valfardsbrott")
    answer_the_rest(case, at)
    officer.goto(reverse("collaborations:check", args=[case.pk]))
    officer.get_by_role("button", name="Kontrollen är klar").click()
    expect(officer.get_by_text("Kontrollen är klar.").first).to_be_visible()

    declare_nothing(manager, case)
    decide(manager, case, "Inleda samverkan")
    deliver_everything(case)
    assert case.step == Step.ONGOING
    manager.goto(case.get_absolute_url())
    with manager.expect_download() as saved:
        manager.get_by_role("link", name="Hämta beslutet (PDF)").click()
    assert saved.value.suggested_filename.startswith(f"Beslut {case.number} inleda")

    officer.goto(reverse("collaborations:follow_up", args=[case.pk]))
    fill_follow_up(officer)
    choose(officer, "Slutsats", "fortsätt som nu")
    officer.get_by_role("button", name="Spara uppföljningen").click()
    expect(officer.get_by_text("Uppföljningen är sparad")).to_be_visible()

    manager.goto(reverse("collaborations:end", args=[case.pk]))
    field(manager, "Varför avslutas samverkan?").fill("Terminen är slut.")
    manager.get_by_role("button", name="Avsluta samverkan").click()
    expect(manager.get_by_text("Samverkan är avslutad.").first).to_be_visible()
    deliver_everything(case)

    officer.goto(reverse("collaborations:close", args=[case.pk]))
    fill_follow_up(officer)
    choose(officer, "Slutsats", "avslutad som planerat")
    field(officer, "Vad tar ni med er").fill("Torget är en bra plats.")
    officer.get_by_role("button", name="Spara och avsluta ärendet").click()
    expect(officer.get_by_text("ärendet är klart").first).to_be_visible()

    case.refresh_from_db()
    assert case.step == Step.CLOSED
    mailbox = case.administration.mailbox
    told = Notice.objects.about(case.chain).told().filter(to_address=mailbox)
    assert list(told.order_by("pk").values_list("kind", flat=True)) == [
        "initiative",
        "decision",
        "end",
    ]


def test_a_refrained_case_is_decided_documented_and_told(open_page, log_in, at):
    case, _ = case_at(Step.CHECKED, at)
    page = open_page(width=360)
    log_in(page, at.manager)

    page.goto(reverse("collaborations:decide", args=[case.pk]))
    expect(page.get_by_text("Lämna först din jävsförklaring").first).to_be_visible()
    declare_nothing(page, case)
    decide(page, case, "Avstå från samverkan")
    deliver_everything(case)

    page.goto(case.get_absolute_url())
    expect(page.get_by_text("Vi avstod från samverkan.")).to_be_visible()
    assert (case.step, case.outcome) == (Step.TOLD, "refrain")
