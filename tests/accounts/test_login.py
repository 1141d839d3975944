"""Logging in: e-mail and password, and no other way in."""

import pytest
from django.contrib import auth
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import get_resolver, reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = "/konto/logga-in/"


@pytest.fixture
def person():
    return UserFactory(email="astrid.ek@staden.example")


@pytest.fixture
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mail


def login(client, email: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


@pytest.mark.parametrize(
    "email", ["astrid.ek@staden.example", "Astrid.EK@Staden.Example", " astrid.ek@staden.example "]
)
def test_a_person_logs_in_whatever_the_case_of_the_address(client, person, email):
    page = login(client, email)

    assert (page.status_code, page.url) == (302, "/")
    assert auth.get_user(client) == person


def test_addresses_are_kept_in_small_letters_since_logins_are_looked_up_so():
    made = User.objects.create_user("Astrid.Ek@Staden.example", PASSWORD, name="Astrid Ek")
    cleaned = User(email="Bo.Ek@staden.example", name="Bo Ek", password="x")
    cleaned.full_clean()

    assert (made.email, cleaned.email) == ("astrid.ek@staden.example", "bo.ek@staden.example")
    with pytest.raises(IntegrityError, match="user_email_in_small_letters"), transaction.atomic():
        UserFactory(email="Cecilia.Ek@staden.example")


@pytest.mark.parametrize(
    ("email", "password"),
    [("astrid.ek@staden.example", "fel-lösenord"), ("okand@staden.example", PASSWORD)],
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_clear_words(
    client, person, email, password
):
    page = login(client, email, password)

    assert page.status_code == 200
    assert page.context["form"].non_field_errors() == [
        "Fel e-postadress eller lösenord. Försök igen."
    ]
    assert page.context["form"]["login"].value() == email
    assert auth.get_user(client).is_anonymous


def test_an_inactive_person_does_not_get_in(client):
    UserFactory(email="slutat@staden.example", is_active=False)

    page = login(client, "slutat@staden.example")

    assert auth.get_user(client).is_anonymous
    assert page.status_code in (200, 302)


def test_somebody_made_inactive_is_out_at_once(client, person):
    login(client, person.email)
    User.objects.update(is_active=False)

    assert client.get(reverse("accounts:roles")).status_code == 302


def test_one_comes_to_the_page_one_asked_for(client, person):
    asked = client.get(reverse("accounts:roles"))

    page = client.post(
        asked.url, {"login": person.email, "password": PASSWORD, "next": "/konto/roller/"}
    )

    assert page.url == "/konto/roller/"


def test_the_login_leads_nowhere_outside(client, person):
    page = client.post(
        LOGIN,
        {"login": person.email, "password": PASSWORD, "next": "https://elsewhere.example/"},
    )

    assert page.url == "/"


def test_nobody_can_sign_up(client, person):
    signup = reverse("account_signup")

    for page in (
        client.get(signup),
        client.post(signup, {"email": "ny@staden.example", "password1": PASSWORD}),
    ):
        assert (page.status_code, page.url.split("?")[0]) == (302, LOGIN)
    client.force_login(person)
    assert client.post(signup).url == LOGIN
    assert User.objects.count() == 1


def test_logging_out_takes_a_press_of_a_button(client, person):
    client.force_login(person)

    assert client.get("/konto/logga-ut/").status_code == 200
    assert auth.get_user(client) == person
    assert client.post("/konto/logga-ut/").url == LOGIN
    assert auth.get_user(client).is_anonymous


def test_every_page_of_the_login_can_be_opened(client, person):
    for route in (
        "account_login",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ):
        assert client.get(reverse(route)).status_code == 200
    client.force_login(person)
    assert client.get(reverse("account_change_password")).status_code == 200


def test_a_forgotten_password_is_replaced_by_way_of_a_mail(client, person, mailbox):
    page = client.post(reverse("account_reset_password"), {"email": "ASTRID.ek@staden.example"})
    link = next(word for word in mailbox.outbox[0].body.split() if "/konto/losenord/" in word)

    form = client.get("/konto/losenord/" + link.split("/konto/losenord/")[1], follow=True)
    new = {"password1": "tallen-vid-havet-27", "password2": "tallen-vid-havet-27"}
    done = client.post(form.redirect_chain[-1][0], new)

    assert page.url == reverse("account_reset_password_done")
    assert mailbox.outbox[0].to == ["astrid.ek@staden.example"]
    assert done.url == reverse("account_reset_password_from_key_done")
    login(client, person.email, "tallen-vid-havet-27")
    assert auth.get_user(client) == person


def test_asking_for_an_unknown_address_tells_nothing(client, mailbox):
    page = client.post(reverse("account_reset_password"), {"email": "okand@staden.example"})

    assert page.url == reverse("account_reset_password_done")
    assert "signup" not in "".join(letter.body for letter in mailbox.outbox)


def test_a_person_changes_their_own_password(client, person):
    client.force_login(person)
    new = "tallen-vid-havet-27"

    wrong = client.post(
        reverse("account_change_password"),
        {"oldpassword": "fel", "password1": new, "password2": new},
    )
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert list(wrong.context["form"].errors) == ["oldpassword"]
    person.refresh_from_db()
    assert person.check_password(new) is True


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kort", "Det här lösenordet är för kort. Det måste innehålla minst 8 tecken."),
        ("password123", "Detta lösenord är alldeles för vanligt."),
        ("83920174655", "Detta lösenord är enbart numeriskt."),
    ],
)
def test_a_poor_password_is_refused_in_swedish(client, person, password, sentence):
    client.force_login(person)

    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    assert page.context["form"].errors["password1"] == [sentence]


OPEN = {
    "account_login", "account_inactive", "account_logout", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}  # fmt: skip


def test_every_page_but_those_of_the_login_asks_who_one_is(client):
    mounted = {
        pattern.name: pattern
        for pattern in get_resolver("accounts.urls").url_patterns
        if getattr(pattern, "name", None)
    }

    closed = {name for name in mounted if name not in OPEN}

    assert closed == {"account_signup", "account_change_password"}
    for name in (*closed, "accounts:roles"):
        assert client.get(reverse(name)).url.startswith(LOGIN)


def test_what_was_typed_when_the_login_had_ended_is_shown_and_not_lost(client):
    sent = {
        "done": "Fjorton par <har> träffats.",
        "held_on": "2026-11-20",
        "old_password": "hemliga ord",
    }

    page = client.post("/arenden/8/uppfoljning/", sent)

    assert page.status_code == 403
    said = page.content.decode()
    assert "Du hade blivit utloggad, och inget sparades" in said
    assert "Fjorton par &lt;har&gt; träffats." in said
    assert "hemliga ord" not in said
    assert f'href="{LOGIN}?next=/arenden/8/uppfoljning/"' in said


def test_a_form_without_words_leads_to_the_login_as_ever(client):
    page = client.post("/arenden/8/uppfoljning/", {"held_on": "2026-11-20"})

    assert (page.status_code, page.url) == (302, f"{LOGIN}?next=/arenden/8/uppfoljning/")
