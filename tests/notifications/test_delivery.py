"""The worker's tasks: one delivery, the sweep for what was left, and broken brokers and servers."""

import socket
import time
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import transaction
from django.utils import timezone

from notifications import outbox, tasks
from notifications.models import Notice, Obligation, Outcome, State
from samverkan import queue
from samverkan.celery import app
from tests.notifications.conftest import MAILBOX

LONG_AGO = timedelta(hours=1)


@pytest.fixture
def dead_broker(monkeypatch):
    """The program set to use a Redis that is not there: nobody listens on the port."""
    monkeypatch.setitem(app.conf, "broker_url", f"redis://127.0.0.1:{closed_port()}/0")
    monkeypatch.setitem(app.conf, "broker_transport_options", queue.fail_at_once)
    import_module("kombu.transport.redis")  # what it takes to import is no page's time
    # What Celery keeps of the broker it used before.
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def try_again_at_once(**which):
    Notice.objects.filter(next_try_at__isnull=False, **which).update(next_try_at=timezone.now())


@pytest.mark.django_db
def test_delivering_twice_sends_once(mail_server, write):
    notice = write()

    tasks.deliver(notice.pk)
    tasks.deliver(notice.pk)

    notice.refresh_from_db()
    assert (notice.state, len(mail_server.mails)) == (State.SENT, 1)
    assert notice.server_words == "250 2.0.0 taken as 1"


@pytest.mark.django_db
def test_a_notice_that_is_gone_is_no_error(mail_server):
    tasks.deliver(12)

    assert mail_server.connections == 0


@pytest.mark.django_db
def test_a_queued_notice_is_handed_to_the_worker_after_commit(
    write, mail_server, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setitem(app.conf, "task_always_eager", True)

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        write()
        write()
        assert mail_server.connections == 0

    assert (len(callbacks), len(mail_server.mails)) == (1, 1)


@pytest.mark.django_db
def test_a_server_that_is_down_leaves_the_notice_waiting_with_a_pause(mail_server, write, settings):
    notice, open_port = write(), settings.EMAIL_PORT
    settings.EMAIL_PORT = closed_port()

    tasks.deliver(notice.pk)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts.get().outcome) == (State.WAITING, Outcome.UNREACHED)
    assert notice.next_try_at > timezone.now()
    assert notice.server_words.startswith("E-postservern gick inte att nå")

    settings.EMAIL_PORT = open_port
    tasks.deliver_leftovers()
    assert mail_server.mails == []  # its time has not come
    try_again_at_once()
    tasks.deliver_leftovers()
    assert (Notice.objects.get().state, len(mail_server.mails)) == (State.SENT, 1)


@pytest.mark.django_db
def test_the_sweep_stops_at_the_first_that_the_server_cannot_be_reached_for(
    mail_server, write, settings
):
    settings.EMAIL_PORT = closed_port()
    first, second = write("a"), write("b")

    tasks.deliver_leftovers()

    assert (first.attempts.count(), second.attempts.count()) == (1, 0)


@pytest.mark.django_db
def test_the_sweep_sends_all_that_is_due_over_one_line(mail_server, write):
    for number in range(5):
        write(f"notice:{number}")

    tasks.deliver_leftovers()

    assert Notice.objects.filter(state=State.SENT).count() == 5
    assert (len(mail_server.mails), mail_server.connections) == (5, 1)


@pytest.mark.django_db
def test_one_mailbox_that_refuses_does_not_hold_up_the_others(mail_server, write):
    mail_server.refuses = {b"fel@staden.example": b"550 5.1.1 no such mailbox"}
    refused, sent = write("a", to="fel@staden.example"), write("b")

    tasks.deliver_leftovers()

    refused.refresh_from_db()
    sent.refresh_from_db()
    assert (refused.state, refused.server_words) == (State.REFUSED, "550 5.1.1 no such mailbox")
    assert sent.state == State.SENT


@pytest.mark.django_db
def test_a_line_that_breaks_under_the_mail_makes_it_unclear_and_it_is_sent_once_more(
    mail_server, write
):
    mail_server.breaks_in_mail = 1
    notice = write()

    tasks.deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, mail_server.mails) == (State.UNCLEAR, [])
    tasks.deliver_leftovers()

    notice.refresh_from_db()
    assert (notice.state, len(mail_server.mails)) == (State.SENT, 1)


@pytest.mark.django_db
def test_a_server_that_never_answers_is_asked_twice_and_no_more(mail_server, write):
    mail_server.breaks_in_mail = 10
    notice = write()

    for _ in range(4):
        tasks.deliver_leftovers()
        try_again_at_once()

    notice.refresh_from_db()
    assert (notice.state, notice.is_stuck, notice.attempts.count()) == (State.UNCLEAR, True, 2)
    assert mail_server.commands.count(b"data") == 2


@pytest.mark.django_db
def test_the_sweep_gives_up_attempts_that_nobody_settles(mail_server, write):
    notice = write(now=timezone.now() - 2 * LONG_AGO)
    outbox.claim(notice.pk, now=timezone.now() - LONG_AGO)

    tasks.deliver_leftovers()

    assert [a.outcome for a in notice.attempts.all()] == [Outcome.UNANSWERED, Outcome.ACCEPTED]
    assert Notice.objects.get().state == State.SENT


@pytest.mark.django_db
def test_the_hourly_task_writes_the_reminders_of_today(promise):
    promise(due_on=timezone.localdate())

    tasks.sweep_reminders()

    assert Notice.objects.count() == 1
    assert Obligation.objects.open().count() == 1


@pytest.mark.django_db
def test_a_sweep_that_fails_silences_no_reminder(promise, monkeypatch, caplog):
    promise(due_on=timezone.localdate())
    monkeypatch.setattr(tasks.yearly, "sweep", lambda today: 1 / 0)

    tasks.sweep_reminders()

    assert Notice.objects.count() == 1
    assert "the sweep of notifications.yearly could not be carried out" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_decision_is_saved_though_the_broker_is_gone_and_the_sweep_delivers(
    dead_broker, mail_server, write
):
    began = time.monotonic()
    with transaction.atomic():
        notice = write()

    assert time.monotonic() - began < 4  # less than Celery's own patience
    assert Notice.objects.get().state == State.WAITING
    tasks.deliver_leftovers()
    notice.refresh_from_db()
    assert (notice.state, len(mail_server.mails)) == (State.SENT, 1)


@pytest.mark.django_db(transaction=True)
def test_a_decision_that_is_rolled_back_tells_nobody(mail_server, write):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    tasks.deliver_leftovers()

    assert (Notice.objects.count(), mail_server.mails) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_no_transaction_may_be_open_while_the_server_is_spoken_to(write):
    notice = write()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        outbox.claim(notice.pk)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_the_servers_yes_and_the_commit_sends_at_most_twice(
    mail_server, write, power_cut
):
    notice = power_cut(write)

    notice.refresh_from_db()
    assert (notice.state, len(mail_server.mails)) == (State.SENDING, 1)
    outbox.give_up_waiting(now=timezone.now() + LONG_AGO)
    notice.refresh_from_db()
    assert (notice.state, notice.get_state_display()) == (State.UNCLEAR, "Oklart")
    try_again_at_once()
    for _ in range(3):
        tasks.deliver_leftovers()

    notice.refresh_from_db()
    ids = [
        line for mail in mail_server.mails for line in mail.split(b"\r\n") if b"Message-ID" in line
    ]
    assert notice.state == State.SENT
    assert ids == [f"Message-ID: {notice.message_id}".encode()] * 2
    assert f"rcpt TO:<{MAILBOX}>".encode() in mail_server.commands
