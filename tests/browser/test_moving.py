"""A changed version is published, a case moves to it, and an answer is used again, by hand.

1. The officer answers two questions of a set.
2. The administrator publishes a version where one of them is another question.
3. The case says so; the officer sees the difference and moves the case.
4. The unchanged answer is there, the changed question is open with what was said before beside it.
5. Somebody who had the page open saves nothing, and what was typed stays.
"""

import pytest
from playwright.sync_api import expect

from checklists.answer_checks import AnswerInput
from checklists.models import Answer
from collaborations.models import Step
from collaborations.steps.check import answer
from collaborations.steps.declare import declare
from tests.factories.collaborations import case_at, free_answers, place
from tests.factories.organisations import OrganisationFactory
from tests.factories.versions import load_long_ago, newer_version

SIGNS = "valfardsbrott"


@pytest.fixture
def at(site):
    load_long_ago()
    return place()


def prepared(at, **facts):
    case, _ = case_at(Step.MOTIVATED, at, **facts)
    for person in (at.officer, at.manager):
        declare(case, inputs=free_answers(), by=person)
    return case


@pytest.fixture
def case(at):
    return prepared(at)


def opened(page, log_in, person, case, code=SIGNS):
    log_in(page, person)
    page.goto(f"/arenden/{case.pk}/kontroll/{code}/")
    return page


def card(page, code):
    return page.locator(f"#fraga-{code}")


def current():
    given = Answer.objects.filter(assessment__examination__isnull=False, assessment__set_code=SIGNS)
    return dict(given.values_list("code", "value"))


def give(page, code, value):
    card(page, code).get_by_label(value, exact=True).check()
    expect(card(page, code).get_by_text("Besvarad")).to_be_visible()


def test_a_case_moves_to_a_changed_version(open_page, log_in, at, case):
    officer = opened(open_page(), log_in, at.officer, case)
    give(officer, "VB-01", "Nej")
    give(officer, "VB-02", "Nej")
    give(officer, "VB-03", "Nej")
    newer_version()
    manager = opened(open_page(), log_in, at.manager, case)

    officer.goto(f"/arenden/{case.pk}/")
    officer.get_by_role("link", name="Se vad som skiljer").click()
    expect(officer.get_by_text("Har något annat hänt?").first).to_be_visible()
    expect(officer.get_by_text("Frågan ska besvaras på nytt.").first).to_be_visible()
    officer.get_by_role("button", name="Gå över till den nyare versionen").click()

    expect(officer.get_by_text("Ärendet följer nu den nyare versionen.")).to_be_visible()
    expect(card(officer, "VB-01").get_by_label("Nej", exact=True)).to_be_checked()
    expect(card(officer, "VB-02").get_by_text("Tidigare svar")).to_be_visible()
    expect(card(officer, "VB-02").get_by_label("Nej", exact=True)).not_to_be_checked()
    assert current() == {"VB-01": "nej"}
    officer.get_by_role("link", name="Till version 1").click()
    expect(card(officer, "VB-03")).to_contain_text("Nej")

    # The manager's page was opened before the move.
    card(manager, "VB-04").get_by_label("Ja", exact=True).check()
    refused = "Frågorna hör inte till den version som ärendet följer."
    expect(card(manager, "VB-04").get_by_text(refused)).to_be_visible()
    expect(card(manager, "VB-04").get_by_label("Ja", exact=True)).to_be_checked()
    assert current() == {"VB-01": "nej"}


def test_of_two_who_move_at_the_same_page_one_is_told_that_it_is_done(open_page, log_in, at, case):
    newer_version()
    pages = []
    for person in (at.officer, at.manager):
        page = open_page()
        log_in(page, person)
        page.goto(f"/arenden/{case.pk}/kontroll/{SIGNS}/nyare/")
        pages.append(page)

    for page in pages:
        page.get_by_role("button", name="Gå över till den nyare versionen").click()

    expect(pages[0].get_by_text("Ärendet följer nu den nyare versionen.")).to_be_visible()
    expect(pages[1].get_by_text("Ärendet följer redan version 2 av frågorna.")).to_be_visible()


@pytest.fixture
def offered(at):
    """A case of an organisation whose statutes were checked in another case."""
    organisation = OrganisationFactory()
    first, second = (prepared(at, organisations=[organisation]) for _ in range(2))
    inputs = {"GK-03": AnswerInput("ja", note="Antagna 2024."), "GK-04": AnswerInput("nej")}
    answer(first, "grundkrav", inputs=inputs, versions={}, by=at.officer)
    return second


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_an_answer_is_used_again_with_one_press(open_page, log_in, at, offered, javascript):
    page = opened(open_page(javascript=javascript), log_in, at.officer, offered, "grundkrav")
    card(page, "GK-06").get_by_label("Ja", exact=True).check()

    card(page, "GK-03").get_by_role("button", name="Använd det här svaret").click()

    expect(page.get_by_text("Svaret på GK-03 är hämtat från det tidigare ärendet.")).to_be_visible()
    expect(card(page, "GK-03").get_by_label("Ja", exact=True)).to_be_checked()
    expect(card(page, "GK-03").get_by_text("Återanvänt från")).to_be_visible()
    expect(card(page, "GK-06").get_by_label("Ja", exact=True)).to_be_checked()
    expect(card(page, "GK-04").get_by_role("button", name="Använd det här svaret")).to_be_visible()


def test_enter_in_a_field_saves_and_takes_nothing_over(open_page, log_in, at, offered):
    page = opened(open_page(javascript=False), log_in, at.officer, offered, "grundkrav")
    page.locator("#fraga-GK-03 details").evaluate("element => element.open = true")

    page.locator("#id_GK-03-reference").fill("dnr 7")
    page.locator("#id_GK-03-reference").press("Enter")

    expect(page.get_by_text("Svaren är sparade.")).to_be_visible()
    answer = Answer.objects.get(assessment__examination__collaboration=offered)
    assert (answer.reference, answer.value, answer.origin) == ("dnr 7", None, None)


def test_an_offer_goes_when_the_question_is_answered(open_page, log_in, at, offered):
    page = opened(open_page(), log_in, at.officer, offered, "grundkrav")

    card(page, "GK-03").get_by_label("Nej", exact=True).check()

    expect(card(page, "GK-03").get_by_text("Ska motiveras")).to_be_visible()
    expect(card(page, "GK-03").get_by_text("Svar i ett tidigare ärende")).to_have_count(0)


@pytest.mark.axe
def test_the_pages_have_no_fault(open_page, log_in, faults, at, offered):
    newer_version()
    page = open_page()
    log_in(page, at.officer)
    base = f"/arenden/{offered.pk}"
    pages = {
        "case": base + "/",
        "newer": f"{base}/kontroll/{SIGNS}/nyare/",
        "offer": f"{base}/kontroll/grundkrav/",
    }
    for name, url in pages.items():
        page.goto(url)
        assert (name, faults(page, f"moving-{name}")) == (name, [])
    page.goto(pages["newer"])
    page.get_by_role("button", name="Gå över till den nyare versionen").click()
    page.get_by_role("link", name="Till version 1").click()
    assert faults(page, "moving-earlier") == []
