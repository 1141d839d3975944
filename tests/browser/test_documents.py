"""Documents in a real browser: uploaded, asked for by letter, chosen as evidence."""

import re

import pytest
from django.urls import reverse

from collaborations.models import Step
from collaborations.steps.declare import declare
from organisations.models import DocumentRequest, HeldDocument
from tests.browser.conftest import overflow
from tests.documents.files import pdf, pdf_with_open_action
from tests.factories.collaborations import case_at, free_answers, place
from tests.factories.held import HeldDocumentFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path, ""


def look(page, axe, picture, name, width):
    picture(page, f"{name}-{width}")
    assert axe(page) == []
    assert overflow(page) == 0


@pytest.mark.axe
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_an_officer_takes_in_a_document_asks_for_another_and_uses_the_first(
    site, open_page, log_in, axe, picture, width, dark
):
    at = place()
    organisation = OrganisationFactory(known_at=at.administration)
    ContactFactory(organisation=organisation, administration=at.administration)
    HeldDocumentFactory(
        organisation=organisation,
        administration=at.administration,
        kind="minutes",
        dated_on="2022-03-10",
        registered_by=at.officer,
    )
    case, _ = case_at(Step.MOTIVATED, at, organisations=[organisation])
    declare(case, inputs=free_answers(), by=at.officer)
    page = open_page(width=width, dark=dark)
    log_in(page, at.officer)

    page.goto(reverse("organisations:add_document", args=[organisation.pk]) + "?slag=statutes")
    look(page, axe, picture, "underlag-nytt", width)
    page.get_by_label("Handlingens datum").fill("2025-03-10")
    script = {"name": "s.pdf", "mimeType": "application/pdf", "buffer": pdf_with_open_action()}
    page.locator("input[type=file]").set_input_files(script)
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("PDF:en innehåller ett skript").first.wait_for()
    look(page, axe, picture, "underlag-nekad", width)
    good = {"name": "Stadgar.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.locator("input[type=file]").set_input_files(good)
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("heading", name="Ta tillbaka").wait_for()
    look(page, axe, picture, "underlag-ett", width)

    page.goto(reverse("organisations:documents", args=[organisation.pk]))
    look(page, axe, picture, "underlag", width)
    page.get_by_role("link", name="Begär underlag").click()
    page.locator("select[name=contact]").select_option(index=1)
    look(page, axe, picture, "begaran", width)
    page.get_by_role("button", name="Granska brevet").click()
    look(page, axe, picture, "begaran-granska", width)
    page.get_by_role("button", name="Skicka").click()
    page.get_by_role("heading", name="Begäran om underlag").wait_for()
    look(page, axe, picture, "begaran-skickad", width)
    page.get_by_role("link", name=re.compile("Behövs inte")).first.click()
    look(page, axe, picture, "begaran-avskriv", width)

    page.goto(reverse("collaborations:documents", args=[case.pk]))
    look(page, axe, picture, "arende-underlag", width)
    page.goto(reverse("collaborations:questions", args=[case.pk, "grundkrav"]))
    page.get_by_role("button", name=re.compile("^Använd .* till GK-03")).click()
    page.get_by_text("Underlag: ").first.wait_for()
    look(page, axe, picture, "fraga-underlag", width)

    assert HeldDocument.objects.get(kind="statutes").evidence.count() == 1
    assert DocumentRequest.objects.count() == 1
