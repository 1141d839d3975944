"""A reminder whose worker dies between the server's yes and the commit: from beat to last mail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import outbox, tasks
from notifications.kinds import Stage
from notifications.models import Notice, State
from notifications.obligations import meet
from notifications.reminders import sweep

LONG_AGO = timedelta(hours=1)
TODAY = timezone.localdate()


@pytest.mark.django_db(transaction=True)
def test_it_is_written_once_sent_twice_at_most_and_never_after_it_was_met(
    mail_server, promise, power_cut
):
    """It sweeps, writes and sends."""
    promised = promise(due_on=TODAY)
    power_cut(tasks.sweep_reminders.delay)

    notice = Notice.objects.get()
    assert (notice.kind, notice.state, len(mail_server.mails)) == (
        "reminder_on",
        State.SENDING,
        1,
    )
    promised.refresh_from_db()
    assert (promised.reminded, sweep(TODAY)) == (Stage.ON.number, 0)

    outbox.give_up_waiting(now=timezone.now() + LONG_AGO)
    Notice.objects.filter(next_try_at__isnull=False).update(next_try_at=timezone.now())
    for _ in range(3):
        tasks.deliver_leftovers()
    meet(promised, ref="uppföljning")

    assert sweep(TODAY + timedelta(days=40)) == 0
    notice = Notice.objects.get()
    ids = [
        line for mail in mail_server.mails for line in mail.split(b"\r\n") if b"Message-ID" in line
    ]
    assert notice.state == State.SENT
    assert ids == [f"Message-ID: {notice.message_id}".encode()] * 2
