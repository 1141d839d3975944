"""Annual documents are asked for anew in time, while a formal collaboration runs (I-54)."""

from datetime import date, timedelta

import pytest

from collaborations import annual_documents
from collaborations.models import Collaboration
from notifications.models import Obligation
from organisations.choices import DocumentKind
from tests.factories.collaborations import place
from tests.factories.formal import ongoing
from tests.factories.held import HeldDocumentFactory
from tests.factories.once import made_once
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db
# Annual documents count for eighteen months after the last day of their year.
ENDS = date(2028, 6, 30)
TWO_MONTHS_BEFORE = ENDS - timedelta(days=60)
A_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        organisation = OrganisationFactory(known_at=at.administration)
        yield ongoing(at, organisations=[organisation]), organisation, at


def handed_in(city, year, kind=DocumentKind.ACCOUNTS, **facts):
    _, organisation, at = city
    return HeldDocumentFactory(
        organisation=organisation,
        administration=facts.pop("administration", at.administration),
        kind=kind,
        covers_from=date(year, 1, 1),
        covers_to=date(year, 12, 31),
        **facts,
    )


def test_new_ones_are_owed_from_two_months_before_the_first_counts_no_longer(city):
    case, organisation, at = city
    handed_in(city, 2026)
    handed_in(city, 2027, DocumentKind.AUDIT)

    days = (TWO_MONTHS_BEFORE - A_DAY, TWO_MONTHS_BEFORE, TWO_MONTHS_BEFORE)
    assert [annual_documents.sweep(day) for day in days] == [0, 1, 0]
    owed = Obligation.objects.get(kind="annual_documents")
    assert (owed.owner, owed.due_on, owed.about) == (at.officer, ENDS, case.chain)
    assert owed.path == f"/organisationer/{organisation.pk}/underlag/"


def test_it_is_met_when_all_that_are_there_count_beyond_the_day(city):
    handed_in(city, 2026)
    handed_in(city, 2026, DocumentKind.AUDIT)
    annual_documents.sweep(ENDS)

    handed_in(city, 2027)
    assert annual_documents.sweep(ENDS) == 0
    handed_in(city, 2027, DocumentKind.AUDIT)
    assert annual_documents.sweep(ENDS) == 1
    assert Obligation.objects.get(kind="annual_documents").met_by == "nya årshandlingar"


def test_another_administrations_documents_and_statutes_are_not_asked_about(city):
    elsewhere = place()
    handed_in(city, 2026, administration=elsewhere.administration)
    handed_in(city, 2026, DocumentKind.STATUTES)

    assert annual_documents.sweep(ENDS) == 0


def test_an_informal_collaboration_is_not_asked_for_them(city):
    case, _, _ = city
    handed_in(city, 2026)
    running = annual_documents.running()

    assert list(running) == [Collaboration.objects.get(pk=case.pk)]
    assert "informal" not in set(running.values_list("form", flat=True))


@pytest.mark.parametrize("many", [1, 3])
def test_a_sweep_asks_as_often_however_many_there_are(city, many, django_assert_num_queries):
    for number in range(many):
        handed_in(city, 2026 - number)
    annual_documents.sweep(ENDS)

    with django_assert_num_queries(4):
        assert annual_documents.sweep(ENDS) == 0
