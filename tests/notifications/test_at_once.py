"""Several workers at the same moment, each with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, transaction

from audit import clock
from notifications import digests, outbox, reminders, tasks
from notifications.models import Notice, Obligation, State
from notifications.obligations import meet
from notifications.reminders import sweep
from tests.factories.accounts import UserFactory

WORKERS = 4
DAY = date(2026, 6, 1)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*work):
    """Let all begin together; what each of them returned, in order."""
    together = Barrier(len(work))

    def carry_out(one):
        together.wait(10)
        try:
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(carry_out, work))


def test_one_of_several_workers_gets_the_notice(write):
    notice = write()

    claims = at_once(*[lambda: outbox.claim(notice.pk)] * WORKERS)

    assert [claim.number for claim in claims if claim] == [1]
    assert notice.attempts.count() == 1


def test_several_sweeps_send_each_mail_once(mail_server, write):
    for number in range(6):
        write(f"notice:{number}")

    at_once(*[tasks.deliver_leftovers] * WORKERS)

    assert Notice.objects.filter(state=State.SENT).count() == 6
    assert len(mail_server.mails) == 6


def test_a_notice_queued_by_two_at_once_is_written_once(write):
    first, second = at_once(write, write)

    assert first == second
    assert Notice.objects.count() == 1


def test_several_sweeps_write_one_digest_a_day_for_each_person(write, unit):
    people = [UserFactory(officer_at=unit, daily_digest=True) for _ in range(3)]
    for person in people:
        for number in range(3):
            facts = {"kind": "sent_back", "person": person, "to": person.email}
            write(f"{person.pk}:{number}", **facts)

    written = at_once(*[digests.sweep] * WORKERS)

    gathered = Notice.objects.filter(state=State.GATHERED)
    assert (sum(written), Notice.objects.filter(kind="digest").count()) == (3, 3)
    assert gathered.values("digest").distinct().count() == 3
    assert gathered.count() == 9


def test_a_digest_that_is_being_written_when_a_case_becomes_secret_tells_its_number_alone(
    write, unit, monkeypatch
):
    person, has_read = UserFactory(officer_at=unit, daily_digest=True), Event()
    notice = write("a", kind="sent_back", person=person, to=person.email)
    worded = digests.worded

    def slowly(*args):
        has_read.set()
        sleep(0.5)
        return worded(*args)

    def mark():
        has_read.wait(10)
        with transaction.atomic():
            outbox.redact(notice.about, subject="Ärende 12", body="Logga in.\n")
            digests.write_anew(notice.about)

    monkeypatch.setattr(digests, "worded", slowly)
    at_once(lambda: digests.gather(person.pk, clock.now()), mark)

    digest = Notice.objects.get(kind="digest")
    assert "1. Ärende 12\n\nLogga in." in digest.body
    assert "språkcafé" not in digest.body


def test_several_sweeps_write_each_reminder_once(promise):
    for number in range(reminders.CHUNK + 50):
        promise(f"follow-up:{number}", due_on=DAY)

    written = at_once(*[lambda: sweep(DAY)] * WORKERS)

    assert (sum(written), Notice.objects.count()) == (150, 150)


def test_a_follow_up_recorded_during_the_sweep_is_reminded_of_before_it_or_not_at_all(promise):
    promised = promise(due_on=DAY)

    at_once(lambda: sweep(DAY), lambda: meet(promised, ref="collaborations.followup:1"))

    met_at = Obligation.objects.get().met_at
    assert all(notice.created_at <= met_at for notice in Notice.objects.all())
