"""Meddela: the mailbox has the decision; an informal collaboration then begins (G-49, G-77)."""

from datetime import timedelta

from audit import clock
from casework.moves import moving
from collaborations import obligations
from collaborations.models import Collaboration, Form, Outcome
from collaborations.steps.document import deciding
from collaborations.workflow import START, TELL


def tell(case: Collaboration) -> None:
    """The mail server said yes, or a person recorded that it was told otherwise.

    Raises NotAllowed as long as neither has happened.
    """
    with moving(case, TELL, by=None):
        pass
    if case.outcome == Outcome.START and case.form == Form.INFORMAL:
        start(case)


def start(case: Collaboration) -> None:
    """Begin. The first follow-up is due on the planned date, within twelve months (G-47)."""
    with moving(case, START, by=None) as locked:
        decision = deciding(locked)
        locked.started_on = clock.today()
        latest = locked.started_on + timedelta(days=365)
        locked.next_follow_up_on = min(decision.follow_up_on, latest)
        obligations.follow_up_is_due(locked, owner=decision.follow_up_by)
