"""Bytes that are kept come back the same, or not at all."""

import hashlib

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from documents.guards import FROZEN
from documents.models import Direction, Kind, Scan, StoredDocument
from documents.store import NotScanned, Tampered, answer_with, content_of, keep, respond
from tests.factories.accounts import AdministrationFactory, UserFactory

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 beslutet"
HASH = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def administration():
    return AdministrationFactory()


def kept(administration, content=PDF, **facts):
    facts = {"kind": Kind.DECISION, "title": "Beslut", "file_name": "Beslut.pdf"} | facts
    return keep(content, administration=administration, **facts)


def test_what_is_kept_comes_back_byte_for_byte(administration):
    person = UserFactory()

    document = kept(administration, data='{"a":1}', created_by=person)
    document.refresh_from_db()

    assert content_of(document) == PDF
    assert (document.sha256, document.size) == (HASH, len(PDF))
    assert document.data_sha256 == hashlib.sha256(b'{"a":1}').hexdigest()
    assert (document.direction, document.scan_state) == (Direction.INTERNAL, Scan.OWN)
    assert document.created_by == person


def test_the_same_bytes_are_stored_once_whatever_they_are_called(administration, documents_folder):
    first = kept(administration, title="Beslut")
    second = kept(AdministrationFactory(), title="Samma handling")

    assert first.storage_name == second.storage_name
    assert [path.read_bytes() for path in documents_folder.rglob("*") if path.is_file()] == [PDF]


def test_the_name_on_disk_is_the_hash_and_never_what_a_person_wrote(administration):
    document = kept(administration, file_name="../../etc/passwd.pdf")

    assert document.storage_name == f"{HASH[:2]}/{HASH}"
    assert finders.find(document.storage_name) is None  # not among what the web serves


def test_a_file_that_was_half_written_is_not_taken_for_the_whole(administration):
    default_storage.save(f"{HASH[:2]}/{HASH}", ContentFile(PDF[:5]))

    document = kept(administration)

    assert content_of(document) == PDF


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_bytes_that_are_not_what_was_kept_are_not_served(administration, documents_folder, harm):
    document = kept(administration)
    file = documents_folder / document.storage_name
    file.write_bytes(b"something else") if harm == "changed" else file.unlink()

    with pytest.raises(Tampered):
        content_of(document)
    with pytest.raises(Tampered):
        respond(document)


@pytest.mark.parametrize("state", [Scan.WAITING, Scan.INFECTED])
def test_a_file_is_not_served_before_the_scanner_has_cleared_it(administration, state):
    document = kept(administration, scan_state=state)

    with pytest.raises(NotScanned):
        respond(document)


def test_a_download_has_its_swedish_name_and_is_never_guessed_at(administration):
    answer = respond(kept(administration, file_name="Beslut avstå å.pdf"))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''Beslut%20avst%C3%A5%20%C3%A5.pdf"
    )
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("content_type", "shown_as"), [("application/pdf", "inline"), ("text/html", "attachment")]
)
def test_only_a_pdf_is_shown_in_the_browser(administration, content_type, shown_as):
    document = kept(administration, content_type=content_type, file_name="fil")

    answer = respond(document, inline=True)

    assert answer["Content-Disposition"] == f'{shown_as}; filename="fil"'


def test_a_draft_is_shown_under_its_name_and_not_kept():
    answer = answer_with(PDF, "Utkast till beslut avstå.pdf", inline=True)

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == (
        "inline; filename*=utf-8''Utkast%20till%20beslut%20avst%C3%A5.pdf"
    )
    assert not StoredDocument.objects.exists()


@pytest.mark.parametrize(
    "untrue",
    [
        {"sha256": "abc"},
        {"sha256": HASH.upper()},
        {"size": 0},
        {"data": "{}", "data_sha256": ""},
        {"data": "", "data_sha256": HASH},
        {"file_name": ""},
        {"storage_name": ""},
        {"content_type": ""},
        {"kind": "letter"},
        {"direction": "up"},
        {"scan_state": "skipped"},
    ],
    ids=str,
)
def test_the_database_refuses_a_row_that_cannot_be_true(administration, untrue):
    document = kept(administration)
    document.pk = None
    for field, value in untrue.items():
        setattr(document, field, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        document.save()


def test_a_row_can_be_neither_changed_nor_deleted(administration):
    rows = StoredDocument.objects.filter(pk=kept(administration).pk)
    changes = {"sha256": "0" * 64, "title": "Annat", "data": "{}", "data_sha256": HASH}

    for field, value in changes.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{field: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_every_column_is_frozen_but_what_the_scanner_writes():
    columns = {field.column for field in StoredDocument._meta.concrete_fields}

    assert columns - set(FROZEN) == {"scan_state"}


def test_what_the_scanner_finds_is_written_once(administration):
    rows = StoredDocument.objects.filter(pk=kept(administration, scan_state=Scan.WAITING).pk)

    assert rows.update(scan_state=Scan.INFECTED) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(scan_state=Scan.CLEAN)
