"""When the year begins somebody owes it to put the budget's assignments in (G-20)."""

from datetime import date

import pytest

from notifications import yearly
from notifications.models import Obligation
from tests.factories.accounts import AdministrationFactory, UserFactory, YearlyAssignmentFactory

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)


def test_last_years_assignments_make_this_years_due_by_the_end_of_january(administration, admin):
    YearlyAssignmentFactory(administration=administration, year=2026)

    assert [yearly.sweep(date(2026, 12, 31)), yearly.sweep(NEW_YEAR), yearly.sweep(NEW_YEAR)] == [
        0,
        1,
        0,
    ]
    owed = Obligation.objects.get()
    assert (owed.owner, owed.due_on, owed.what) == (
        admin,
        date(2027, 1, 31),
        "Lägg in budgetuppdrag för 2027",
    )


def test_it_is_met_when_there_are_assignments_of_the_year_or_a_later(administration, admin):
    YearlyAssignmentFactory(administration=administration, year=2026)
    yearly.sweep(NEW_YEAR)
    YearlyAssignmentFactory(administration=administration, year=2028)

    assert yearly.sweep(NEW_YEAR) == 1
    assert Obligation.objects.get().met_by == "uppdrag för 2028"


def test_who_has_never_had_assignments_is_not_asked_for_any(administration, admin):
    assert yearly.sweep(NEW_YEAR) == 0


def test_where_nobody_keeps_the_reference_data_the_next_sweep_asks_again(administration):
    YearlyAssignmentFactory(administration=administration, year=2026)

    assert yearly.sweep(NEW_YEAR) == 0
    UserFactory(admin_at=administration.root_unit)
    assert yearly.sweep(NEW_YEAR) == 1


def test_an_administration_without_units_is_passed_over_and_the_others_are_asked(
    administration, admin
):
    bare = AdministrationFactory()
    bare.units.all().delete()
    for one in (bare, administration):
        YearlyAssignmentFactory(administration=one, year=2026)

    assert yearly.sweep(NEW_YEAR) == 1
    assert Obligation.objects.get().administration == administration
