"""Who has had a case, from when to when: read out of its chain of events, which nobody changes."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from accounts.models import User
from audit.models import Event
from collaborations.models import Collaboration

ROLES = {"responsible_manager_id": "Ansvarig chef", "officer_id": "Handläggare"}


@dataclass(frozen=True)
class Term:
    """until: None for the one who has it now."""

    role: str
    person: User | None
    since: datetime
    until: datetime | None


def terms(case: Collaboration) -> list[Term]:
    """Every manager and every officer of the case, the first first. Two queries."""
    changes = [
        (role, event.at, event.details["changed"][role])
        for event in Event.objects.of(case).order_by("number")
        for role in ROLES
        if role in event.details.get("changed", {})
    ]
    people = User.objects.in_bulk(
        {case.responsible_manager_id, case.officer_id}
        | {one for _, _, pair in changes for one in pair}
    )
    return [term for role in ROLES for term in of_role(case, role, changes, people)]


def of_role(case: Collaboration, role: str, changes, people) -> list[Term]:
    mine = [(at, pair) for name, at, pair in changes if name == role]
    had = [pair[0] for _, pair in mine] + [getattr(case, role)]
    days = [case.registered_at, *(at for at, _ in mine), None]
    spans = zip(had, pairwise(days), strict=True)
    return [Term(ROLES[role], people.get(person), since, until) for person, (since, until) in spans]
