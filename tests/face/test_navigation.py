"""The menu is made of what a person may do, never of what they are called."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from dashboard.navigation import navigation
from tests.factories.accounts import AdministrationFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

ASKED = ["Min sida", "Organisationer", "Beredningsgruppen", "Frågor", "Regelverket"]
KEEPER = ["Ärenden", "Åtaganden", "Organisationer", "Beredningsgruppen", "Frågor", "Regelverket"]
WORKER = ["Min sida", *KEEPER]
READER = ["Ärenden", "Organisationer", "Beredningsgruppen", "Frågor", "Regelverket"]
ADVISER = ["Ärenden", "Åtaganden", "Organisationer", "Beredningsgruppen", "Frågor", "Regelverket"]
ADMINISTRATOR = [
    "Åtaganden",
    "Organisationer",
    "Beredningsgruppen",
    "Frågor",
    "Regelverket",
    "Mejltexter",
    "Grunduppgifter",
]

# Typed by hand from product.md §2, so that it can disagree with the table of permissions.
SEEN = {
    "manager_at": WORKER,
    "head_at": WORKER,
    "officer_at": WORKER,
    "unit_manager_at": READER,
    "employee_at": READER,
    "adviser_at": ADVISER,
    "procurement_at": ASKED,
    "finance_at": ASKED,
    "legal_at": ASKED,
    "communicator_at": ASKED,
    "secretary_at": WORKER,
    "registrar_at": KEEPER,
    "admin_at": ADMINISTRATOR,
}


def around(person, path="/"):
    request = RequestFactory().get(path)
    request.user = person
    return navigation(request)


@pytest.mark.parametrize(("role", "labels"), SEEN.items())
def test_the_menu_has_the_pages_that_the_role_may_open(role, labels):
    person = UserFactory(**{role: UnitFactory()})

    assert [entry["label"] for entry in around(person)["navigation"]] == labels


def test_two_roles_add_up():
    person = UserFactory(admin_at=UnitFactory(), adviser_at=UnitFactory())

    labels = [entry["label"] for entry in around(person)["navigation"]]

    assert labels == [*ADVISER, "Mejltexter", "Grunduppgifter"]


def test_a_person_without_a_role_has_only_what_everyone_has():
    assert [entry["label"] for entry in around(UserFactory())["navigation"]] == [
        "Min sida",
        "Beredningsgruppen",
        "Frågor",
        "Regelverket",
    ]


def test_a_stranger_sees_no_menu():
    shown = around(AnonymousUser())

    assert (shown["navigation"], shown["own_roles"], shown["mail_folder_url"]) == ([], [], "")


@pytest.mark.parametrize("units", [1, 3])
def test_it_costs_one_query_however_many_roles(units, django_assert_num_queries):
    person = UserFactory(officer_at=[UnitFactory() for _ in range(units)])

    with django_assert_num_queries(1):
        around(person)


def test_the_page_one_is_on_is_marked_also_deeper_down():
    person = UserFactory(officer_at=UnitFactory())

    current = [e["label"] for e in around(person, "/arenden/12/")["navigation"] if e["current"]]

    assert current == ["Ärenden"]


def test_only_the_front_page_itself_is_min_sida():
    person = UserFactory(officer_at=UnitFactory())

    current = [e["label"] for e in around(person, "/")["navigation"] if e["current"]]

    assert current == ["Min sida"]


def test_roles_are_named_as_the_administration_names_them():
    administration = AdministrationFactory(labels={"officer": "utredare"})
    unit = UnitFactory(administration=administration, name="Jobbtorg Ekbacken")

    assert around(UserFactory(officer_at=unit))["own_roles"] == ["utredare, Jobbtorg Ekbacken"]


def test_the_mailbox_is_offered_only_while_mails_go_to_a_folder(settings):
    person = UserFactory(officer_at=UnitFactory())

    settings.MAIL = "smtp"

    assert around(person)["mail_folder_url"] == ""
