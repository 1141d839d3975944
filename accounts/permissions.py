"""May this person do that to this thing, today? The only question code asks about rights."""

from django.db.models import Q
from django.utils import timezone

from accounts.models import Administration, RoleGrant, Unit, User
from accounts.roles import ROLES, Permission, Role

__all__ = [
    "Permission",
    "Role",
    "administrations_of",
    "administrations_where",
    "administrations_wholly",
    "granting",
    "holders",
    "holders_among",
    "holds",
    "may",
    "may_anywhere",
    "may_on",
    "rulers_at",
    "superiors_of",
    "units_where",
    "within",
]


def grants_today(person) -> list[RoleGrant]:
    """The person's grants in force today (Stockholm). Asked of the database once per object."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return []
    day = timezone.localdate()
    # Not by __dict__: request.user is a lazy stand-in, and has another than the person.
    kept = getattr(person, "_grants_today", None)
    if kept is None or kept[0] != day:
        rows = person.grants.on(day).select_related("unit__administration")
        kept = person._grants_today = (day, list(rows))
    return kept[1]


def granting(person, permission: Permission) -> list[RoleGrant]:
    return [g for g in grants_today(person) if permission in ROLES[Role(g.role)].permissions]


def may(person, permission: Permission, thing) -> bool:
    """True when a grant of today covers the thing's unit or one above it.

    `thing` is a unit, an administration, or anything with a `.unit`.
    """
    if isinstance(thing, Administration):
        return any(g.unit.administration_id == thing.pk for g in granting(person, permission))
    return any(thing.unit.path.startswith(g.unit.path) for g in granting(person, permission))


def may_on(person, permission: Permission, thing, day) -> bool:
    """As `may`, but of another day: who signed last week had the right to it last week.

    `thing` is anything with a `.unit`. Costs a query.
    """
    if not person.is_active:
        return False
    grants = person.grants.on(day).select_related("unit")
    return any(
        permission in ROLES[Role(g.role)].permissions and thing.unit.path.startswith(g.unit.path)
        for g in grants
    )


def may_anywhere(person, permission: Permission) -> bool:
    return bool(granting(person, permission))


def within(person, permission: Permission, unit_field: str = "unit") -> Q:
    """The condition 'in a unit where the person has the permission', for a query set."""
    condition = Q(pk__in=[])
    for grant in granting(person, permission):
        condition |= Q(**{f"{unit_field}__path__startswith": grant.unit.path})
    return condition


def holds(person, role: str, unit: Unit) -> bool:
    """Does the person hold that very role at the unit today? Only the delegation order asks."""
    return any(g.role == role and unit.path.startswith(g.unit.path) for g in grants_today(person))


def units_where(person, permission: Permission):
    """The units (query set) where the person has the permission today."""
    condition = Q(pk__in=[])
    for grant in granting(person, permission):
        condition |= Q(path__startswith=grant.unit.path)
    return Unit.objects.filter(condition).select_related("administration")


def administrations_of(person) -> list[Administration]:
    """The administrations where the person has any role today, in order of name. No query."""
    return _administrations(grants_today(person))


def administrations_where(person, permission: Permission) -> list[Administration]:
    """The administrations where the person has the permission in some unit today. No query."""
    return _administrations(granting(person, permission))


def administrations_wholly(person, permission: Permission) -> list[Administration]:
    """Those where the person has the permission in every unit today. No query."""
    return _administrations([g for g in granting(person, permission) if g.unit.parent_id is None])


def _administrations(grants: list[RoleGrant]) -> list[Administration]:
    found = {grant.unit.administration_id: grant.unit.administration for grant in grants}
    return sorted(found.values(), key=lambda administration: administration.name)


def holders(permission: Permission, unit: Unit, role: str = ""):
    """The active people (query set) who have the permission at that unit today.

    role: only those who have it by that role, where the question is put to a function (I-26).
    """
    grants = granting_roles(permission).filter(unit__in=unit.and_above)
    if role:
        grants = grants.filter(role=role)
    return User.objects.filter(is_active=True, pk__in=grants.values("person")).order_by("name")


def nearest_holders(permission: Permission, unit: Unit, role: str) -> list[User]:
    """As `holders` with a role, those at the unit itself first, then at the one above it."""
    grants = granting_roles(permission).filter(
        unit__in=unit.and_above, role=role, person__is_active=True
    )
    found = sorted(
        grants.select_related("person", "unit"),
        key=lambda grant: (-len(grant.unit.path), grant.person.name),
    )
    return list(dict.fromkeys(grant.person for grant in found))


def holders_among(permission: Permission, units):
    """The active people (query set) who have the permission somewhere in those administrations."""
    grants = granting_roles(permission).filter(
        unit__administration__in=units.values("administration")
    )
    return User.objects.filter(is_active=True, pk__in=grants.values("person")).order_by("name")


def granting_roles(permission: Permission):
    """The grants of today (query set) whose role holds the permission."""
    roles = [role for role, described in ROLES.items() if permission in described.permissions]
    return RoleGrant.objects.on().filter(role__in=roles)


def rulers_at(units) -> list[RoleGrant]:
    """The grants of today to rule on conflicts, at any of the units or above them. One query."""
    places = {pk for unit in units for pk in unit.and_above}
    return list(
        granting_roles(Permission.CONFLICT_RULE)
        .filter(unit__in=places, person__is_active=True)
        .select_related("person", "unit")
    )


def superiors_of(person, unit: Unit, among: list[RoleGrant] | None = None) -> list[User]:
    """Those who rule on questions about this person at this unit: the nearest above first.

    Takes the holders of CONFLICT_RULE at the unit or above it, without the person. A head at the
    same unit counts as above a responsible manager there (product.md §2). among: the grants of
    `rulers_at` for this unit and others, when a page asks about many; otherwise it costs a query.
    """
    above = set(unit.and_above)
    grants = [g for g in (rulers_at([unit]) if among is None else among) if g.unit_id in above]
    own = {(len(g.unit.path), g.role != Role.HEAD) for g in grants if g.person_id == person.pk}
    # A shorter path lies higher; on the same unit the head stands above the manager.
    higher = [
        g
        for g in grants
        if g.person_id != person.pk
        and (not own or (len(g.unit.path), g.role != Role.HEAD) < min(own))
    ]
    higher.sort(key=lambda g: (-len(g.unit.path), g.role == Role.HEAD, g.person.name))
    return list(dict.fromkeys(g.person for g in higher))
