"""A real clamd: what it clears is served, what it finds is not; without an answer nothing is."""

import socket
import threading

import pytest
from django.db import transaction

from documents.models import Scan
from documents.scanner import ScannerDown, examine, scan, settle, state_on_arrival, waiting
from documents.store import Infected, NotScanned, Tampered, content_of, is_served
from tests.documents.files import EICAR, pdf, word, word_with
from tests.factories.accounts import AdministrationFactory
from tests.factories.held import stored_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def waiting_file(content=b"%PDF-1.7 stadgar", scan_state=Scan.WAITING):
    return stored_file(AdministrationFactory(), content, scan_state)


@pytest.mark.parametrize("content", [pdf(), word(), b"x" * 15_000_000], ids=["pdf", "word", "big"])
def test_a_clean_file_is_cleared(clamd, content):
    assert scan(content).state == Scan.CLEAN


@pytest.mark.parametrize(
    "content", [EICAR, word_with("word/a.txt", EICAR)], ids=["alone", "inside a zip"]
)
def test_the_test_virus_is_found(clamd, content):
    verdict = scan(content)

    assert verdict.state == Scan.INFECTED
    assert verdict.virus.startswith("Eicar-Own")


def test_a_scanner_that_is_down_gives_no_verdict(clamd):
    clamd.stop()

    with pytest.raises(ScannerDown):
        scan(pdf())


def test_a_file_larger_than_the_scanner_takes_gets_no_verdict(clamd):
    with pytest.raises(ScannerDown):
        scan(b"x" * 26 * 1024 * 1024)


@pytest.mark.parametrize("said", [b"", b"\n", b"stream: Can't allocate memory ERROR\n", b"hej\n"])
def test_an_answer_that_is_no_verdict_clears_nothing(settings, said):
    """Fail closed: neither silence nor a fault of the scanner's is a clean file."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.CLAMD = f"127.0.0.1:{door.getsockname()[1]}"

        def answer():
            line, _ = door.accept()
            with line:
                while not line.recv(65536).endswith(b"\0\0\0\0"):
                    pass
                line.sendall(said)

        clerk = threading.Thread(target=answer, daemon=True)
        clerk.start()
        with pytest.raises(ScannerDown):
            scan(b"stadgar")
        clerk.join(10)


def test_what_arrives_waits_where_there_is_a_scanner_and_not_where_there_is_none(settings):
    settings.CLAMD = ""
    assert state_on_arrival() == Scan.UNSCANNED
    settings.CLAMD = "127.0.0.1:1"
    assert state_on_arrival() == Scan.WAITING


def test_an_unscanned_file_is_served_until_there_is_a_scanner(settings):
    settings.CLAMD = ""
    document = waiting_file(scan_state=Scan.UNSCANNED)
    assert content_of(document) == b"%PDF-1.7 stadgar"

    settings.CLAMD = "127.0.0.1:1"

    assert not is_served(document)
    with pytest.raises(NotScanned):
        content_of(document)
    assert waiting() == [document.pk]


def test_an_infected_file_says_that_it_is_infected():
    with pytest.raises(Infected):
        content_of(waiting_file(scan_state=Scan.INFECTED))


def test_scanning_never_holds_a_transaction_open(clamd):
    document = waiting_file()

    with transaction.atomic():
        transaction.get_connection().atomic_blocks[-1]._from_testcase = False
        with pytest.raises(RuntimeError):
            examine(document.pk)


def test_what_is_examined_was_waiting_and_is_settled_once(clamd):
    document = waiting_file()

    found, verdict = examine(document.pk)

    assert settle(found, verdict)
    assert not settle(found, verdict)
    assert examine(document.pk) is None
    document.refresh_from_db()
    assert (document.scan_state, waiting()) == (Scan.CLEAN, [])


def test_a_file_that_was_changed_on_disk_is_not_taken_for_scanned(clamd, documents_folder):
    document = waiting_file()
    (documents_folder / document.storage_name).write_bytes(b"something else")

    with pytest.raises(Tampered):
        examine(document.pk)
    document.refresh_from_db()
    assert document.scan_state == Scan.WAITING


def test_without_a_scanner_nothing_is_examined(settings):
    settings.CLAMD = ""

    assert examine(waiting_file().pk) is None
    assert waiting() == []
