"""Hand a case over, mark it secret, give it its diary number: at any step, always an event."""

from audit import clock
from casework.moves import moving, refuse_if
from collaborations import notices, obligations
from collaborations.models import Collaboration, Remark
from collaborations.rules import new_manager_is_free_of_conflict, new_manager_may_decide
from collaborations.steps.send_back import remarked
from collaborations.workflow import HAND_OVER, MARK_SECRET, SET_REGISTRY_NUMBER


def hand_over(case: Collaboration, *, manager, reason: str, by, version: int) -> None:
    """Make another manager responsible (G-15, G-79). What was due to the old is due to the new.

    The giver may be out through jäv: to hand over is not to handle. Raises Stale, NotAllowed.
    """
    details = {"from": case.responsible_manager_id, "to": manager.pk}
    with moving(case, HAND_OVER, by=by, version=version, details=details) as locked:
        refuse_if(
            new_manager_may_decide.reasons(locked, manager)
            + new_manager_is_free_of_conflict.reasons(locked, manager)
        )
        former = locked.responsible_manager
        locked.responsible_manager = manager
        remarked(locked, Remark.Kind.HANDED_OVER, reason, by)
        obligations.pass_on(locked, giver=former, taker=manager, note=reason, by=by)
        notices.handed_over(locked, former=former)


def mark_secret(case: Collaboration, *, provision: str, by, version: int) -> None:
    """Set the secrecy mark, or take it away with an empty provision (domain 2.9).

    With a mark the mails carry only number and link. Raises Stale, NotAllowed.
    """
    with moving(case, MARK_SECRET, by=by, version=version) as locked:
        locked.secrecy_provision = provision.strip()
        locked.secrecy_by = by if locked.secrecy_provision else None
        locked.secrecy_at = clock.now() if locked.secrecy_provision else None
        if locked.is_secret:
            notices.hide_what_is_unsent(locked)


def set_registry_number(case: Collaboration, *, registry_number: str, by, version: int) -> None:
    """Note the number it has in the diary. May come at any time. Raises Stale, NotAllowed."""
    with moving(case, SET_REGISTRY_NUMBER, by=by, version=version) as locked:
        locked.registry_number = registry_number.strip()
