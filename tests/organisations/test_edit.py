"""Changing what is known: what all share, and what one administration knows."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event, Revision
from audit.record import fingerprint
from casework.moves import NotAllowed, Stale
from organisations.contacts import add_contact, change_contact, remove_contact
from organisations.doubts import Doubtful
from organisations.edit import change_facts, describe, may_change_facts, note_size
from organisations.models import Contact, Organisation, Profile, Size
from organisations.register import AlreadyRegistered
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.organisations import (
    ContactFactory,
    OrganisationFactory,
    ProfileFactory,
    org_number,
)

pytestmark = pytest.mark.django_db

KEY = UUID(int=7)
DAY = date(2026, 3, 1)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(unit):
    return UserFactory(officer_at=unit)


@pytest.fixture
def organisation(unit):
    return OrganisationFactory(name="Granen", org_number="8999900007", known_at=unit.administration)


def changing(organisation, by, **facts) -> None:
    usual = {"name": "Granen", "legal_form": "nonprofit", "org_number": "8999900007", "version": 1}
    change_facts(organisation, **{**usual, **facts}, by=by)


def events(organisation) -> list[str]:
    return [event.code for event in Event.objects.of(organisation)]


# --- what all share


def test_a_new_name_is_saved_and_the_old_one_can_be_read_beside_the_log(organisation, officer):
    changing(organisation, officer, name="Granens vänner")

    kept = Organisation.objects.get()
    event = Event.objects.of(kept).get()
    assert (kept.name, kept.version) == ("Granens vänner", 2)
    assert event.code == "organisation_changed"
    assert event.details["changed"] == {
        "name": [f"text:{fingerprint('Granen')}", f"text:{fingerprint('Granens vänner')}"]
    }
    assert [(r.field, r.text) for r in Revision.objects.all()] == [("name", "Granen")]


def test_a_form_saved_without_changes_leaves_no_trace(organisation, officer):
    changing(organisation, officer)

    assert (Organisation.objects.get().version, events(organisation)) == (1, [])


def test_an_older_form_saves_nothing_over_a_newer_one(organisation, officer):
    changing(organisation, officer, name="Granens vänner")

    with pytest.raises(Stale) as stale:
        changing(organisation, officer, name="Granens ovänner")

    assert stale.value.current.name == "Granens vänner"
    assert Organisation.objects.get().name == "Granens vänner"


def test_a_network_that_becomes_an_association_gets_its_number(officer, unit):
    network = OrganisationFactory(name="Nätet", network=True, known_at=unit.administration)

    changing(network, officer, name="Nätet", org_number="899990-0015")

    kept = Organisation.objects.get()
    assert (kept.org_number, kept.can_sign) == ("8999900015", True)
    assert Event.objects.of(kept).get().details["changed"] == {
        "legal_form": ["network", "nonprofit"],
        "org_number": [None, "8999900015"],
    }


def test_another_organisations_number_cannot_be_taken(organisation, officer):
    other = OrganisationFactory(org_number="8999900015")

    with pytest.raises(AlreadyRegistered) as refusal:
        changing(organisation, officer, org_number="899990-0015")

    assert refusal.value.organisation == other


def test_a_name_changed_into_anothers_must_be_confirmed(organisation, officer):
    other = OrganisationFactory(name="Björken", org_number=org_number(5))

    with pytest.raises(Doubtful):
        changing(organisation, officer, name="Björken")

    changing(organisation, officer, name="Björken", confirmed=[f"alike:{other.pk}"])
    assert Organisation.objects.filter(name="Björken").count() == 2


@pytest.mark.parametrize(
    "facts", [{"name": ""}, {"org_number": "850101-1236"}, {"legal_form": "network"}]
)
def test_wrong_facts_change_nothing(organisation, officer, facts):
    with pytest.raises(ValidationError):
        changing(organisation, officer, **facts)

    assert (Organisation.objects.get().version, events(organisation)) == (1, [])


def test_those_who_know_an_organisation_change_it_and_others_do_not(organisation, officer, unit):
    elsewhere = UserFactory(officer_at=UnitFactory())
    unknown = OrganisationFactory()

    assert may_change_facts(officer, organisation) is True
    assert may_change_facts(elsewhere, organisation) is False
    assert may_change_facts(elsewhere, unknown) is True
    assert may_change_facts(UserFactory(employee_at=unit), organisation) is False
    assert may_change_facts(UserFactory(employee_at=unit), unknown) is False
    with pytest.raises(NotAllowed, match="Bara en förvaltning som känner organisationen"):
        changing(organisation, elsewhere, name="Nytt")


# --- what one administration knows


def test_describing_an_organisation_makes_it_known_here(officer, unit):
    organisation = OrganisationFactory()

    describe(
        organisation, unit.administration, version=0, roles=["voice"], description="Kör", by=officer
    )

    profile = Profile.objects.get()
    assert (profile.administration, profile.roles, profile.version) == (
        unit.administration,
        ["voice"],
        1,
    )
    assert Event.objects.of(organisation).get().details == {
        "administration": unit.administration.pk,
        "changed": {
            "roles": [[], ["voice"]],
            "description": ["text:", f"text:{fingerprint('Kör')}"],
        },
    }


def test_an_organisation_can_be_made_known_without_a_word(officer, unit):
    organisation = OrganisationFactory()

    describe(organisation, unit.administration, version=0, roles=[], by=officer)

    assert (Profile.objects.count(), events(organisation)) == (1, ["organisation_described"])


def test_an_older_description_saves_nothing_over_a_newer_one(organisation, officer, unit):
    describe(organisation, unit.administration, version=1, description="Ny", by=officer)

    for version in (0, 1):
        with pytest.raises(Stale) as stale:
            describe(
                organisation, unit.administration, version=version, description="Gammal", by=officer
            )
        assert stale.value.current.description == "Ny"
    assert Profile.objects.get().description == "Ny"


def test_an_unchanged_description_leaves_no_trace(organisation, officer, unit):
    profile = Profile.objects.get()

    describe(
        organisation,
        unit.administration,
        version=1,
        description=profile.description,
        procurement_assessed_on=None,
        by=officer,
    )

    assert (Profile.objects.get().version, events(organisation)) == (1, [])


def test_the_day_of_a_procurement_assessment_is_told_as_a_day(organisation, officer, unit):
    describe(organisation, unit.administration, version=1, procurement_assessed_on=DAY, by=officer)

    changed = Event.objects.of(organisation).get().details["changed"]
    assert changed == {"procurement_assessed_on": [None, "2026-03-01"]}


def test_nobody_describes_an_organisation_for_another_administration(organisation, officer):
    elsewhere = UnitFactory().administration

    with pytest.raises(NotAllowed):
        describe(organisation, elsewhere, version=0, roles=[], by=officer)

    assert Profile.objects.filter(administration=elsewhere).count() == 0


# --- size


def sizing(organisation, unit, by, **figures) -> Size:
    usual = {"as_of": DAY, "members": 12, "employees": None, "volunteers": None}
    return note_size(organisation, unit.administration, **{**usual, **figures}, by=by)


def test_sizes_are_noted_day_by_day(organisation, officer, unit):
    sizing(organisation, unit, officer)
    sizing(organisation, unit, officer, as_of=date(2026, 4, 1), members=14)

    sizes = Size.objects.order_by("as_of").values_list("members", flat=True)
    assert list(sizes) == [12, 14]
    assert events(organisation) == ["organisation_size_noted"] * 2


def test_the_same_figures_sent_twice_are_noted_once(organisation, officer, unit):
    first = sizing(organisation, unit, officer)

    assert sizing(organisation, unit, officer) == first
    assert events(organisation) == ["organisation_size_noted"]


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"members": 13}, "Det finns redan uppgifter för den dagen."),
        ({"members": None, "as_of": date(2026, 4, 1)}, "Fyll i minst en av uppgifterna."),
        ({"as_of": date(2999, 1, 1)}, "Dagen kan inte ligga framåt i tiden."),
    ],
)
def test_a_size_that_cannot_be_is_refused(organisation, officer, unit, figures, sentence):
    sizing(organisation, unit, officer)

    with pytest.raises(ValidationError) as refusal:
        sizing(organisation, unit, officer, **figures)

    assert refusal.value.messages == [sentence]
    assert Size.objects.count() == 1


def test_nobody_notes_a_size_without_the_right(organisation, unit):
    with pytest.raises(NotAllowed):
        sizing(organisation, unit, UserFactory(employee_at=unit))


# --- contacts


def contact_facts(**facts) -> dict:
    usual = {"name": "Påhittad Kontakt", "role": "ordförande", "email": "k@forening.example"}
    return {**usual, "phone": "", "source": "organisation", "valid_until": DAY, **facts}


def test_a_contact_is_added_once_and_the_log_does_not_say_who(organisation, officer, unit):
    for _ in range(2):
        added = add_contact(
            organisation, unit.administration, form_key=KEY, by=officer, **contact_facts()
        )

    event = Event.objects.of(organisation).get()
    assert Contact.objects.get() == added
    assert event.details == {
        "administration": unit.administration.pk,
        "contact": added.pk,
        "fields": ["email", "name", "phone", "role", "source", "valid_until"],
    }
    assert Revision.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Kontakt 850101-1236"}, "name"),
        ({"role": "850101-1236"}, "role"),
        ({"email": "850101-1236@forening.example"}, "email"),
        ({"email": "ingen adress"}, "email"),
        ({"phone": "850101-1236"}, "phone"),
        ({"source": "skvaller"}, "source"),
        ({"email": ""}, "__all__"),
    ],
)
def test_a_contact_that_will_not_do_is_refused(organisation, officer, unit, facts, field):
    with pytest.raises(ValidationError) as refusal:
        add_contact(
            organisation, unit.administration, form_key=KEY, by=officer, **contact_facts(**facts)
        )

    assert list(refusal.value.error_dict) == [field]
    assert Contact.objects.count() == 0


def test_a_contact_is_changed_and_an_older_form_saves_nothing(organisation, officer, unit):
    contact = ContactFactory(organisation=organisation, administration=unit.administration)

    change_contact(contact, version=1, phone="08-123 45 67", email=contact.email, by=officer)
    with pytest.raises(Stale):
        change_contact(contact, version=1, phone="08-765 43 21", by=officer)

    kept = Contact.objects.get()
    assert (kept.phone, kept.version) == ("08-123 45 67", 2)
    assert Event.objects.of(organisation).get().details["fields"] == ["phone"]


def test_a_contact_saved_without_changes_leaves_no_trace(organisation, officer, unit):
    contact = ContactFactory(organisation=organisation, administration=unit.administration)

    change_contact(contact, version=1, name=contact.name, by=officer)

    assert (Contact.objects.get().version, events(organisation)) == (1, [])


def test_a_removed_contact_is_gone_for_good_and_a_second_click_does_nothing(
    organisation, officer, unit
):
    contact = ContactFactory(organisation=organisation, administration=unit.administration)
    again = Contact.objects.get()

    remove_contact(contact, by=officer)
    remove_contact(again, by=officer)

    assert (Contact.objects.count(), events(organisation)) == (0, ["contact_removed"])


def test_contacts_are_kept_by_their_own_administration_alone(organisation, officer):
    other = ContactFactory(organisation=organisation)

    for refused in (
        lambda: add_contact(
            organisation, other.administration, form_key=KEY, by=officer, **contact_facts()
        ),
        lambda: change_contact(other, version=1, name="Nytt", by=officer),
        lambda: remove_contact(other, by=officer),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert Contact.objects.get().name == other.name


def test_nothing_is_saved_when_the_log_cannot_be_written(organisation, officer, unit, monkeypatch):
    contact = ContactFactory(organisation=organisation, administration=unit.administration)

    def fails(*_, **__):
        raise RuntimeError("no log")

    monkeypatch.setattr("organisations.edit.record", fails)
    monkeypatch.setattr("organisations.contacts.record", fails)

    for refused in (
        lambda: changing(organisation, officer, name="Nytt namn"),
        lambda: describe(
            organisation, unit.administration, version=1, description="Ny", by=officer
        ),
        lambda: sizing(organisation, unit, officer),
        lambda: change_contact(contact, version=1, name="Ny", by=officer),
        lambda: remove_contact(contact, by=officer),
    ):
        with pytest.raises(RuntimeError, match="no log"):
            refused()
    assert Organisation.objects.get().name == "Granen"
    assert Profile.objects.get().description == ProfileFactory.description
    assert (Size.objects.count(), Contact.objects.get().name) == (0, contact.name)
