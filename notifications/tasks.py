"""What the worker does for the outbox and for what is due. Tasks take ids and delegate."""

import logging

from celery import shared_task
from django.core.mail import get_connection
from django.utils import timezone

from notifications import digests, guidelines, outbox, reminders, yearly
from notifications.models import Notice, Outcome
from notifications.post import post

logger = logging.getLogger(__name__)
CHUNK = 100


@shared_task
def deliver(notice_id):
    attempt = outbox.claim(notice_id)
    if attempt is not None:
        outbox.settle(attempt, post(attempt))


@shared_task
def deliver_leftovers():
    """Every minute: what no worker heard of, what was told to wait, what never got its answer.

    Many mails share one line. When the server cannot be reached the rest waits for the next sweep.
    """
    outbox.give_up_waiting()
    line = get_connection()
    try:
        for notice_id in list(
            Notice.objects.due(timezone.now()).values_list("pk", flat=True)[:CHUNK]
        ):
            attempt = outbox.claim(notice_id)
            if attempt is None:
                continue
            answer = post(attempt, line)
            outbox.settle(attempt, answer)
            if answer.outcome == Outcome.UNREACHED:
                break
    finally:
        line.close()


@shared_task
def sweep_reminders():
    """Each sweep for itself: one that fails is logged, and silences no other."""
    today = timezone.localdate()
    for one in (guidelines, yearly, reminders):
        try:
            one.sweep(today)
        except Exception:
            logger.exception("the sweep of %s could not be carried out", one.__name__)


@shared_task
def send_digests():
    digests.sweep()
