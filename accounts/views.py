"""Who may do what, to be read by everyone it concerns."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Administration, RoleGrant
from accounts.permissions import Permission, administrations_of
from accounts.roles import ROLES, Role, label_for


@require_safe
def roles(request):
    """Roller och rättigheter: each role as it stands in accounts/roles.py, and one's own grants."""
    own = administrations_of(request.user)
    grants = request.user.grants.select_related("unit__administration")
    page = {
        "roles": [described(role, own) for role in ROLES],
        "grants": [granted(grant) for grant in grants.order_by("-starts_on", "pk")],
    }
    return render(request, "accounts/roles.html", page)


def described(role: Role, administrations: list[Administration]) -> dict:
    """What a role is and may, in the words of the administrations (usually one) given.

    `called` lists {administration, label} only when they call it different things.
    """
    called = [{"administration": one, "label": label_for(role, one)} for one in administrations]
    names = {one["label"] for one in called}
    return {
        "code": role.value,
        "label": names.pop() if len(names) == 1 else role.label,
        "called": called if len(names) > 1 else [],
        "description": ROLES[role].description,
        "permissions": [one.label for one in Permission if one in ROLES[role].permissions],
    }


def granted(grant: RoleGrant) -> dict:
    today = timezone.localdate()
    over = grant.ends_on is not None and grant.ends_on <= today
    return {
        "label": label_for(Role(grant.role), grant.unit.administration),
        "unit": grant.unit,
        "starts_on": grant.starts_on,
        "ends_on": grant.ends_on,
        "state": "over" if over else "coming" if grant.starts_on > today else "now",
    }
