"""Two who register the same organisation at once, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from audit.models import Event
from casework.moves import NotAllowed, Stale
from organisations.merge import merge
from organisations.models import Contact, Organisation
from organisations.register import AlreadyRegistered, register
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both_at_once(monkeypatch):
    """Run two calls so that both have passed every check before either saves."""
    meeting = Barrier(2, timeout=30)
    monkeypatch.setattr("organisations.register.refuse_doubtful", lambda *_: meeting.wait())

    def alone(call):
        try:
            return call()
        except AlreadyRegistered as refusal:
            return refusal
        finally:
            connection.close()

    def run(one, other):
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(alone, (one, other)))

    return run


def registering(form_key, unit, officer):
    return lambda: register(
        form_key=form_key,
        administration=unit.administration,
        name="Läxhjälpen Granen",
        legal_form="nonprofit",
        org_number="899990-0007",
        by=officer,
    )


def test_of_two_with_the_same_number_one_is_registered_and_the_other_is_pointed_at_it(both_at_once):
    unit = UnitFactory()
    officer = UserFactory(officer_at=unit)

    results = both_at_once(registering(uuid4(), unit, officer), registering(uuid4(), unit, officer))

    kept = Organisation.objects.get()
    refusals = [result for result in results if isinstance(result, AlreadyRegistered)]
    assert [refusal.organisation for refusal in refusals] == [kept]
    assert [result for result in results if result not in refusals] == [kept]
    assert Event.objects.of(kept).count() == 1


def test_of_two_clicks_on_one_form_both_lead_to_the_one_that_was_registered(both_at_once):
    unit = UnitFactory()
    officer = UserFactory(officer_at=unit)
    form_key = uuid4()

    results = both_at_once(
        registering(form_key, unit, officer), registering(form_key, unit, officer)
    )

    kept = Organisation.objects.get()
    assert results == [kept, kept]
    assert Event.objects.of(kept).count() == 1


def test_of_two_merges_in_opposite_directions_one_wins_and_the_other_gets_the_reason():
    unit = UnitFactory()
    admin = UserFactory(admin_at=unit.administration.root_unit)
    one, other = (OrganisationFactory(network=True, name="Granen") for _ in range(2))
    meeting = Barrier(2, timeout=30)

    def merging(stays, goes):
        def call():
            meeting.wait()
            try:
                return merge(stays, goes, versions=(1, 1), by=admin)
            except (NotAllowed, Stale) as refusal:
                return refusal
            finally:
                connection.close()

        return call

    with ThreadPoolExecutor(2) as pool:
        results = [
            future.result()
            for future in [pool.submit(merging(one, other)), pool.submit(merging(other, one))]
        ]

    (kept,) = Organisation.objects.living()
    (refusal,) = [result for result in results if not isinstance(result, Organisation)]
    assert [result for result in results if result is not refusal] == [kept]
    assert "redan hopslagen" in str(refusal)
    assert Event.objects.filter(code="organisation_merged").count() == 1


def test_what_is_added_while_it_is_being_merged_goes_along_or_is_refused():
    """Somebody notes a contact on the one that goes, at the very moment."""
    unit = UnitFactory()
    admin = UserFactory(admin_at=unit.administration.root_unit)
    stays, goes = (OrganisationFactory(network=True, name="Granen") for _ in range(2))
    meeting = Barrier(2, timeout=30)

    def adding():
        meeting.wait()
        try:
            return ContactFactory(organisation=goes, administration=unit.administration)
        except DatabaseError as refusal:
            return refusal
        finally:
            connection.close()

    def merging():
        meeting.wait()
        try:
            return merge(stays, goes, versions=(1, 1), by=admin)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        added, kept = [future.result() for future in [pool.submit(adding), pool.submit(merging)]]

    assert kept == stays
    there = Contact.objects.filter(organisation=stays).count()
    assert there == (0 if isinstance(added, DatabaseError) else 1)
    assert not Contact.objects.filter(organisation=goes).exists()
