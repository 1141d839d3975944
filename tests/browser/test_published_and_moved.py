"""From the administrator's draft to the officer's case, all of it by hand.

1. The officer answers a question of a set.
2. The administrator drafts the set's next version, puts that question in other words, publishes it.
3. The officer's case says that there are newer questions; she sees the two wordings side by side.
4. She moves the case: the question is open again, and what she said before stands beside it.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from checklists.models import Answer, Version
from collaborations.models import Step
from collaborations.steps.declare import declare
from tests.browser.test_moving import card, give, opened
from tests.browser.test_writing_questions import publish
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, free_answers, place
from tests.factories.versions import load_long_ago

NEW_WORDS = "Byter organisationen ofta styrelse, firmatecknare, adress eller revisor i år?"


@pytest.mark.timeout(240)
def test_a_case_moves_to_the_version_that_an_administrator_has_published(site, open_page, log_in):
    load_long_ago()
    at = place()
    case, _ = case_at(Step.MOTIVATED, at)
    declare(case, inputs=free_answers(), by=at.officer)
    old_words = Version.objects.get(question_set__code="valfardsbrott").questions.get(code="VB-02")
    officer = opened(open_page(), log_in, at.officer, case)
    give(officer, "VB-01", "Nej")
    give(officer, "VB-02", "Nej")

    writer = open_page()
    log_in(writer, UserFactory(admin_at=at.administration.root_unit))
    writer.goto("/fragor/")
    writer.get_by_role("link", name="Nytt utkast av Risk för välfärdsbrott").click()
    writer.get_by_role("button", name="Skapa utkastet").click()
    writer.get_by_role("link", name="Ändra VB-02").click()
    writer.get_by_label("Fråga", exact=True).fill(NEW_WORDS)
    writer.get_by_role("button", name="Spara").click()
    writer.get_by_text("VB-02 är sparad.").wait_for()
    publish(writer, timezone.localdate(), "VB-02 säger vilken tid den gäller.")

    officer.goto(f"/arenden/{case.pk}/")
    officer.get_by_role("link", name="Se vad som skiljer").click()
    expect(officer.get_by_text(old_words.text).first).to_be_visible()
    expect(officer.get_by_text(NEW_WORDS).first).to_be_visible()
    officer.get_by_role("button", name="Gå över till den nyare versionen").click()

    expect(officer.get_by_text("Ärendet följer nu den nyare versionen.")).to_be_visible()
    expect(card(officer, "VB-02").get_by_text("Tidigare svar")).to_be_visible()
    here = Answer.objects.filter(assessment__examination__collaboration=case)
    assert dict(here.filter(code__startswith="VB").values_list("code", "value")) == {"VB-01": "nej"}
