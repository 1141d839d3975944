"""May this person do that to this thing, today?"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import DelegationItem, RoleGrant, Unit, User
from accounts.permissions import (
    Permission,
    Role,
    administrations_of,
    administrations_where,
    grants_today,
    holders,
    may,
    may_anywhere,
    superiors_of,
    units_where,
    within,
)
from tests.factories.accounts import (
    AdministrationFactory,
    DelegationItemFactory,
    RoleGrantFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

DECIDE = Permission.COLLABORATION_DECIDE
SEE = Permission.ORGANISATION_SEE


@pytest.fixture
def tree():
    """top > (left > leaf, right), and another administration's unit."""
    administration = AdministrationFactory(name="Förvaltningen")
    top = administration.root_unit
    left = UnitFactory(parent=top, name="left")
    return {
        "top": top,
        "left": left,
        "leaf": UnitFactory(parent=left, name="leaf"),
        "right": UnitFactory(parent=top, name="right"),
        "elsewhere": UnitFactory(),
    }


@pytest.mark.parametrize(
    ("granted_at", "covered"),
    [
        ("top", {"top", "left", "leaf", "right"}),
        ("left", {"left", "leaf"}),
        ("leaf", {"leaf"}),
        ("right", {"right"}),
        ("elsewhere", {"elsewhere"}),
    ],
)
def test_a_grant_covers_its_unit_and_those_below_but_none_beside_or_above(
    tree, granted_at, covered
):
    person = UserFactory(manager_at=tree[granted_at])

    assert {name for name, unit in tree.items() if may(person, DECIDE, unit)} == covered
    assert {unit.pk for unit in units_where(person, DECIDE)} == {tree[n].pk for n in covered}
    found = Unit.objects.filter(within(person, DECIDE, "parent"))
    assert set(found) == {
        unit for unit in tree.values() if unit.parent in [tree[n] for n in covered]
    }


def test_a_unit_whose_number_begins_like_anothers_is_not_below_it():
    one = UnitFactory(pk=1_000_001)
    other = UnitFactory(pk=10_000_011, administration=one.administration)
    Unit.objects.filter(pk=one.pk).update(path="/1/")
    Unit.objects.filter(pk=other.pk).update(path="/11/")
    one.refresh_from_db()
    other.refresh_from_db()

    assert may(UserFactory(manager_at=one), DECIDE, other) is False


def test_an_administration_is_asked_about_as_a_whole(tree):
    person = UserFactory(officer_at=tree["leaf"])

    assert may(person, SEE, tree["top"].administration) is True
    assert may(person, SEE, tree["elsewhere"].administration) is False
    assert may(person, DECIDE, tree["top"].administration) is False


def test_another_role_gives_another_right(tree):
    assert may(UserFactory(adviser_at=tree["top"]), DECIDE, tree["top"]) is False


@pytest.mark.parametrize(
    ("starts", "ends", "in_force"),
    [(0, None, True), (-9, 1, True), (0, 1, True), (-9, 0, False), (1, None, False), (1, 9, False)],
)
def test_a_grant_holds_from_its_first_day_up_to_but_not_on_its_last(starts, ends, in_force):
    today = timezone.localdate()
    grant = RoleGrantFactory(
        role=Role.RESPONSIBLE_MANAGER,
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )

    assert may(grant.person, DECIDE, grant.unit) is in_force
    assert may_anywhere(grant.person, DECIDE) is in_force
    assert list(holders(DECIDE, grant.unit)) == ([grant.person] if in_force else [])


