"""When the mailbox was not reached: send again, or record that it was told otherwise (G-49)."""

from datetime import date

from django.db import transaction

from audit.record import record
from collaborations.afterwards import carry_out_on_commit
from collaborations.models import Collaboration
from notifications import outbox
from notifications.models import Notice


def resend_notice(case: Collaboration, notice: Notice, *, by) -> None:
    """Put the notice back in the queue. What follows on it (told, started) follows then."""
    with transaction.atomic():
        outbox.resend(notice, by=by)
        record("notice_resent", case, by=by, details={"notice": notice.pk})
        carry_out_on_commit(case)


def tell_otherwise(case: Collaboration, notice: Notice, *, how: str, on: date, by) -> None:
    """Record that it was handed over in another way: how, which day, by whom. The case goes on."""
    with transaction.atomic():
        outbox.tell_otherwise(notice, how=how, on=on, by=by)
        details = {"notice": notice.pk, "on": on.isoformat()}
        record("notice_told_otherwise", case, by=by, details=details)
        carry_out_on_commit(case)
