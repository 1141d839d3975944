"""An attestation counts for a year, and while the collaboration runs a new one is owed in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit import clock
from collaborations import renewals
from collaborations.models import Step
from collaborations.steps.end import end
from notifications.models import Obligation
from tests.factories.collaborations import case_at, place
from tests.factories.once import made_once
from tests.factories.organisations import AttestationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
A_YEAR_AGO = clock.years_after(TODAY, -1)
A_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        organisation = OrganisationFactory(known_at=at.administration)
        case, _ = case_at(Step.ONGOING, at, organisations=[organisation])
        yield case, organisation, at


def attested(city, on):
    _, organisation, at = city
    return AttestationFactory(
        organisation=organisation, administration=at.administration, attested_on=on
    )


def test_a_new_attestation_is_owed_from_two_months_before_the_old_one_ends(city):
    case, organisation, at = city
    old = attested(city, A_YEAR_AGO + renewals.IN_ADVANCE)

    assert [renewals.sweep(day) for day in (TODAY - A_DAY, TODAY, TODAY)] == [0, 1, 0]
    owed = Obligation.objects.get(kind="renewal")
    assert (owed.owner, owed.due_on, owed.about) == (at.officer, old.valid_until, case.chain)
    assert owed.path == f"/organisationer/{organisation.pk}/intyg/nytt/"


def test_a_newer_attestation_meets_it(city):
    attested(city, A_YEAR_AGO)
    renewals.sweep(TODAY)
    attested(city, TODAY)

    assert [renewals.sweep(TODAY), renewals.sweep(TODAY)] == [1, 0]
    assert Obligation.objects.get(kind="renewal").met_by == "nytt intygande"


def test_none_is_owed_where_the_newest_still_counts_or_it_is_another_administrations(city):
    _, organisation, _ = city
    attested(city, A_YEAR_AGO)
    attested(city, TODAY)
    AttestationFactory(organisation=organisation, attested_on=A_YEAR_AGO)

    assert renewals.sweep(TODAY) == 0


def test_nothing_is_owed_any_more_when_the_collaboration_has_ended(city):
    case, _, at = city
    case.refresh_from_db()
    attested(city, A_YEAR_AGO)
    renewals.sweep(TODAY)

    end(case, reasons="Klart.", ended_on=TODAY, by=at.manager, version=case.version)

    assert Obligation.objects.get(kind="renewal").waived_reason == "Samverkan har avslutats."
    assert renewals.sweep(TODAY) == 0


def test_nothing_is_written_of_a_collaboration_that_ended_while_the_sweep_was_at_it(city):
    case, _, at = city
    case.refresh_from_db()
    attested(city, A_YEAR_AGO)
    found = renewals.lacking(TODAY)
    end(case, reasons="Klart.", ended_on=TODAY, by=at.manager, version=case.version)

    assert [renewals.write(*row) for row in found] == [0]
    assert not Obligation.objects.filter(kind="renewal").exists()


@pytest.mark.parametrize("many", [1, 3])
def test_a_sweep_asks_as_often_however_many_there_are(city, many, django_assert_num_queries):
    for _ in range(many):
        attested(city, A_YEAR_AGO)
    renewals.sweep(TODAY)

    with django_assert_num_queries(5):
        assert renewals.sweep(TODAY) == 0