def test_a_grant_can_be_asked_about_for_another_day():
    RoleGrantFactory(starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1))

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]

    assert [RoleGrant.objects.on(day).count() for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize("end", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_period_does_not_end_before_it_begins(end):
    with pytest.raises(IntegrityError, match="grant_period_in_order"), transaction.atomic():
        RoleGrantFactory(starts_on=date(2026, 1, 1), ends_on=end)
    with pytest.raises(IntegrityError, match="delegation_period_in_order"), transaction.atomic():
        DelegationItemFactory(starts_on=date(2026, 1, 1), ends_on=end)


def test_an_unknown_role_is_refused():
    with pytest.raises(IntegrityError, match="grant_known_role"), transaction.atomic():
        RoleGrantFactory(role="king")


def test_an_inactive_person_may_nothing(tree):
    person = UserFactory(manager_at=tree["top"], is_active=False)

    assert may(person, DECIDE, tree["top"]) is False
    assert may_anywhere(person, SEE) is False
    assert (person.is_staff, administrations_of(person)) == (False, [])
    assert list(holders(DECIDE, tree["top"])) == []


def test_the_system_permission_is_nobodys(tree):
    everything = UserFactory(
        **{f"{role}_at": tree["top"] for role in ("manager", "head", "officer", "admin")}
    )

    assert may(everything, Permission.SYSTEM, tree["top"]) is False


def test_administrations_are_named_in_order_and_once():
    b, a = (UnitFactory(administration__name=name) for name in ("B", "A"))
    person = UserFactory(officer_at=[b, a, b.administration.root_unit], admin_at=b)

    assert [str(one) for one in administrations_of(person)] == ["A", "B"]
    reference = administrations_where(person, Permission.REFERENCE_DATA_EDIT)
    assert [str(one) for one in reference] == ["B"]


def test_rights_are_asked_of_the_database_once_per_request(tree, django_assert_num_queries):
    pk = UserFactory(officer_at=[tree["left"], tree["right"]], manager_at=tree["leaf"]).pk
    request_user = SimpleLazyObject(lambda: User.objects.get(pk=pk))

    with django_assert_num_queries(2):  # the person, the grants
        for unit in tree.values():
            may(request_user, DECIDE, unit)
        may_anywhere(request_user, SEE)
        administrations_of(request_user)
        assert len(grants_today(request_user)) == 3


# --- the tree of units


def test_a_moved_unit_takes_all_below_it_along(tree):
    tree["left"].parent = tree["right"]
    tree["left"].save()

    kept = Unit.objects.get(pk=tree["leaf"].pk)
    top, right, left, leaf = (tree[name].pk for name in ("top", "right", "left", "leaf"))
    assert kept.path == f"/{top}/{right}/{left}/{leaf}/"
    assert may(UserFactory(manager_at=tree["right"]), DECIDE, kept) is True
    assert set(Unit.objects.under(tree["right"])) == {tree["right"], tree["left"], kept}


def test_a_unit_is_never_below_itself_nor_in_another_administration(tree):
    for parent in ("left", "leaf", "elsewhere"):
        tree["left"].parent = tree[parent]
        with pytest.raises(ValidationError) as refusal:
            tree["left"].full_clean()
        assert list(refusal.value.error_dict) == ["parent"]


def test_an_administration_has_one_unit_at_the_top(tree):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(administration=tree["top"].administration, name="Second")


# --- superiors


def test_the_nearest_manager_above_rules_first_and_never_the_person(tree):
    manager = UserFactory(name="Chef", manager_at=tree["leaf"])
    above = UserFactory(name="Chefens chef", manager_at=tree["left"])
    head = UserFactory(name="Direktör", head_at=tree["top"])
    UserFactory(name="Bredvid", manager_at=tree["right"])

    assert superiors_of(manager, tree["leaf"]) == [above, head]
    assert superiors_of(above, tree["leaf"]) == [head]
    assert superiors_of(head, tree["leaf"]) == []


def test_an_officers_question_is_ruled_on_by_the_units_own_manager_first(tree):
    manager = UserFactory(manager_at=tree["leaf"])
    head = UserFactory(head_at=tree["top"])

    assert superiors_of(UserFactory(officer_at=tree["leaf"]), tree["leaf"]) == [manager, head]


def test_a_head_stands_above_a_manager_at_the_same_unit(tree):
    manager = UserFactory(manager_at=tree["top"])
    head = UserFactory(head_at=tree["top"])

    assert superiors_of(manager, tree["top"]) == [head]
    assert superiors_of(head, tree["top"]) == []


def test_those_who_left_or_whose_grant_has_passed_rule_on_nothing(tree):
    manager = UserFactory(manager_at=tree["leaf"])
    UserFactory(head_at=tree["top"], is_active=False)
    RoleGrantFactory(role=Role.HEAD, unit=tree["top"], ends_on=timezone.localdate())

    assert superiors_of(manager, tree["leaf"]) == []


# --- delegation


def test_a_delegation_is_held_by_a_role_or_by_a_person_and_never_both():
    somebody = UserFactory()
    DelegationItemFactory(to_person=True)

    for holder in (
        {"holder_role": "", "holder_person": None},
        {"holder_role": Role.HEAD, "holder_person": somebody},
    ):
        with pytest.raises(IntegrityError, match="delegation_one_holder"), transaction.atomic():
            DelegationItemFactory(**holder)
    assert DelegationItem.objects.count() == 1


def test_the_forms_of_a_delegation_are_a_list():
    item = DelegationItemFactory.build(
        administration=AdministrationFactory(), forms={"informal": True}
    )

    with pytest.raises(ValidationError) as refusal:
        item.full_clean()

    assert list(refusal.value.error_dict) == ["forms"]
