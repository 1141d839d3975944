"""Two at the same moment, and a worker that dies while the scanner works."""

import socket
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone

from documents.models import Scan, StoredDocument
from notifications.models import Obligation
from organisations.hold import AlreadyHeld, hold
from organisations.models import HeldDocument
from organisations.requests import ask
from samverkan.celery import app
from tests.documents import files
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.organisations.test_hold import upload
from tests.worker import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

TODAY = timezone.localdate()


@pytest.fixture
def officer(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path, ""
    return UserFactory(officer_at=UnitFactory())


def held_by(officer, organisation, kind="statutes", **facts):
    return hold(
        organisation,
        officer.grants.get().unit.administration,
        **{
            "kind": kind,
            "dated_on": TODAY,
            "received_on": TODAY,
            "form_key": uuid4(),
            "by": officer,
            **facts,
        },
    )


def at_once(*deeds) -> list:
    """What each came to: its result, or what it raised."""
    ready, came = threading.Barrier(len(deeds)), [None] * len(deeds)

    def do(place, deed):
        try:
            ready.wait(10)
            came[place] = deed()
        except Exception as refusal:
            came[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


def test_one_click_that_became_two_keeps_one_document(officer):
    organisation, key, content = OrganisationFactory(), uuid4(), files.pdf()

    came = at_once(
        *[
            lambda: held_by(officer, organisation, file=upload(content), form_key=key)
            for _ in range(2)
        ]
    )

    assert came[0] == came[1] == HeldDocument.objects.get()
    assert StoredDocument.objects.count() == 1


def test_the_same_file_from_two_officers_is_kept_once_and_the_other_is_told(officer):
    organisation, content = OrganisationFactory(), files.pdf()

    came = at_once(
        *[lambda: held_by(officer, organisation, file=upload(content)) for _ in range(2)]
    )

    kept = HeldDocument.objects.get()
    assert kept in came
    (told,) = [one for one in came if isinstance(one, AlreadyHeld)]
    assert told.document == kept


def test_the_last_two_that_came_in_together_meet_the_obligation(officer):
    organisation = OrganisationFactory()
    at = officer.grants.get().unit.administration
    contact = ContactFactory(organisation=organisation, administration=at)
    ask(
        organisation,
        at,
        kinds=["statutes", "minutes"],
        due_on=TODAY + timedelta(days=9),
        contact=contact,
        by=officer,
    )

    at_once(
        *[
            lambda kind=kind: held_by(officer, organisation, kind, shown_on=TODAY)
            for kind in ("statutes", "minutes")
        ]
    )

    assert Obligation.objects.get().met_at is not None


def test_a_refused_file_leaves_nothing_of_the_transaction_behind(officer, tmp_path):
    with pytest.raises(ValidationError):
        held_by(officer, OrganisationFactory(), file=upload(files.word()))

    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
    assert not connection.in_atomic_block


def test_a_worker_killed_while_the_scanner_works_leaves_the_file_waiting_and_the_next_scans_it(
    worker, clamd, officer, settings
):
    """The first worker talks to a scanner that never answers; it is killed in the middle."""
    with silent_scanner() as (address, was_called):
        settings.CLAMD = address
        worker.environment |= {
            "SAMVERKAN_CLAMD": address,
            "SAMVERKAN_DOCUMENTS": str(settings.MEDIA_ROOT),
        }
        worker.start()
        held = held_by(officer, OrganisationFactory(), file=upload())
        assert was_called.wait(40)
        worker.kill()
    held.stored.refresh_from_db()
    assert held.stored.scan_state == Scan.WAITING

    settings.CLAMD = clamd.address
    worker.environment["SAMVERKAN_CLAMD"] = clamd.address
    worker.start()
    app.send_task("organisations.tasks.scan_leftovers")

    wait_until(lambda: StoredDocument.objects.get(pk=held.stored.pk).scan_state == Scan.CLEAN, 40)


class silent_scanner:  # noqa: N801 - reads as a with-block
    """Takes what it is sent and says nothing."""

    def __enter__(self):
        self.door = socket.create_server(("127.0.0.1", 0))
        self.called = threading.Event()
        threading.Thread(target=self.listen, daemon=True).start()
        return f"127.0.0.1:{self.door.getsockname()[1]}", self.called

    def listen(self):
        try:
            line, _ = self.door.accept()
            with line:
                line.recv(65536)
                self.called.set()
                while line.recv(65536):
                    pass
        except OSError:
            return

    def __exit__(self, *_):
        self.door.close()
