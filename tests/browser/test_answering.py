"""Answering a set in a real browser: saved as you go, nothing that is typed is lost."""

import pytest
from playwright.sync_api import expect

from checklists.models import Answer
from collaborations.models import Step
from collaborations.steps.declare import declare
from tests.factories.collaborations import case_at, free_answers, place


@pytest.fixture
def at(site):
    return place()


@pytest.fixture
def case(at):
    case, _ = case_at(Step.MOTIVATED, at)
    for person in (at.officer, at.manager):
        declare(case, inputs=free_answers(), by=person)
    return case


def opened(page, log_in, person, case, code):
    log_in(page, person)
    page.goto(f"/arenden/{case.pk}/kontroll/{code}/")
    return page


def card(page, code):
    return page.locator(f"#fraga-{code}")


def values():
    given = Answer.objects.filter(assessment__set_code="valfardsbrott").exclude(value=None)
    return dict(given.values_list("code", "value"))


def test_an_answer_is_saved_when_it_is_given(browser_page, log_in, at, case):
    page = opened(browser_page, log_in, at.officer, case, "valfardsbrott")
    sign = card(page, "VB-01")

    sign.get_by_label("Nej").check()

    expect(sign.get_by_text("Besvarad")).to_be_visible()
    expect(page.locator("#aterstar")).to_contain_text("1 av 13 frågor är besvarade")
    assert values()["VB-01"] == "nej"


def test_what_is_typed_while_a_save_is_on_its_way_is_kept(browser_page, log_in, at, case):
    page = opened(browser_page, log_in, at.officer, case, "valfardsbrott")
    sign = card(page, "VB-01")
    sign.get_by_text("Anteckning och underlag").click()

    held = []  # the first save, until the note is written
    page.route("**/spara/", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/spara/"):
        sign.get_by_label("Nej").check()
    sign.get_by_label("Anteckning", exact=True).press_sequentially("Inget tyder på det.")
    held[0].continue_()
    expect(sign.get_by_text("Besvarad")).to_be_visible()
    expect(sign.get_by_label("Anteckning", exact=True)).to_have_value("Inget tyder på det.")

    sign.get_by_label("Anteckning", exact=True).blur()

    expect(sign.locator("[name=VB-01-version]")).to_have_value("2")
    assert Answer.objects.get(code="VB-01").note == "Inget tyder på det."


def test_a_sentence_stands_at_the_field_and_goes_when_it_is_mended(browser_page, log_in, at, case):
    page = opened(browser_page, log_in, at.officer, case, "valfardsbrott")
    risk = card(page, "VB-13")

    risk.get_by_label("Förhöjd").check()
    expect(risk.locator("#id_VB-13-text_error")).to_contain_text("Fyll i: skäl.")
    assert "VB-13" not in values()
    expect(card(page, "VB-14")).to_be_hidden()

    risk.get_by_label("Skäl").fill("Två signaler.")
    risk.get_by_label("Skäl").blur()

    expect(risk.locator("#id_VB-13-text_error")).to_be_empty()
    expect(risk.get_by_text("Ska motiveras")).to_be_visible()
    expect(card(page, "VB-14")).to_be_visible()
    assert values()["VB-13"] == "forhojd"


def test_of_two_officers_the_later_sees_what_the_first_saved(open_page, log_in, at, case):
    first = opened(open_page(), log_in, at.officer, case, "valfardsbrott")
    second = opened(open_page(), log_in, at.manager, case, "valfardsbrott")
    card(first, "VB-01").get_by_label("Nej").check()
    expect(card(first, "VB-01").get_by_text("Besvarad")).to_be_visible()

    card(second, "VB-01").get_by_label("Ja").check()

    expect(card(second, "VB-01")).to_contain_text("Någon annan har ändrat svaret")
    expect(card(second, "VB-01").locator(".stale-saved")).to_contain_text("Nej")
    expect(card(second, "VB-01").get_by_label("Ja")).to_be_checked()
    assert values()["VB-01"] == "nej"


def test_without_script_a_button_saves_all_of_the_page(open_page, log_in, at, case):
    page = opened(open_page(javascript=False), log_in, at.officer, case, "valfardsbrott")
    card(page, "VB-01").get_by_label("Nej").check()
    card(page, "VB-02").get_by_label("Ja").check()

    page.get_by_role("button", name="Spara svaren (Varningssignaler)").click()

    expect(page.get_by_text("Svaren är sparade.")).to_be_visible()
    assert values() == {"VB-01": "nej", "VB-02": "ja"}


@pytest.mark.axe
def test_no_set_has_a_fault(open_page, log_in, faults, at, case):
    page = open_page()
    log_in(page, at.officer)
    found = {}

    for code in ("grundkrav", "demokrati", "valfardsbrott"):
        page.goto(f"/arenden/{case.pk}/kontroll/{code}/")
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        found[code] = faults(page, f"fragor-{code}")

    assert found == {code: [] for code in found}


@pytest.mark.axe
def test_no_page_of_versions_has_a_fault(open_page, log_in, faults, at):
    page = open_page()
    log_in(page, at.officer)
    found = {}

    for name, address in {"fragor": "/fragor/", "version": "/fragor/grundkrav/1/"}.items():
        page.goto(address)
        found[name] = faults(page, name)

    assert found == {"fragor": [], "version": []}
