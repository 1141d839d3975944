"""Who sees which case."""

import pytest

from collaborations.models import Collaboration, Step
from collaborations.steps.hand_over import mark_secret
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.collaborations import case_at, place, registered


def sees(person) -> list[int]:
    return list(Collaboration.objects.visible_to(person).values_list("pk", flat=True))


def test_those_in_the_unit_and_those_above_it_see_the_case(at):
    case = registered(at)
    beside = UnitFactory(administration=at.administration)
    below = UnitFactory(parent=at.unit)

    for person in (at.manager, at.officer, at.head, at.adviser, at.registrar):
        assert sees(person) == [case.pk]
    for unit in (beside, below):
        assert sees(UserFactory(officer_at=unit)) == []


def test_another_administration_sees_nothing(at):
    registered(at)
    other = place()

    for person in (other.manager, other.officer, other.head, other.adviser, other.registrar):
        assert sees(person) == []


@pytest.mark.parametrize(
    "role", ["procurement_at", "finance_at", "legal_at", "communicator_at", "admin_at"]
)
def test_those_who_are_asked_or_administer_see_no_cases(at, role):
    registered(at)
    assert sees(UserFactory(**{role: at.administration.root_unit})) == []


def test_a_person_without_any_role_or_no_longer_active_sees_nothing(at):
    registered(at)
    assert sees(UserFactory()) == []
    assert sees(UserFactory(officer_at=at.unit, is_active=False)) == []


def test_employees_see_what_runs_and_not_what_is_secret(at):
    preparing = registered(at)
    running, _ = case_at(Step.ONGOING, at)
    employee = UserFactory(employee_at=at.unit)

    assert sees(employee) == [running.pk]
    mark_secret(running, provision="OSL 31:16", by=at.officer, version=running.version)
    assert sees(employee) == []
    assert preparing.pk in sees(at.officer)


def test_a_responsible_manager_from_elsewhere_sees_the_case(at):
    case = registered(at)
    away = UserFactory()
    Collaboration.objects.filter(pk=case.pk).update(responsible_manager=away)

    assert sees(away) == [case.pk]
