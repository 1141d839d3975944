"""Pairs that may be one organisation: found when a name is saved, settled by people."""

import time
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from casework.moves import NotAllowed
from organisations.doubts import Doubtful, like
from organisations.duplicates import all_pairs, keep, mark_not_same, note_duplicates
from organisations.edit import change_facts
from organisations.models import Name, Organisation, PossibleDuplicate
from organisations.register import register
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def admin(unit):
    return UserFactory(admin_at=unit.administration.root_unit)


@pytest.fixture
def officer(unit):
    return UserFactory(officer_at=unit)


def made(name: str, **facts) -> Organisation:
    organisation = OrganisationFactory(name=name, **facts)
    note_duplicates(organisation)
    return organisation


def pairs() -> list[tuple[str, str, str]]:
    found = PossibleDuplicate.objects.with_both().order_by("pk")
    return [(pair.one.name, pair.other.name, pair.why) for pair in found]


@pytest.mark.parametrize(
    ("one", "other", "network", "why"),
    [
        ("Föreningen Granen", "Granen", False, "same_name"),
        ("Föreningen Granen", "granen", True, "network"),
        ("Natt Vandrarna", "Nattvandrarna", False, "same_name"),
        ("Granens läxhjälp", "Läxhjälpen Granens", False, "similar"),
        ("Kulturhuset Månskäran", "Kulturhuset Manskäran", True, "similar"),
    ],
)
def test_a_pair_is_found_with_its_reason(one, other, network, why):
    made(one)
    made(other, network=network)

    assert pairs() == [(one, other, why)]


@pytest.mark.parametrize("other", ["Björken", "Granen i Norra Hamnen", "Grönan"])
def test_names_that_differ_make_no_pair(other):
    made("Granen")
    made(other)

    assert pairs() == []


def test_registering_anyway_is_remembered_as_a_possible_duplicate(unit, officer):
    other = made("Läxhjälpen Granen")
    facts = {
        "administration": unit.administration,
        "name": "Granen läxhjälpen",
        "legal_form": "network",
        "org_number": "",
        "by": officer,
    }
    with pytest.raises(Doubtful):
        register(form_key=uuid4(), **facts)
    register(form_key=uuid4(), confirmed=[f"alike:{other.pk}"], **facts)

    assert pairs() == [("Läxhjälpen Granen", "Granen läxhjälpen", "network")]


def test_an_old_name_is_still_like(unit, officer):
    organisation = made("Läxhjälpen Granen", known_at=unit.administration)
    change_facts(
        organisation,
        name="Ungdomsrummet",
        legal_form=organisation.legal_form,
        org_number=organisation.org_number,
        version=organisation.version,
        by=officer,
    )
    made("Läxhjälpen Granen", network=True)

    assert pairs() == [("Ungdomsrummet", "Läxhjälpen Granen", "old_name")]
    assert list(Organisation.objects.searched("läxhjälpen granen").order_by("pk")) == [
        organisation,
        Organisation.objects.get(name="Läxhjälpen Granen"),
    ]


def test_a_name_that_changes_takes_its_pair_away(unit, officer):
    first = made("Läxhjälpen Grannen", known_at=unit.administration)
    made("Läxhjälpen Granen")
    assert len(pairs()) == 1
    first.names.all().delete()  # as if it had never been called that
    first.name = "Ungdomsrummet"
    first.save()
    note_duplicates(first)

    assert pairs() == []


def test_that_they_are_two_is_remembered_with_its_reason(admin):
    one, other = made("Läxhjälpen Granen"), made("Granens läxhjälp")

    for _ in range(2):  # a second click
        mark_not_same(one, other, reason="Olika stadsdelar.", by=admin)
    note_duplicates(one)

    assert PossibleDuplicate.objects.open().count() == 0
    pair = PossibleDuplicate.objects.get()
    assert (pair.reason, pair.not_same_by) == ("Olika stadsdelar.", admin)
    for organisation in (one, other):
        assert [event.code for event in Event.objects.of(organisation)] == ["organisation_not_same"]


def test_what_was_settled_stays_so_when_the_names_are_alike_no_more(admin):
    one, other = made("Läxhjälpen Granen"), made("Granens läxhjälp")
    mark_not_same(one, other, reason="Olika stadsdelar.", by=admin)

    one.names.all().delete()
    note_duplicates(one)

    assert PossibleDuplicate.objects.get().reason == "Olika stadsdelar."


def test_officers_do_not_settle_it(officer):
    with pytest.raises(NotAllowed):
        mark_not_same(made("Granen"), made("Granen", network=True), reason="Nej", by=officer)


def test_all_pairs_are_those_that_each_would_find():
    for name in ("Granen", "Föreningen Granen", "Granens", "Björken", "Natt Granen", "Nattgranen"):
        made(name)
    one_by_one = set(PossibleDuplicate.objects.values_list("one", "other", "why"))
    PossibleDuplicate.objects.all().delete()

    keep(all_pairs())

    assert set(PossibleDuplicate.objects.values_list("one", "other", "why")) == one_by_one
    assert len(one_by_one) == 4


# --- pages


def test_the_list_costs_the_same_for_one_pair_and_for_three(client, admin):
    client.force_login(admin)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("organisations:duplicates"))
        return len(page.context["listing"].rows), len(asked)

    made("Granen")
    made("Granen", network=True)
    one = cost()
    for name in ("Björken", "Linden"):
        made(name)
        made(name, network=True)
    three = cost()

    assert (one[0], three[0]) == (1, 3)
    assert one[1] == three[1]


def test_the_organisations_page_hints_and_the_administrator_can_compare(client, admin, officer):
    one, other = made("Granen"), made("Granen", network=True)
    compare = reverse("organisations:merge", args=[one.pk, other.pk])
    texts = {}
    for person in (officer, admin):
        client.force_login(person)
        texts[person] = client.get(one.get_absolute_url()).content.decode()

    assert "Kan finnas två gånger" in texts[officer]
    assert compare not in texts[officer]
    assert compare in texts[admin]


def test_settling_on_the_page_needs_a_reason_and_leads_back(client, admin):
    one, other = made("Granen"), made("Granen", network=True)
    client.force_login(admin)
    url = reverse("organisations:not_same", args=[one.pk, other.pk])

    refused = client.post(url, {"reason": ""})
    done = client.post(url, {"reason": "Två stadsdelar."})

    assert (refused.status_code, done.status_code) == (422, 302)
    settled = client.get(reverse("organisations:duplicates"), {"visa": "avgjorda"})
    assert "Två stadsdelar." in settled.content.decode()
    assert client.get(done.url).context["listing"].rows == []


def test_a_large_register_is_searched_by_key():
    """No N²: what one name costs does not grow with the register."""
    words = [f"{a}{b}" for a in ("blå", "röd", "grå", "vit") for b in ("gran", "björk", "lind")]
    rows = [
        Organisation(name=f"{words[n % 12].capitalize()} {n * 7919:x}", legal_form="network")
        for n in range(2000)
    ]
    for row in rows:
        row.make_keys()
    Organisation.objects.bulk_create(rows)
    Name.objects.bulk_create([Name.of(row, row.name) for row in rows])
    organisation = OrganisationFactory(name="Blågran Läxhjälp")

    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        like(organisation, organisation.name)
    assert len(asked) == 1
    assert time.perf_counter() - begun < 1
