"""Real Chromium against the real program. `-m "not browser"` leaves these tests out.

    def test_…(open_page, log_in, axe):
        page = open_page(width=360, dark=True)
        log_in(page, officer)
        page.goto("/arenden/")
        assert axe(page) == []

Every page opened this way fails its test when the browser complains: a script error, a refusal by
the content security policy, a file that is missing.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.factories.accounts import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "var" / "pictures"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Faults alone, and none of the rules asked for reads the style sheets as files: half the time.
HOW = {
    "runOnly": {"type": "tag", "values": RULES},
    "resultTypes": ["violations"],
    "preload": False,
}
HEIGHT = {1280: 900, 360: 760}
LOOKS = ((1280, "light"), (360, "dark"))

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = os.environ.get("SAMVERKAN_CHROMIUM") or shutil.which("chromium")
    assert chromium, "Chromium is missing; `make test` installs it where it may"
    quiet = ("background-networking", "component-update", "sync", "gpu", "quic")
    return {
        "executable_path": chromium,
        # Root may not use Chromium's sandbox; and nothing here is a stranger's page.
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)],
    }


@pytest.fixture
def site(transactional_db, live_server):
    """The address of the running program. In this order, so that the tables can be emptied."""
    return live_server.url


@pytest.fixture
def open_page(site, browser):
    """open_page(width=1280, dark=False) -> a page of a visitor of their own."""
    complaints, contexts = [], []

    def open_one(width=1280, dark=False, javascript=True):
        context = browser.new_context(
            base_url=site,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": HEIGHT.get(width, 900)},
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        listen(page, complaints)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def listen(page, complaints: list[str]) -> None:
    """Note what the browser complains of. A page may answer 404 or 409; its files may not."""

    def console(message):
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def response(answer):
        is_file = answer.request.resource_type in ("stylesheet", "script", "image", "font")
        if answer.status >= 500 or (answer.status >= 400 and is_file):
            complaints.append(f"{answer.status} {answer.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", response)
    page.on("requestfailed", lambda request: failed(request, complaints))


def failed(request, complaints: list[str]) -> None:
    """A request that was dropped because the page moved on is no fault."""
    if request.failure != "net::ERR_ABORTED":
        complaints.append(f"{request.failure} {request.url}")


@pytest.fixture
def browser_page(open_page):
    """A wide, light page."""
    return open_page()


@pytest.fixture
def log_in():
    """log_in(page, person or e-mail): through the form, as people do; ends on Min sida."""

    def enter(page, person, password=PASSWORD):
        page.goto("/konto/logga-in/")
        form = page.locator("main form").first
        form.get_by_label("E-postadress").fill(getattr(person, "email", person))
        form.get_by_label("Lösenord").fill(password)
        form.get_by_role("button", name="Logga in").click()
        page.wait_for_url(lambda url: "/konto/" not in url)

    return enter


@pytest.fixture(scope="session")
def axe():
    """axe(page) -> what it finds: a line per fault, with the element and what is wrong."""
    source = AXE.read_text()

    def look(page, within="html"):
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)  # not a script element, so the content security policy allows it
        report = page.evaluate("([within, how]) => axe.run(within, how)", [within, HOW])
        return [
            f"{fault['id']}: {place['html'][:160]} ({place['failureSummary'][:200]})"
            for fault in report["violations"]
            for place in fault["nodes"]
        ]

    return look


@pytest.fixture
def picture():
    """picture(page, "login"): the whole page as var/pictures/login.png, to be looked at.

    Only when asked for, with SAMVERKAN_PICTURES=1: a long page takes a second.
    """

    def take(page, name):
        if not os.environ.get("SAMVERKAN_PICTURES"):
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return take


@pytest.fixture
def faults(axe, picture):
    """faults(page, "login") -> what is wrong with the page that is open, in each look.

    It is loaded once, and then looked at wide and light, and narrow and dark: a fault comes from
    the width, from the colours or from neither. Ends wide and light.
    """

    def look(page, name):
        found = []
        for width, colours in LOOKS:
            page.set_viewport_size({"width": width, "height": HEIGHT[width]})
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            picture(page, f"{name}-{width}-{colours}")
            found += [f"{width}, {colours}: {fault}" for fault in axe(page)]
            if sticks_out := overflow(page):
                found.append(f"{sticks_out} pixels wider than a window of {width}")
        page.set_viewport_size({"width": 1280, "height": HEIGHT[1280]})
        page.emulate_media(color_scheme="light")
        return found

    return look


def overflow(page) -> int:
    """How many pixels the page is wider than the window; 0 when nothing sticks out."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
