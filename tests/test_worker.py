"""A worker as in production: its own process, the queue of this back end, rows really committed."""

import pytest
from django.conf import settings
from django.db import transaction

from notifications.models import Notice, State
from notifications.outbox import queue
from samverkan.celery import app
from tests.factories.accounts import AdministrationFactory
from tests.worker import wait_until

pytestmark = pytest.mark.timeout(120)


def notice(key):
    administration = AdministrationFactory(mailbox="brevlåda.ä@staden.example")
    return queue(
        key,
        kind="test",
        about="",
        administration=administration,
        to=administration.mailbox,
        subject="Ett beslut",
        body="Beslutet är fattat.",
    )


def test_what_is_committed_here_is_sent_by_a_worker_elsewhere(worker):
    worker.start()

    with transaction.atomic():
        written = notice("told-elsewhere")

    wait_until(lambda: Notice.objects.get(pk=written.pk).state == State.SENT)
    mails = list(settings.MAIL_FOLDER.iterdir())
    assert len(mails) == 1


def test_what_was_queued_while_no_worker_ran_is_sent_when_one_starts(worker):
    with transaction.atomic():
        written = notice("told-later")

    worker.start()

    wait_until(lambda: Notice.objects.get(pk=written.pk).state == State.SENT)


def test_a_worker_answers_when_asked_how_it_is(worker):
    worker.start()

    answers = app.control.ping(timeout=10, limit=1)

    assert [list(answer.values()) for answer in answers] == [[{"ok": "pong"}]]


def test_a_worker_that_is_told_to_stop_leaves_no_process(worker):
    worker.start()

    worker.stop()

    assert worker.process.returncode == 0
