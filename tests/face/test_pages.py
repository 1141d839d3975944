"""What every page has around its content, and what stands there when something went wrong."""

import re
from typing import NamedTuple

import pytest
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.test import Client
from django.urls import reverse

from accounts.forms import LoginForm
from casework.rules import Reason
from tests.factories.accounts import UnitFactory, UserFactory

OPEN_TO_ALL = ["account_login", "account_reset_password", "dashboard:accessibility"]


class Message(NamedTuple):
    level_tag: str
    text: str

    def __str__(self):
        return self.text


@pytest.fixture
def officer(db):
    return UserFactory(officer_at=UnitFactory(), name="Olle Brask")


@pytest.fixture
def officers_client(client, officer):
    client.force_login(officer)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("route", OPEN_TO_ALL)
def test_a_page_begins_with_a_way_past_the_menu(client, route):
    page = client.get(reverse(route)).content.decode()

    body = page[page.index("<body") :]

    assert re.search(r"<a[^>]*>", body)[0] == '<a class="skip-link" href="#innehall">'
    assert '<main id="innehall"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("route", OPEN_TO_ALL)
def test_a_page_says_its_language_and_has_one_heading_and_a_title(client, route):
    page = client.get(reverse(route)).content.decode()

    heading = re.findall(r"<h1>([^<]+)</h1>", page)
    title = re.search(r"<title>([^<]+) – Samverkan</title>", page)

    assert '<html lang="sv"' in page
    assert len(heading) == 1
    assert title[1].strip() != ""


@pytest.mark.django_db
@pytest.mark.parametrize("route", OPEN_TO_ALL)
def test_the_browser_is_told_to_run_and_fetch_only_what_is_ours(client, route):
    said = client.get(reverse(route))["Content-Security-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in said.split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in said
    assert "http" not in said


@pytest.mark.django_db
def test_logging_in_offers_no_account_of_ones_own(client):
    page = client.get(reverse("account_login")).content.decode()

    assert [
        word for word in ("signup", "skapa konto", "registrera dig") if word in page.lower()
    ] == []
    assert client.get("/konto/registrera/").status_code in (302, 404)


@pytest.mark.parametrize(("demo", "times"), [(True, 2), (False, 0)])
def test_the_open_logins_are_shown_only_in_demo_mode(demo, times):
    """Twice each: to be read, and in the button that logs in at once."""
    login = {"role": "handläggare", "name": "Olle", "email": "o@x.example", "password": "p1"}
    context = {"form": LoginForm(), "demo": demo, "demo_logins": [login]}

    page = get_template("account/login.html").template.render(Context(context))

    assert page.count("o@x.example") == times


def test_the_wrong_password_is_answered_in_the_summary(client, officer):
    answer = client.post(
        reverse("account_login"), {"login": officer.email, "password": "fel lösenord"}
    )

    page = answer.content.decode()

    assert "<title>Fel: Logga in – Samverkan</title>" in page
    assert 'class="error-summary"' in page


def test_the_person_logs_out_with_a_button_and_never_a_link(officers_client):
    page = officers_client.get(reverse("dashboard:accessibility")).content.decode()

    form = re.search(r'<form method="post" action="/konto/logga-ut/">.*?</form>', page, re.DOTALL)

    assert "Logga ut" in form[0]
    assert 'href="/konto/logga-ut/"' not in page


def test_who_is_logged_in_and_as_what_stands_at_the_top(officers_client, officer):
    page = officers_client.get(reverse("dashboard:accessibility")).content.decode()
    unit = officer.grants.get().unit

    assert f"handläggare, {unit.name}" in page
    assert unit.administration.name in page


def test_a_page_that_does_not_exist_says_so_in_our_words(officers_client):
    answer = officers_client.get("/finns-inte/")

    assert answer.status_code == 404
    assert "Sidan finns inte, eller så får du inte se den" in answer.content.decode()


def test_a_page_one_may_not_open_says_so_in_our_words(rf, officer):
    request = rf.get("/referensdata/")
    request.user = officer

    page = render_to_string("403.html", {}, request)

    assert "Du har inte behörighet till den här sidan" in page
    assert "/referensdata/" in page


def test_a_form_without_its_token_is_explained(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    answer = client.post(reverse("account_logout"))

    assert answer.status_code == 403
    assert "inget sparades" in answer.content.decode()


def test_the_page_for_our_own_errors_needs_nothing_that_can_fail():
    page = get_template("500.html").template.render(Context())

    assert "Något gick fel hos oss" in page
    assert 'href="/static/samverkan.css"' in page


def test_a_refused_move_gives_its_reasons_with_their_sources(rf, officer):
    request = rf.get("/")
    request.user = officer
    reasons = [Reason("Du har anmält jäv.", ("G-37", "KL 6:30"), "jav")]

    page = render_to_string("refused.html", {"reasons": reasons}, request)

    assert "Du har anmält jäv." in page
    assert re.findall(r"#(G-37|KL-6-30)\"", page) == ["G-37", "KL-6-30"]


def test_a_stale_form_shows_both_texts(rf, officer):
    request = rf.get("/")
    request.user = officer
    differences = [{"label": "Skäl", "yours": "Mitt skäl", "saved": ""}]

    page = render_to_string("stale.html", {"current": None, "differences": differences}, request)

    assert page.index("Det du skrev") < page.index("Mitt skäl") < page.index("Det som finns sparat")
    assert "Ingenting" in page


def test_a_stale_form_without_comparison_still_says_what_to_do(rf, officer):
    request = rf.get("/")
    request.user = officer

    page = render_to_string("stale.html", {"current": officer}, request)

    assert "kopiera det du skrev" in page


@pytest.mark.parametrize(("demo", "status"), [(True, 200), (False, 404)])
def test_the_gallery_is_for_demo_mode_only(officers_client, settings, demo, status):
    settings.DEMO, settings.DEBUG = demo, False

    assert officers_client.get(reverse("dashboard:gallery")).status_code == status


@pytest.mark.parametrize(
    ("level", "tone"),
    [("error", "danger"), ("warning", "warning"), ("success", "success"), ("info", "note")],
)
def test_a_message_has_the_tone_of_its_level(rf, officer, level, tone):
    request = rf.get("/")
    request.user = officer
    context = {"messages": [Message(level, "Klart <nu>")]}

    page = render_to_string("404.html", context, request)

    assert f'class="alert-box alert-{tone}"' in page
    assert "Klart &lt;nu&gt;" in page
