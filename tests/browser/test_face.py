"""The base of all pages in a real browser: faults for axe, life without script, every width."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import overflow
from tests.factories.accounts import PASSWORD, UnitFactory, UserFactory

OPEN = {
    "login": "/konto/logga-in/",
    "password": "/konto/losenord/",
    "accessibility": "/tillganglighet/",
}
WIDTHS = [1280, 360]


@pytest.fixture
def officer(site):
    return UserFactory(officer_at=UnitFactory(), name="Olle Brask", email="olle@staden.example")


@pytest.fixture
def _demo(settings):
    settings.DEMO = True


@pytest.mark.axe
@pytest.mark.usefixtures("_demo")
def test_no_component_has_a_fault(open_page, log_in, faults, officer):
    page = open_page()
    log_in(page, officer)

    page.goto("/komponenter/")
    page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")

    assert faults(page, "komponenter") == []


@pytest.mark.axe
def test_no_page_before_logging_in_has_a_fault(open_page, faults):
    page = open_page()
    found = {}

    for name, address in OPEN.items():
        page.goto(address)
        found[name] = faults(page, name)

    assert found == {name: [] for name in OPEN}


@pytest.mark.axe
def test_a_page_that_does_not_exist_has_no_fault(browser_page, log_in, axe, officer):
    log_in(browser_page, officer)
    browser_page.goto("/finns-inte/")

    assert axe(browser_page) == []


@pytest.mark.usefixtures("_demo")
def test_nothing_sticks_out_at_200_per_cent(open_page, log_in, officer):
    page = open_page(width=640)  # what a window of 1280 pixels has left when all is twice as large
    log_in(page, officer)
    page.goto("/komponenter/")

    assert overflow(page) == 0


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(browser_page, log_in, officer):
    log_in(browser_page, officer)
    browser_page.goto("/tillganglighet/")

    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    browser_page.keyboard.press("Enter")

    expect(browser_page.locator("main")).to_be_focused()


def test_the_menu_is_folded_on_a_narrow_screen_and_opens(open_page, log_in, officer):
    page = open_page(width=360)
    log_in(page, officer)
    page.goto("/tillganglighet/")
    link = page.locator("#huvudmeny a").first
    expect(link).to_be_hidden()

    page.get_by_role("button", name="Meny").click()

    expect(link).to_be_visible()


def test_the_menu_is_there_without_script(open_page, log_in, officer):
    page = open_page(width=360, javascript=False)
    log_in(page, officer)
    page.goto("/tillganglighet/")

    expect(page.locator("#huvudmeny a").first).to_be_visible()


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("javascript", [True, False])
def test_the_rail_is_open_on_a_wide_screen(open_page, log_in, officer, javascript):
    page = open_page(javascript=javascript)
    log_in(page, officer)
    page.goto("/komponenter/")

    expect(page.locator(".rail").get_by_role("link", name="Motivera")).to_be_visible()


@pytest.mark.usefixtures("_demo")
def test_the_rail_on_a_narrow_screen_says_where_the_case_is_and_opens(open_page, log_in, officer):
    page = open_page(width=360)
    log_in(page, officer)
    page.goto("/komponenter/")
    step = page.locator(".rail").get_by_role("link", name="Motivera")
    expect(step).to_be_hidden()

    page.get_by_text("Steg 3 av 9: Kontrollera").click()

    expect(step).to_be_visible()


def test_dark_is_chosen_by_the_system_or_by_hand_and_remembered(open_page):
    page = open_page(dark=True)
    page.goto("/konto/logga-in/")
    root = page.locator("html")
    expect(root).to_have_attribute("data-bs-theme", "dark")

    page.get_by_role("button", name="Ljust").click()
    expect(root).to_have_attribute("data-bs-theme", "light")
    page.reload()

    expect(root).to_have_attribute("data-bs-theme", "light")
    expect(page.get_by_role("button", name="Ljust")).to_have_attribute("aria-pressed", "true")


def test_logging_out_is_one_button_in_the_menu_of_the_person(browser_page, log_in, officer):
    log_in(browser_page, officer)
    browser_page.locator(".user-menu summary").click()
    browser_page.get_by_role("button", name="Logga ut").click()

    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Logga in")
    expect(browser_page.get_by_text("Du är utloggad.")).to_be_visible()


def test_escape_closes_the_menu_of_the_person(browser_page, log_in, officer):
    log_in(browser_page, officer)
    browser_page.locator(".user-menu summary").click()
    expect(browser_page.get_by_role("button", name="Logga ut")).to_be_visible()

    browser_page.keyboard.press("Escape")

    expect(browser_page.get_by_role("button", name="Logga ut")).to_be_hidden()
    expect(browser_page.locator(".user-menu summary")).to_be_focused()


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(browser_page, officer):
    browser_page.goto("/konto/logga-in/")
    browser_page.get_by_label("E-postadress").fill("inte en adress")
    browser_page.get_by_role("button", name="Logga in").click()

    expect(browser_page.locator(".error-summary")).to_be_focused()
    browser_page.locator(".error-summary a").last.click()

    expect(browser_page.get_by_label("Lösenord")).to_be_focused()


def test_a_second_click_is_not_sent(browser_page, officer):
    """The server is the truth; this spares people the second answer."""
    browser_page.goto("/konto/logga-in/")
    browser_page.get_by_label("E-postadress").fill(officer.email)
    browser_page.get_by_label("Lösenord").fill(PASSWORD)
    sent = []
    browser_page.on("request", lambda r: r.method == "POST" and sent.append(r.url))

    browser_page.get_by_role("button", name="Logga in").dblclick()
    browser_page.wait_for_url(lambda url: "/konto/" not in url)

    assert len(sent) == 1


def test_on_paper_there_are_no_menus(browser_page, log_in, officer):
    log_in(browser_page, officer)
    browser_page.goto("/tillganglighet/")
    browser_page.emulate_media(media="print")

    expect(browser_page.get_by_role("navigation")).to_have_count(0)
    expect(browser_page.get_by_role("heading", level=1)).to_be_visible()
    expect(browser_page.locator("footer")).to_be_hidden()


def test_a_click_beside_it_closes_the_menu_of_the_person(browser_page, log_in, officer):
    log_in(browser_page, officer)
    browser_page.locator(".user-menu summary").click()
    browser_page.get_by_role("heading", level=1).click()

    expect(browser_page.get_by_role("button", name="Logga ut")).to_be_hidden()
