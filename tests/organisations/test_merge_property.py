"""Whatever is registered, renamed and merged: nothing is lost, every number leads somewhere."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.verify import breaks
from casework.moves import NotAllowed
from organisations.doubts import doubts_about
from organisations.edit import change_facts
from organisations.merge import merge
from organisations.models import Contact, Organisation, Profile
from organisations.relations import pointing, rows_of
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory, org_number

SERIAL = count()
NAMES = ["Granen", "Björken", "Granens läxhjälp", "Natt Granen", "Nattgranen"]
picks = st.integers(0, 30)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.sampled_from(NAMES), st.booleans()),
        st.tuples(st.just("rename"), picks, st.sampled_from(NAMES)),
        st.tuples(st.just("merge"), picks, picks),
    ),
    min_size=3,
    max_size=12,
)


class City:
    def __init__(self):
        self.unit = UnitFactory()
        self.officer = UserFactory(officer_at=self.unit)
        self.admin = UserFactory(admin_at=self.unit.administration.root_unit)
        self.made: list[Organisation] = []
        self.contacts = 0

    def pick(self, number: int) -> Organisation | None:
        if not self.made:
            return None
        return Organisation.objects.get(pk=self.made[number % len(self.made)].pk)

    def register(self, name: str, network: bool) -> None:
        facts = {"org_number": None if network else org_number(next(SERIAL)), "network": network}
        made = OrganisationFactory(name=name, known_at=self.unit.administration, **facts)
        ContactFactory(organisation=made, administration=self.unit.administration)
        self.made.append(made)
        self.contacts += 1

    def rename(self, number: int, name: str) -> None:
        one = self.pick(number)
        if one is None or one.merged_into:
            return
        one.name = name
        codes = [doubt.code for doubt in doubts_about(one)]
        facts = {"legal_form": one.legal_form, "org_number": one.org_number or ""}
        given = {"version": one.version, "confirmed": codes, "by": self.officer}
        change_facts(one, name=name, **facts, **given)

    def merge(self, one: int, other: int) -> None:
        stays, goes = self.pick(one), self.pick(other)
        if stays is None:
            return
        versions = (stays.version, goes.version)
        try:
            merge(stays, goes, versions=versions, apart=True, by=self.admin)
        except NotAllowed:
            assert stays == goes or stays.merged_into or goes.merged_into


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts)
def test_no_reference_is_lost_and_every_number_leads_to_one_that_lives(sequence):
    Contact.objects.all().delete()
    city = City()
    for verb, *facts in sequence:
        getattr(city, verb)(*facts)

    own = Organisation.objects.filter(pk__in=[one.pk for one in city.made])
    gone = own.exclude(merged_into=None)
    assert Contact.objects.filter(organisation__in=own.living()).count() == city.contacts
    assert not any(rows_of(key, one).exists() for one in gone for key in pointing())
    assert all(one.merged_into.merged_into is None for one in gone)
    for made in city.made:
        if made.org_number:
            found = Organisation.objects.number(made.org_number)
            assert found.merged_into is None
            assert made.org_number in found.search_key
    for one in own.living():
        assert Profile.objects.filter(organisation=one).count() == 1
    assert list(breaks()) == []
