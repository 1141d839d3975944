"""Two who register the same organisation at once, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from audit.models import Event
from organisations.models import Organisation
from organisations.register import AlreadyRegistered, register
from tests.factories.accounts import UnitFactory, UserFactory

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
