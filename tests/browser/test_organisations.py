"""The pages about organisations and roles in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from organisations.models import Organisation
from tests.factories.accounts import AdministrationFactory, UnitFactory, UserFactory
from tests.factories.collaborations import Place, registered
from tests.factories.organisations import (
    ContactFactory,
    OrganisationFactory,
    ProfileFactory,
    SizeFactory,
)

WIDTHS = [1280, 360]


@pytest.fixture
def unit(site):
    administration = AdministrationFactory(name="Förvaltningen för arbete och lärande", slug="fal")
    return UnitFactory(administration=administration, name="Enheten för etablering")


@pytest.fixture
def officer(unit):
    return UserFactory(officer_at=unit, name="Olle Brask", email="olle@staden.example")


@pytest.fixture
def organisation(unit, officer):
    """Known here and elsewhere, with all that can be known."""
    made = OrganisationFactory(name="Läxhjälpen Granen", org_number="8999900007")
    own = {"organisation": made, "administration": unit.administration}
    ProfileFactory(
        **own,
        roles=["service", "performer"],
        relations=["complement"],
        description="Läxhjälp två kvällar i veckan.\n\nSpråkkafé på lördagar.",
        relation_note="Möts varje höst.",
    )
    ProfileFactory(organisation=made, administration__name="Kulturförvaltningen i Påhitt")
    ContactFactory(**own, name="Ebba Lind", phone="08-123 45 67")
    ContactFactory(**own, name="Tage Ström", role="kassör", out_of_date=True)
    SizeFactory(**own, as_of=date(2024, 12, 31), members=980, employees=None)
    SizeFactory(**own, as_of=date(2025, 12, 31), members=1240)
    manager = UserFactory(manager_at=unit)
    at = Place(unit, manager, officer, head=manager, adviser=manager, registrar=manager)
    registered(at, organisations=[made], title="Läxhjälp för nyanlända")
    return made


@pytest.mark.axe
def test_no_page_about_organisations_has_a_fault(
    open_page, log_in, faults, unit, officer, organisation
):
    for name in ("Björkens vänner", "Nätverket Åkern", "Stiftelsen Öppna dörren"):
        OrganisationFactory(name=name, known_at=unit.administration)
    contact = organisation.contacts.get(name="Ebba Lind")
    page = open_page()
    log_in(page, officer)
    found = {}
    base = f"/organisationer/{organisation.pk}/"
    pages = {
        "lista": "/organisationer/",
        "tom": "/organisationer/?q=ekorren&form=foundation",
        "en": base,
        "ny": "/organisationer/ny/",
        "andra": f"{base}andra/",
        "hos": f"{base}hos/fal/",
        "storlek": f"{base}storlek/",
        "ny-kontakt": f"{base}kontakter/ny/",
        "kontakt": f"{base}kontakter/{contact.pk}/",
        "roller": "/konto/roller/",
        "byt-losenord": "/konto/losenord/byt/",
    }

    for name, address in pages.items():
        page.goto(address)
        found[name] = faults(page, f"organisationer-{name}")

    assert found == {name: [] for name in pages}


@pytest.mark.axe
def test_a_form_with_errors_or_doubts_has_no_fault(
    open_page, log_in, faults, officer, organisation
):
    page = open_page()
    log_in(page, officer)
    found = {}

    page.goto("/organisationer/ny/")
    page.get_by_label("Namn", exact=True).fill("Granens läxhjälp")
    page.get_by_label("Organisationsform").select_option("nonprofit")
    for name, number in (
        ("fel", "850101-1236"),
        ("finns", "899990-0007"),
        ("tvekan", "559990-0007"),
    ):
        page.get_by_label("Organisationsnummer").fill(number)
        page.locator("main form button[type=submit]").click()
        found[name] = faults(page, f"organisationer-{name}")

    expect(
        page.get_by_text("Det finns redan en organisation som heter Läxhjälpen Granen")
    ).to_be_visible()
    assert found == {"fel": [], "finns": [], "tvekan": []}


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_an_organisation_is_registered_found_and_changed(open_page, log_in, officer, javascript):
    page = open_page(javascript=javascript)
    log_in(page, officer)

    page.goto("/organisationer/")
    page.get_by_role("link", name="Registrera organisation").first.click()
    page.get_by_label("Namn", exact=True).fill("Nätverket Ängen")
    page.get_by_label("Organisationsform").select_option(label="Nätverk utan juridisk person")
    page.get_by_label("Röstbärare och opinionsbildare").check()
    page.get_by_role("button", name="Registrera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nätverket Ängen")
    expect(page.get_by_text("aldrig skriva avtal")).to_be_visible()

    page.get_by_role("link", name="Lägg till kontakt").click()
    page.get_by_label("Namn", exact=True).fill("Ebba Lind")
    page.get_by_label("Roll i organisationen").fill("ordförande")
    page.get_by_label("E-post i arbetet").fill("ebba@angen.example")
    page.get_by_label("Uppgiften kommer från").select_option("meeting")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("link", name="ebba@angen.example")).to_be_visible()

    page.goto("/organisationer/?q=ÄNGEN")
    page.get_by_role("link", name="Nätverket Ängen").click()
    page.get_by_role("link", name="Ändra namn, form eller nummer").click()
    page.get_by_label("Organisationsform").select_option("nonprofit")
    page.get_by_label("Organisationsnummer").fill("899990 0015")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("899990-0015")).to_be_visible()

    assert Organisation.objects.get().version == 2
