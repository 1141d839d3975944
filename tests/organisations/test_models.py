"""What must never be false about an organisation is held by the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from organisations.models import Contact, LegalForm, Organisation, Profile, Size
from tests.factories.accounts import AdministrationFactory, UnitFactory, UserFactory
from tests.factories.organisations import (
    ContactFactory,
    OrganisationFactory,
    ProfileFactory,
    SizeFactory,
    org_number,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["8510101234", "89999000", "8999900o07", ""])
def test_the_database_refuses_a_number_that_is_no_organisations(number):
    with (
        pytest.raises(IntegrityError, match="organisation_number_is_no_persons"),
        transaction.atomic(),
    ):
        OrganisationFactory(org_number=number)


def test_two_organisations_never_have_the_same_number():
    OrganisationFactory(org_number=org_number(7))

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(org_number=org_number(7))


@pytest.mark.parametrize(
    ("form", "number"), [(LegalForm.NETWORK, org_number(1)), (LegalForm.NONPROFIT, None)]
)
def test_a_network_and_nothing_else_lacks_a_number(form, number):
    with (
        pytest.raises(IntegrityError, match="organisation_network_has_no_number"),
        transaction.atomic(),
    ):
        OrganisationFactory(legal_form=form, org_number=number)


def test_many_networks_can_lack_a_number():
    OrganisationFactory.create_batch(2, network=True)

    assert Organisation.objects.filter(org_number=None).count() == 2


def test_an_unknown_legal_form_is_refused():
    with (
        pytest.raises(IntegrityError, match="organisation_known_form"),
        transaction.atomic(),
    ):
        OrganisationFactory(legal_form="guild")


def test_a_nameless_organisation_is_refused():
    with (
        pytest.raises(IntegrityError, match="organisation_has_a_name"),
        transaction.atomic(),
    ):
        OrganisationFactory(name="")


def test_an_organisation_has_one_profile_per_administration():
    profile = ProfileFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileFactory(organisation=profile.organisation, administration=profile.administration)


def test_a_size_says_at_least_one_thing():
    with pytest.raises(IntegrityError, match="size_says_something"), transaction.atomic():
        SizeFactory(members=None, employees=None, volunteers=None)


def test_a_size_is_noted_once_a_day_by_each_administration():
    size = SizeFactory()
    SizeFactory(organisation=size.organisation, as_of=size.as_of)

    with pytest.raises(IntegrityError), transaction.atomic():
        SizeFactory(
            organisation=size.organisation, administration=size.administration, as_of=size.as_of
        )


def test_a_contact_can_be_reached():
    with pytest.raises(IntegrityError, match="contact_can_be_reached"), transaction.atomic():
        ContactFactory(email="", phone="")


def test_a_network_can_never_sign_and_all_others_can():
    can_sign = {form for form in LegalForm if Organisation(legal_form=form).can_sign}

    assert can_sign == set(LegalForm) - {LegalForm.NETWORK}


def test_the_number_is_written_with_its_hyphen():
    assert OrganisationFactory(org_number="8999900007").number_written == "899990-0007"
    assert OrganisationFactory(network=True).number_written == ""


def test_names_sort_the_swedish_way_and_without_regard_to_case():
    for name in ["Öppna dörren", "ängen", "Zigenarliv", "Åkern", "zebran", "alen", "Äpplet"]:
        OrganisationFactory(name=name)

    assert [str(one) for one in Organisation.objects.all()] == [
        "alen", "zebran", "Zigenarliv", "Åkern", "ängen", "Äpplet", "Öppna dörren",
    ]  # fmt: skip


def test_a_new_name_changes_what_is_sorted_and_searched():
    organisation = OrganisationFactory(name="Alen")
    organisation.name = "Örnen"
    organisation.save(update_fields=["name"])

    kept = Organisation.objects.get()
    assert (kept.sort_key, kept.search_key.split()[-1]) == ("zzz3rnen", "örnen")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("åkern", ["Åkerns Vänner"]),
        ("ÅKERNS vän", ["Åkerns Vänner"]),
        ("vänner åkern", ["Åkerns Vänner"]),
        ("899990-0007", ["Åkerns Vänner"]),
        ("8999900007", ["Åkerns Vänner"]),
        ("0007", ["Åkerns Vänner"]),
        ("granen", []),
        ("100%", []),
        ("", ["Björken", "Åkerns Vänner"]),
    ],
)
def test_search_finds_names_and_numbers_whatever_the_case(text, found):
    OrganisationFactory(name="Åkerns Vänner", org_number="8999900007")
    OrganisationFactory(name="Björken", org_number="8999900015")

    assert [str(one) for one in Organisation.objects.searched(text)] == found


def test_anyone_who_sees_organisations_anywhere_sees_that_they_exist():
    organisation = OrganisationFactory(known_at=AdministrationFactory())
    somebody = UserFactory(procurement_at=UnitFactory())

    assert list(Organisation.objects.visible_to(somebody)) == [organisation]
    assert list(Organisation.objects.visible_to(UserFactory())) == []


def test_what_one_administration_knows_is_not_seen_by_another():
    own, other = UnitFactory(), UnitFactory()
    organisation = OrganisationFactory(known_at=[own.administration, other.administration])
    for unit in (own, other):
        ContactFactory(organisation=organisation, administration=unit.administration)
        SizeFactory(organisation=organisation, administration=unit.administration)
    somebody = UserFactory(officer_at=own)

    seen = [
        list(model.objects.visible_to(somebody).values_list("administration", flat=True))
        for model in (Profile, Contact, Size)
    ]

    assert seen == [[own.administration.pk]] * 3


def test_profiles_are_found_by_role():
    voice = ProfileFactory(roles=["voice", "performer"])
    ProfileFactory(roles=["service"])

    assert list(Profile.objects.with_role("voice")) == [voice]


def test_a_contact_is_out_of_date_the_day_after_its_last():
    contact = ContactFactory(valid_until=date(2026, 3, 1))

    assert contact.is_out_of_date is True
    assert ContactFactory().is_out_of_date is False
