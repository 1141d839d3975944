"""When the mailbox was not reached: send again, or record that it was told otherwise (G-49)."""

from datetime import date

from django.db import transaction

from accounts.permissions import Permission, may
from audit.record import record, record_in_register
from casework.moves import NotAllowed
from casework.rules import Reason
from collaborations.afterwards import carry_out_on_commit
from collaborations.duties import Duty
from collaborations.models import Collaboration
from collaborations.secrecy import as_told_now
from collaborations.standing import notice_key
from notifications import outbox
from notifications.models import Notice

REGISTER = "notices"


def send_again(notice: Notice, case: Collaboration | None, *, by) -> None:
    """Put it back in the queue. What follows in the case (told, started) follows then."""
    with transaction.atomic():
        outbox.resend(notice, by=by)
        noted("notice_resent", case, by=by, notice=notice.pk)
        if case is not None:
            carry_out_on_commit(case)


def note_told(notice: Notice, case: Collaboration | None, *, how: str, on: date, by) -> None:
    """Record that it was handed over in another way: how, which day, by whom. The case goes on."""
    with transaction.atomic():
        outbox.tell_otherwise(notice, how=how, on=on, by=by)
        noted("notice_told_otherwise", case, by=by, notice=notice.pk, on=on.isoformat())
        if case is not None:
            carry_out_on_commit(case)


def noted(code: str, case: Collaboration | None, *, by, **details) -> None:
    """On the case's chain; in the register for what is about no case."""
    if case is None:
        record_in_register(REGISTER, code, by=by, details=details)
    else:
        record(code, case, by=by, details=details)


def send_copy(notice: Notice, case: Collaboration | None, *, form_key: str, by) -> Notice:
    """What was told, once more, as a notice of its own: what was sent stays as it was.

    Once per form_key. Of a case that has become secret since, its number and link alone, also in
    a digest that told of it.
    """
    with transaction.atomic():
        facts = as_told_now(notice)
        copy, new = outbox.copy_of(notice, key=f"copy:{notice.pk}:{form_key}", **facts)
        if new:
            noted("notice_resent", case, by=by, notice=copy.pk)
    return copy


def write_missing(case: Collaboration, duty: Duty, *, by) -> None:
    """Write what beredningsgruppen should have been told and that was never written (G-10, G-49).

    What is written already stays. Raises NotAllowed without the right, and when it is not due or
    its document is not made.
    """
    if not may(by, Permission.NOTICE_RESEND, case):
        raise NotAllowed([Reason("Du har inte rätt att skicka meddelanden i den här enheten.")])
    with transaction.atomic():
        locked = Collaboration.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if not Collaboration.objects.filter(duty.is_unmet, pk=case.pk).exists():
            raise NotAllowed([Reason(f"{duty.what} är redan meddelat, eller ska inte meddelas.")])
        if Notice.objects.filter(key=notice_key(locked, duty.code)).exists():
            return  # a double click
        if duty.write(locked) is None:
            raise NotAllowed([Reason("Programmet gör beslutsdokumentet först.")])
        record("notice_written", locked, by=by, details={"what": duty.code})
        carry_out_on_commit(locked)
