"""An administrator writes questions in the browser, without script, and publishes them from today.

1. She drafts the next version of the conflict declaration from the one in force.
2. She adds a question, changes another one's help and takes a third away.
3. She tries it as the officer will see it, and sees what differs.
4. She publishes it with a note; the list says that it is in force.
5. Another version, from a later day, is withdrawn again.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.swedish import long_date
from checklists.models import Assessment, Version
from checklists.versions import in_force
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.versions import load_long_ago


@pytest.mark.timeout(240)
def test_a_changed_version_is_published_from_today(site, open_page, log_in):
    load_long_ago()
    writer = UserFactory(admin_at=AdministrationFactory().root_unit)
    page = open_page(javascript=False)
    log_in(page, writer)

    begin(page)
    add(page, code="JV-9", text="Har du fått en gåva?")
    change_help(page, "JV-2", "Även tidigare uppdrag räknas.")
    take_away(page, "JV-3")
    try_it(page)
    compare(page)
    publish(page, timezone.localdate(), "Ny fråga om gåvor.")

    assert "Gäller nu" in row_of(page, 2)
    version = in_force("jav", "", timezone.localdate())
    assert (version.number, version.published_by) == (2, writer)
    codes = list(version.questions.values_list("code", flat=True))
    assert "JV-9" in codes
    assert "JV-3" not in codes

    begin(page)
    publish(page, timezone.localdate() + timedelta(days=9), "Kom för tidigt.")
    withdraw(page, 3)
    assert "Tillbakadragen" in row_of(page, 3)
    assert in_force("jav", "", timezone.localdate() + timedelta(days=10)).number == 2


def draft_page(page):
    page.goto(f"/fragor/utkast/{Version.objects.drafts().get().pk}/redigera/")


def begin(page):
    page.goto("/fragor/")
    page.get_by_role("link", name="Nytt utkast av Jävsförklaring").click()
    page.get_by_role("button", name="Skapa utkastet").click()
    page.get_by_role("link", name="Kontrollera och publicera").wait_for()


def add(page, *, code, text):
    page.get_by_role("link", name="Lägg till en fråga", exact=False).first.click()
    page.get_by_label("Kod", exact=True).first.fill(code)
    page.get_by_label("Fråga", exact=True).fill(text)
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Formell samverkan: ett oönskat svar", exact=True).select_option("U")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text(f"{code} är tillagd.").wait_for()


def change_help(page, code, words):
    page.get_by_role("link", name=f"Ändra {code}").click()
    page.get_by_label("Hjälptext").fill(words)
    page.get_by_role("button", name="Spara").click()
    page.get_by_text(f"{code} är sparad.").wait_for()


def take_away(page, code):
    page.get_by_role("link", name=f"Ta bort {code}").click()
    page.get_by_role("button", name="Ta bort frågan").click()
    page.get_by_text(f"{code} är borttagen ur utkastet.").wait_for()


def try_it(page):
    page.get_by_role("link", name="Prova som handläggare").click()
    page.get_by_role("heading", name="Har du fått en gåva?").wait_for()
    page.locator("#fraga-JV-9").get_by_label("Ja").check()
    page.get_by_role("button", name="Prova svaren").first.click()
    page.get_by_text("Utfall: Jäv anmält").wait_for()
    assert not Assessment.objects.exists()
    draft_page(page)


def compare(page):
    page.get_by_role("link", name="Jämför").click()
    page.get_by_role("heading", name="Nya frågor (1)").wait_for()
    page.get_by_role("heading", name="Borttagna frågor (1)").wait_for()
    page.get_by_text("Även tidigare uppdrag räknas.").wait_for()
    draft_page(page)


def publish(page, day, note):
    page.get_by_role("link", name="Kontrollera och publicera").click()
    page.get_by_label("Gäller från").fill(day.isoformat())
    page.get_by_label("Vad som ändrats").fill(note)
    page.get_by_role("button", name="Publicera").click()
    page.get_by_text(f"från {long_date(day)}").first.wait_for()
    page.get_by_text(note).wait_for()


def withdraw(page, number):
    page.get_by_role("link", name="Dra tillbaka publiceringen").click()
    page.get_by_label("Varför dras publiceringen tillbaka?").fill("Vi behöver tänka mer.")
    page.get_by_role("button", name="Dra tillbaka").click()
    page.get_by_text("Vi behöver tänka mer.").wait_for()


def row_of(page, number) -> str:
    page.goto("/fragor/")
    link = page.get_by_role("link", name=f"Version {number} av Jävsförklaring")
    return page.locator("tr", has=link).inner_text()
