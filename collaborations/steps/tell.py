"""Meddela, and starta: at once when informal, by the manager when formal (G-49, G-75, G-77)."""

from datetime import timedelta

from audit import clock
from casework.moves import missing, moving, refuse_if
from collaborations import notices, obligations
from collaborations.models import Collaboration, Form, Outcome
from collaborations.steps.document import deciding
from collaborations.workflow import START, START_FORMAL, TELL


def tell(case: Collaboration) -> None:
    """The mail server said yes, or a person recorded that it was told otherwise.

    Raises NotAllowed as long as neither has happened.
    """
    with moving(case, TELL, by=None):
        pass
    if case.outcome == Outcome.START and case.form == Form.INFORMAL:
        start(case)


def start(case: Collaboration) -> None:
    """Begin what is informal, at once. Raises NotAllowed."""
    with moving(case, START, by=None) as locked:
        begin(locked)


def start_formal(case: Collaboration, *, by, version: int) -> None:
    """Begin what is formal, when the agreement is signed (G-75). The mailbox is told (G-65).

    Raises Stale, NotAllowed.
    """
    with moving(case, START_FORMAL, by=by, version=version) as locked:
        begin(locked)
        notices.collaboration_started(locked)


def begin(case: Collaboration) -> None:
    """The first follow-up is due on the planned date, within twelve months (G-47)."""
    refuse_if(missing(case, START))
    decision = deciding(case)
    case.started_on = clock.today()
    latest = case.started_on + timedelta(days=365)
    case.next_follow_up_on = min(decision.follow_up_on, latest)
    obligations.follow_up_is_due(case, owner=decision.follow_up_by)
