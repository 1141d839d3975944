"""What each role may do, typed by hand from the domain's table of roles, and who can read it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission, Role
from accounts.roles import PERMISSION_LABELS, ROLES, label_for
from tests.factories.accounts import (
    AdministrationFactory,
    RoleGrantFactory,
    UnitFactory,
    UserFactory,
)

OFFICERS = {
    "collaboration_see",
    "collaboration_register",
    "collaboration_prepare",
    "collaboration_follow_up",
    "collaboration_take_part",
    "collaboration_secrecy",
    "conflict_declare",
    "notice_resend",
    "mail_folder_see",
    "organisation_see",
    "organisation_edit",
}
MANAGERS = OFFICERS | {
    "collaboration_decide",
    "collaboration_board",
    "collaboration_hand_over",
    "conflict_rule",
    "shortcoming_receive",
    "obligation_waive",
}
HEADS = MANAGERS | {"agreement_sign_partnership"}
READERS = {"collaboration_see_running", "collaboration_take_part", "organisation_see"}
RECORD_KEEPERS = {
    "collaboration_see",
    "collaboration_take_part",
    "collaboration_number",
    "collaboration_secrecy",
    "organisation_see",
}
MATRIX = {
    "responsible_manager": MANAGERS,
    "head": HEADS,
    "officer": OFFICERS,
    "unit_manager": READERS | {"shortcoming_receive"},
    "employee": READERS,
    "advisory_group": {
        "collaboration_see",
        "group_see",
        "collaboration_take_part",
        "collaboration_advise",
        "conflict_declare",
        "organisation_see",
        "mail_folder_see",
    },
    "procurement": {"organisation_see", "referral_receive", "opinion_give"},
    "finance": {"organisation_see", "opinion_give"},
    "legal": {"organisation_see", "opinion_give"},
    "communicator": {"organisation_see"},
    "board_secretary": RECORD_KEEPERS | {"collaboration_board"},
    "registrar": RECORD_KEEPERS,
    "admin": {
        "questions_edit",
        "reference_data_edit",
        "group_edit",
        "mail_folder_see",
        "organisation_see",
        "organisation_merge",
        "organisation_import",
    },
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_the_table_says_and_no_more(role):
    assert {permission.value for permission in ROLES[role].permissions} == MATRIX[role.value]


def test_the_advisory_group_decides_nothing():
    decisions = {
        Permission.COLLABORATION_DECIDE,
        Permission.COLLABORATION_PREPARE,
        Permission.CONFLICT_RULE,
        Permission.COLLABORATION_HAND_OVER,
    }

    assert ROLES[Role.ADVISORY_GROUP].permissions & decisions == set()


def test_the_administrator_of_reference_data_sees_no_cases():
    sees = {Permission.COLLABORATION_SEE, Permission.COLLABORATION_SEE_RUNNING}

    assert ROLES[Role.ADMIN].permissions & sees == set()


def test_nobody_holds_what_the_program_does_itself():
    assert [role for role in Role if Permission.SYSTEM in ROLES[role].permissions] == []


def test_every_permission_has_words():
    assert set(PERMISSION_LABELS) == set(Permission)
    assert all(permission.label for permission in Permission)


def test_a_role_is_called_what_its_administration_calls_it():
    administration = AdministrationFactory.build(labels={"officer": "utredare", "head": ""})

    assert label_for(Role.OFFICER, administration) == "utredare"
    assert label_for(Role.HEAD, administration) == "högsta chef"
    assert label_for(Role.OFFICER) == "handläggare"


# --- the page Roller och rättigheter


@pytest.fixture
def person(db, client):
    somebody = UserFactory()
    client.force_login(somebody)
    return somebody


def shown(client) -> dict:
    return client.get(reverse("accounts:roles")).context


def test_anybody_logged_in_can_read_every_role(client, person):
    roles = {role["code"]: role["permissions"] for role in shown(client)["roles"]}

    assert list(roles) == [role.value for role in Role]
    assert len(roles["head"]) == len(HEADS)
    assert roles["procurement"] == [
        "ta emot ärenden som är köp och inte samverkan",
        "lämna yttranden",
        "se organisationer",
    ]


def test_the_page_uses_the_words_of_ones_own_administration(client, person):
    unit = UnitFactory(administration__labels={"officer": "utredare"})
    RoleGrantFactory(person=person, unit=unit)

    page = client.get(reverse("accounts:roles"))

    labels = {role["code"]: role["label"] for role in page.context["roles"]}
    assert (labels["officer"], labels["head"]) == ("utredare", "högsta chef")
    assert "<h3>Utredare</h3>" in page.content.decode()


def test_those_with_two_administrations_see_what_each_calls_a_role(client, person):
    one = UnitFactory(administration__name="A", administration__labels={"officer": "utredare"})
    other = UnitFactory(administration__name="B")
    for unit in (one, other):
        RoleGrantFactory(person=person, unit=unit)

    roles = {role["code"]: role for role in shown(client)["roles"]}

    assert roles["officer"]["label"] == "handläggare"
    assert [(str(c["administration"]), c["label"]) for c in roles["officer"]["called"]] == [
        ("A", "utredare"),
        ("B", "handläggare"),
    ]
    assert roles["head"]["called"] == []


def test_ones_own_grants_are_listed_with_their_time(client, person):
    today = timezone.localdate()
    for starts, ends in (
        (date(2020, 1, 1), None),
        (date(2019, 1, 1), today),
        (today + timedelta(days=1), today + timedelta(days=9)),
    ):
        RoleGrantFactory(person=person, starts_on=starts, ends_on=ends)
    RoleGrantFactory()

    assert [grant["state"] for grant in shown(client)["grants"]] == ["coming", "now", "over"]


def test_somebody_without_a_role_is_told_whom_to_ask(client, person):
    page = client.get(reverse("accounts:roles")).content.decode()

    assert "Du har ingen roll" in page


@pytest.mark.parametrize("grants", [1, 3])
def test_the_page_costs_the_same_for_one_role_and_for_many(
    client, person, grants, django_assert_num_queries
):
    for _ in range(grants):
        RoleGrantFactory(person=person)

    with django_assert_num_queries(4):  # session, user, grants of today, all grants
        page = client.get(reverse("accounts:roles"))

    assert len(page.context["grants"]) == grants
