"""Hand a case over, mark it secret, give it its diary number: always an event.

At any step; but a closed case is not handed over.
"""

from accounts.permissions import Permission
from audit import clock
from casework.moves import NotAllowed, moving, refuse_if
from casework.rules import Reason
from collaborations import notices, obligations
from collaborations.models import Collaboration, Remark
from collaborations.rules import (
    new_manager_is_another,
    new_manager_is_free_of_conflict,
    new_manager_may_decide,
    new_officer_is_another,
    new_officer_is_free_of_conflict,
    new_officer_may_prepare,
)
from collaborations.secrecy import hide_what_is_unsent
from collaborations.steps.send_back import remarked
from collaborations.workflow import HAND_OVER, MARK_SECRET, SET_REGISTRY_NUMBER
from notifications.kinds import KINDS

# What a manager owes as manager; one who is the officer as well keeps the rest, or gives it.
MANAGERS = {code for code, kind in KINDS.items() if Permission.COLLABORATION_DECIDE in kind.needs}
ON_THE_MANAGER = (
    new_manager_is_another,
    new_manager_may_decide,
    new_manager_is_free_of_conflict,
)
ON_THE_OFFICER = (
    new_officer_is_another,
    new_officer_may_prepare,
    new_officer_is_free_of_conflict,
)


def hand_over(
    case: Collaboration, *, manager=None, officer=None, reason: str, by, version: int
) -> None:
    """Make another manager responsible, another officer prepare, or both (G-15, G-79).

    What was due to the former in the case is due to the new. The giver may be out through jäv: to
    hand over is not to handle. Raises Stale, NotAllowed.
    """
    details = {}
    with moving(case, HAND_OVER, by=by, version=version, details=details) as locked:
        if manager is None and officer is None:
            raise NotAllowed([Reason("Välj vem som tar över.", at="manager")])
        remarked(locked, Remark.Kind.HANDED_OVER, reason, by)
        if manager is not None:
            refuse_if([one for rule in ON_THE_MANAGER for one in rule.reasons(locked, manager)])
            former = locked.responsible_manager
            details.update({"from": former.pk, "to": manager.pk})
            locked.responsible_manager = manager
            goes = None if former.pk != locked.officer_id else MANAGERS
            obligations.pass_on(locked, giver=former, taker=manager, kinds=goes, note=reason, by=by)
            notices.handed_over(locked, former=former)
        if officer is not None:
            refuse_if([one for rule in ON_THE_OFFICER for one in rule.reasons(locked, officer)])
            former = locked.officer
            details.update({"officer_from": former.pk, "officer_to": officer.pk})
            locked.officer = officer
            goes = None if former.pk != locked.responsible_manager_id else set(KINDS) - MANAGERS
            obligations.pass_on(locked, giver=former, taker=officer, kinds=goes, note=reason, by=by)
            notices.officer_changed(locked, former=former)


def mark_secret(case: Collaboration, *, provision: str, by, version: int) -> None:
    """Set the secrecy mark, or take it away with an empty provision (domain 2.9).

    With a mark the mails carry only number and link. Raises Stale, NotAllowed.
    """
    with moving(case, MARK_SECRET, by=by, version=version) as locked:
        locked.secrecy_provision = provision.strip()
        locked.secrecy_by = by if locked.secrecy_provision else None
        locked.secrecy_at = clock.now() if locked.secrecy_provision else None
        if locked.is_secret:
            hide_what_is_unsent(locked)


def set_registry_number(case: Collaboration, *, registry_number: str, by, version: int) -> None:
    """Note the number it has in the diary. May come at any time. Raises Stale, NotAllowed."""
    with moving(case, SET_REGISTRY_NUMBER, by=by, version=version) as locked:
        locked.registry_number = registry_number.strip()
