"""Send back with a comment, or withdraw: before the decision, and with the reason kept."""

from casework.moves import NotAllowed, moving
from casework.rules import Reason
from collaborations import notices, obligations
from collaborations.models import Collaboration, Remark, Step
from collaborations.workflow import SEND_BACK_TO_CHECK, SEND_BACK_TO_MOTIVATION, WITHDRAW

BACK_TO = {Step.REGISTERED: SEND_BACK_TO_MOTIVATION, Step.MOTIVATED: SEND_BACK_TO_CHECK}


def send_back(case: Collaboration, *, to: str, comment: str, by, version: int) -> None:
    """Return the case to an earlier step with a comment to the officer.

    to: the step it goes to, registered or motivated. Raises Stale, NotAllowed.
    """
    with moving(case, BACK_TO[to], by=by, version=version) as locked:
        remark = remarked(locked, Remark.Kind.SENT_BACK, comment, by)
        notices.sent_back(locked, remark)


def withdraw(case: Collaboration, *, reason: str, by, version: int) -> None:
    """Take the case back before it is decided. It stays searchable. Raises Stale, NotAllowed."""
    with moving(case, WITHDRAW, by=by, version=version) as locked:
        remarked(locked, Remark.Kind.WITHDRAWN, reason, by)
        obligations.withdrawal_waives_what_was_due(locked, by=by)


def remarked(case, kind: str, text: str, by) -> Remark:
    if not text.strip():
        raise NotAllowed([Reason("Skriv varför.")])
    return Remark.objects.create(collaboration=case, kind=kind, text=text.strip(), made_by=by)
