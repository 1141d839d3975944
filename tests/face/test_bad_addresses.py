"""An address that is typed, old or forged: every list is shown, and says in plain Swedish what it
did not understand."""

import pytest
from django.urls import reverse

from casework.list_filter import SAID
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import place, registered

LISTS = (
    "collaborations:list",
    "collaborations:enquiries",
    "dashboard:group",
    "dashboard:calendar",
    "dashboard:catalogue",
    "ledger:obligations",
    "ledger:year",
    "notices:list",
    "notices:untold",
    "organisations:list",
    "organisations:duplicates",
    "mail_texts:kinds",
    "advice:ask",
    "advice:meetings",
    "advice:members",
)
NAMES = ("sida", "ordning", "q", "enhet", "ar", "lage", "slag", "visa", "fran", "till")
NAMES += ("till_och_med", "steg", "form", "chef", "mina", "roll", "ansvarig", "uppfoljning")
NAMES += ("forvaltning", "organisation", "haller", "kalla")
WRONG = (
    "abc",
    "zzz",
    "-1",
    "99999",
    "9" * 40,
    "x" * 5000,
    "\0",
    "efter-\0",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "<script>alert(1)</script>",
    "%",
)


@pytest.fixture
def manager(client, db):
    at = place()
    registered(at)
    root = at.administration.root_unit
    client.force_login(UserFactory(manager_at=root, adviser_at=root, admin_at=root))
    return client


def said(context) -> set[str]:
    """Every sentence of the page's own form of filters."""
    form = context["filter"].form if "filter" in context else context.get("find")
    errors = form.errors.values() if form else ()
    return {sentence for sentences in errors for sentence in sentences}


@pytest.mark.parametrize("name", LISTS)
def test_a_bad_value_in_an_address_breaks_no_list(manager, name):
    for wrong in WRONG:
        asked = dict.fromkeys(NAMES, wrong)
        if name == "advice:ask":
            del asked["organisation"]  # one that there is none of is not found
        page = manager.get(reverse(name), asked)
        assert page.status_code == 200, wrong
        assert said(page.context) <= set(SAID.values()), wrong
        assert "<script>alert(1)" not in page.content.decode()


def test_what_is_not_understood_is_said_beside_its_field_and_narrows_nothing(manager):
    for name, field, wrong, sentence in (
        ("collaborations:list", "enhet", "zzz", SAID["invalid_choice"]),
        ("collaborations:list", "fran", "2026-02-30", SAID["invalid"]),
        ("collaborations:list", "q", "x" * 101, SAID["max_length"]),
        ("ledger:obligations", "lage", "xyz", SAID["invalid_choice"]),
        ("ledger:year", "ar", "99999", SAID["invalid_choice"]),
        ("notices:list", "till", "xyz", SAID["invalid_choice"]),
        ("notices:untold", "slag", "xyz", SAID["invalid_choice"]),
        ("mail_texts:kinds", "visa", "xyz", SAID["invalid_choice"]),
    ):
        page = manager.get(reverse(name), {field: wrong})
        assert said(page.context) == {sentence}, name
        assert page.content.decode().count(sentence) == 2, name  # above the page, and beside it
    assert manager.get(reverse("notices:untold"), {"slag": "xyz"}).context["listing"].count == 1
    page = manager.get(reverse("notices:untold"), {"enhet": "\0", "q": "\0"})
    assert (said(page.context), page.context["listing"].count) == (set(), 1)
