"""What an organisation has had of small aid in three years, and the ceiling (domain 2.7)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from agreements.aid import begins, ceiling_on, recipients
from agreements.models import Aid, Terms
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.aid import CEILING, aid_line, amounts
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 10)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def by(unit):
    return UserFactory(officer_at=unit)


@pytest.fixture
def organisation():
    return OrganisationFactory()


def stands(organisation, unit, terms=None, day=DAY):
    terms = terms or Terms.objects.create()
    return recipients(terms, [organisation], day, here=unit.administration_id)[0]


@pytest.mark.parametrize(
    ("given_on", "counts"),
    [
        (date(2023, 3, 9), False),
        (date(2023, 3, 10), True),
        (date(2024, 12, 31), True),
        (DAY, True),
        (DAY + timedelta(days=1), False),
    ],
)
def test_the_last_three_years_roll_from_day_to_day(organisation, unit, by, given_on, counts):
    aid_line(organisation, unit, by, given_on=given_on)

    assert stands(organisation, unit).total == (100_000 if counts else 0)


def test_three_years_before_the_29th_of_february_is_the_28th():
    assert begins(date(2028, 2, 29)) == date(2025, 2, 28)


def test_units_and_administrations_are_added_up_and_told_apart(organisation, unit, by):
    another_unit = UnitFactory(administration=unit.administration)
    elsewhere = UnitFactory()
    aid_line(organisation, unit, by, given_on=DAY, value=1)
    aid_line(organisation, another_unit, by, given_on=DAY, value=20)
    aid_line(organisation, elsewhere, by, given_on=DAY, value=300)
    aid_line(OrganisationFactory(), unit, by, given_on=DAY, value=4_000)

    found = stands(organisation, unit)

    assert (found.own, found.elsewhere, found.total) == (21, 300, 321)
    assert stands(organisation, elsewhere).elsewhere == 21


def test_what_is_planned_counts_in_its_own_case_and_in_no_other(organisation, unit, by):
    line = aid_line(organisation, unit, by, given_on=None, value=700)

    assert stands(organisation, unit, line.terms).planned == 700
    assert stands(organisation, unit).total == 0


def test_what_the_case_itself_gave_is_not_counted_twice(organisation, unit, by):
    line = aid_line(organisation, unit, by, given_on=DAY, value=700)

    found = stands(organisation, unit, line.terms)

    assert (found.planned, found.own, found.total) == (700, 0, 700)


def test_what_others_have_given_counts_once_however_often_it_is_declared(organisation, unit, by):
    given = {"origin": "others", "giver": "Granstads kommun", "given_on": DAY, "value": 50}
    aid_line(organisation, unit, by, **given)
    aid_line(organisation, UnitFactory(), by, **given | {"giver": "granstads kommun "})
    aid_line(organisation, unit, by, **given | {"value": 60})
    aid_line(organisation, unit, by, **given | {"given_on": date(2020, 1, 1), "value": 900})

    assert stands(organisation, unit).others == 110


def test_the_ceiling_is_that_of_the_day_in_whole_kronor():
    assert ceiling_on(DAY) is None
    amounts()
    amounts(date(2026, 7, 1), euro_rate="11")

    assert ceiling_on(date(2023, 12, 31)) is None
    assert ceiling_on(DAY) == CEILING
    assert ceiling_on(date(2026, 7, 1)) == 3_300_000


def test_what_is_left_and_what_is_over(organisation, unit, by):
    amounts()
    aid_line(organisation, unit, by, given_on=DAY, value=CEILING)
    assert (stands(organisation, unit).left, stands(organisation, unit).over) == (0, 0)

    aid_line(organisation, unit, by, given_on=DAY, value=1)
    assert (stands(organisation, unit).left, stands(organisation, unit).over) == (-1, 1)


def test_it_costs_the_same_for_one_and_three_recipients(unit, by, django_assert_num_queries):
    organisations = OrganisationFactory.create_batch(3)
    for organisation in organisations:
        aid_line(organisation, unit, by, given_on=DAY)
    terms = Terms.objects.create()

    for some in (organisations[:1], organisations):
        with django_assert_num_queries(3):
            recipients(terms, some, DAY, here=unit.administration_id)


@pytest.mark.parametrize(
    "faulty",
    [
        {"value": 0},
        {"value": -1},
        {"value": 10_000_000_001},
        {"what": ""},
        {"form": "loan"},  # not in money, and nothing says how it is valued
        {"form": "gold", "valuation": "Vägt."},
        {"origin": "somebody"},
        {"giver": "Någon"},
        {"origin": "others", "giver": "", "given_on": DAY},
        {"origin": "others", "giver": "Granstad", "given_on": None},
        {"given_on": DAY, "ceiling": None},
        {"given_on": None, "ceiling": 5},
    ],
)
def test_the_database_keeps_what_aid_must_say(organisation, unit, by, faulty):
    with pytest.raises(IntegrityError), transaction.atomic():
        aid_line(organisation, unit, by, **faulty)


def test_what_a_decision_rests_on_is_neither_changed_nor_added_to(organisation, unit, by):
    line = aid_line(organisation, unit, by, given_on=DAY)
    Terms.objects.filter(pk=line.terms_id).update(locked_at="2026-03-10T12:00:00Z")

    with pytest.raises(IntegrityError), transaction.atomic():
        Aid.objects.filter(pk=line.pk).update(value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aid.objects.filter(pk=line.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        aid_line(organisation, unit, by, terms=line.terms)
