"""Registering: once, with a true number, by somebody who may."""

from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from casework.moves import NotAllowed
from organisations.choices import LegalForm
from organisations.doubts import Doubtful, similar_to
from organisations.models import Organisation, Profile
from organisations.register import AlreadyRegistered, register
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.organisations import OrganisationFactory, org_number

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_loaded")]

KEY = UUID(int=7)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(unit):
    return UserFactory(name="Påhittad Handläggare", officer_at=unit)


def registering(officer, unit, **facts) -> Organisation:
    usual = {
        "form_key": uuid4(),
        "administration": unit.administration,
        "name": "Läxhjälpen Granen",
        "legal_form": LegalForm.NONPROFIT,
        "org_number": "899990-0007",
        "by": officer,
    }
    return register(**{**usual, **facts})


def test_an_organisation_is_registered_and_known_at_the_administration(unit, officer):
    made = registering(
        officer,
        unit,
        name="  Läxhjälpen   Granen ",
        roles=["voice", "service"],
        relations=["complement"],
        description="Läxhjälp",
    )

    kept = Organisation.objects.get()
    profile = Profile.objects.get()
    assert (kept.pk, kept.name, kept.org_number, kept.version, kept.created_by) == (
        made.pk,
        "Läxhjälpen Granen",
        "8999900007",
        1,
        officer,
    )
    assert (profile.organisation, profile.administration) == (kept, unit.administration)
    assert (profile.roles, profile.relations) == (["voice", "service"], ["complement"])
    assert profile.description == "Läxhjälp"


def test_the_registration_stands_in_the_log_without_free_text(unit, officer):
    made = registering(officer, unit, description="Läxhjälp", roles=["service"])

    event = Event.objects.of(made).get()
    assert (event.code, event.actor_name) == ("organisation_registered", "Påhittad Handläggare")
    assert event.details == {
        "administration": unit.administration.pk,
        "legal_form": "nonprofit",
        "org_number": "8999900007",
        "roles": ["service"],
        "relations": [],
    }


def test_the_same_form_sent_twice_registers_once(unit, officer):
    first = registering(officer, unit, form_key=KEY)

    assert registering(officer, unit, form_key=KEY) == first
    assert (Organisation.objects.count(), Event.objects.count()) == (1, 1)


def test_a_number_that_is_taken_points_at_who_has_it(unit, officer):
    other = OrganisationFactory(org_number="8999900007")

    with pytest.raises(AlreadyRegistered) as refusal:
        registering(officer, unit, org_number="16899990-0007")

    assert refusal.value.organisation == other
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"org_number": "802002-0000"}, "org_number"),
        ({"org_number": "850101-1236"}, "org_number"),
        ({"org_number": ""}, "org_number"),
        ({"legal_form": "network"}, "org_number"),
        ({"legal_form": "guild"}, "legal_form"),
        ({"name": "X"}, "name"),
        ({"name": "Anna 850101-1236"}, "name"),
        ({"description": "Kassör 850101-1236"}, "description"),
        ({"relation_note": "Kassör 850101-1236"}, "relation_note"),
        ({"roles": ["king"]}, "roles"),
        ({"relations": "within"}, "relations"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(unit, officer, facts, field):
    with pytest.raises(ValidationError) as refusal:
        registering(officer, unit, **facts)

    assert list(refusal.value.error_dict) == [field]
    assert (Organisation.objects.count(), Event.objects.count()) == (0, 0)


def test_a_network_is_registered_without_a_number(unit, officer):
    made = registering(officer, unit, legal_form=LegalForm.NETWORK, org_number=" ")

    assert (made.org_number, made.can_sign) == (None, False)


def test_a_similar_name_must_be_looked_at_and_can_then_be_confirmed(unit, officer):
    other = OrganisationFactory(name="Granens läxhjälp", org_number=org_number(3))

    with pytest.raises(Doubtful) as refusal:
        registering(officer, unit, name="Läxhjälpen Granens")
    doubts = refusal.value.doubts

    assert [(doubt.code, doubt.organisation) for doubt in doubts] == [(f"alike:{other.pk}", other)]
    assert Organisation.objects.count() == 1
    made = registering(officer, unit, name="Läxhjälpen Granens", confirmed=[doubts[0].code])
    assert Organisation.objects.get(pk=made.pk).name == "Läxhjälpen Granens"


def test_confirming_one_doubt_does_not_confirm_another(unit, officer):
    other = OrganisationFactory(name="Läxhjälpen Granen", org_number=org_number(3))

    with pytest.raises(Doubtful) as refusal:
        registering(
            officer,
            unit,
            org_number="559990-0007",
            confirmed=[f"alike:{other.pk}", "mismatch:7:nonprofit"],
        )

    assert [doubt.code for doubt in refusal.value.doubts] == [
        f"alike:{other.pk}",
        "mismatch:5:nonprofit",
    ]


def test_a_number_that_does_not_suit_the_form_must_be_confirmed(unit, officer):
    with pytest.raises(Doubtful, match="brukar stå för ett aktiebolag"):
        registering(officer, unit, org_number="559990-0007")

    made = registering(officer, unit, org_number="559990-0007", confirmed=["mismatch:5:nonprofit"])
    assert made.org_number == "5599900007"


@pytest.mark.parametrize(
    ("one", "other", "is_similar"),
    [
        ("Granens läxhjälp", "Läxhjälp Granens", True),
        ("Ideella föreningen Granen", "Föreningen Granen", True),
        ("Stiftelsen Öppna Dörren", "öppna dörren", True),
        ("Kulturföreningen Månskäran", "Kulturföreningen Manskäran", True),
        ("Natt Vandrarna", "Nattvandrarna", True),
        ("Föreningen Granen", "Föreningen Björken", False),
        ("Granen", "Granen i Norra Hamnen", False),
        ("Idrottsklubben Norra", "Idrottsklubben Södra", False),
        ("Föreningen för Ideell Stiftelse", "Granen", False),
        ("IK", "IF", False),
    ],
)
def test_names_are_compared_by_the_words_that_tell(one, other, is_similar):
    OrganisationFactory(name=one)

    assert bool(similar_to(Organisation(name=other))) is is_similar


def test_somebody_without_the_right_registers_nothing(unit):
    for stranger in (
        UserFactory(employee_at=unit),
        UserFactory(officer_at=UnitFactory()),
        UserFactory(adviser_at=unit),
        UserFactory(),
    ):
        with pytest.raises(NotAllowed, match="Du har inte rätt att registrera och ändra"):
            registering(stranger, unit)

    assert Organisation.objects.count() == 0


def test_when_the_log_cannot_be_written_nothing_is_registered(unit, officer, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("no log")

    monkeypatch.setattr("organisations.register.record", fails)

    with pytest.raises(RuntimeError, match="no log"):
        registering(officer, unit)

    assert (Organisation.objects.count(), Profile.objects.count()) == (0, 0)
