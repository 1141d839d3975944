"""Taking in what an organisation hands us: whole, once, or not at all."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from audit.models import Event
from casework.moves import NotAllowed
from documents.models import Direction, Kind, Scan, StoredDocument
from documents.store import content_of
from notifications.models import Notice
from organisations.choices import DocumentKind
from organisations.hold import AlreadyHeld, hold, withdraw
from organisations.holdings import file_in_words, holdings
from organisations.models import HeldDocument
from organisations.scanning import scan_and_tell
from organisations.tasks import scan_document, scan_leftovers
from organisations.validity import State
from tests.documents import files
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.held import HeldDocumentFactory, stored_file
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path, ""
    return tmp_path


@pytest.fixture
def administration():
    return AdministrationFactory()


@pytest.fixture
def officer(administration):
    return UserFactory(officer_at=administration.root_unit)


@pytest.fixture
def organisation(administration):
    return OrganisationFactory(known_at=administration)


def upload(content=None, name="stadgar.pdf"):
    return SimpleUploadedFile(name, files.pdf() if content is None else content)


def taken(organisation, officer, **facts):
    return hold(
        organisation,
        facts.pop("administration", officer.grants.get().unit.administration),
        **{
            "kind": DocumentKind.STATUTES,
            "dated_on": TODAY - timedelta(days=30),
            "received_on": TODAY,
            "form_key": uuid4(),
            "by": officer,
            **facts,
        },
    )


def codes(organisation) -> list[str]:
    return [event.code for event in Event.objects.of(organisation)]


def test_a_file_is_kept_with_what_it_is_and_who_took_it_in(organisation, officer):
    content = files.pdf()

    held = taken(organisation, officer, file=upload(content), note=" Kom med post. ")

    stored = held.stored
    assert content_of(stored) == content
    assert (stored.kind, stored.direction) == (Kind.EVIDENCE, Direction.IN)
    assert (stored.file_name, stored.content_type) == ("stadgar.pdf", "application/pdf")
    assert stored.scan_state == Scan.UNSCANNED
    assert (held.registered_by, held.note, held.shown_on) == (officer, "Kom med post.", None)
    assert codes(organisation) == ["document_held"]
    assert Event.objects.of(organisation).get().details == {
        "administration": held.administration_id,
        "document": held.pk,
        "kind": "statutes",
        "sha256": stored.sha256,
    }


def test_what_was_only_shown_keeps_no_file(organisation, officer):
    held = taken(organisation, officer, shown_on=TODAY)

    assert (held.stored, held.shown_on, held.shown_to) == (None, TODAY, officer)
    assert file_in_words(held) == "Visad, inte sparad"
    assert not StoredDocument.objects.exists()


def test_the_same_form_twice_takes_in_one_document(organisation, officer):
    key = uuid4()
    first = taken(organisation, officer, file=upload(), form_key=key)
    second = taken(organisation, officer, file=upload(), form_key=key)

    assert first == second
    assert StoredDocument.objects.count() == 1


def test_the_same_file_for_the_same_time_is_already_here(organisation, officer):
    content = files.pdf()
    first = taken(organisation, officer, file=upload(content))

    with pytest.raises(AlreadyHeld) as refusal:
        taken(organisation, officer, file=upload(content, "annat namn.pdf"))

    assert refusal.value.document == first
    assert (HeldDocument.objects.count(), StoredDocument.objects.count()) == (1, 1)


@pytest.mark.parametrize("differs", ["dated_on", "covers_to"])
def test_the_same_file_for_another_time_is_a_document_of_its_own(organisation, officer, differs):
    content = files.pdf()
    facts = {
        "dated_on": TODAY - timedelta(days=9),
        "covers_from": TODAY - timedelta(days=400),
        "covers_to": TODAY - timedelta(days=35),
    }
    taken(organisation, officer, file=upload(content), **facts)
    later = facts | {differs: facts[differs] + timedelta(days=1)}
    taken(organisation, officer, file=upload(content), **later)

    assert HeldDocument.objects.count() == 2


def test_the_same_file_as_another_kind_is_a_document_of_its_own_with_the_bytes_kept_once(
    organisation, officer, documents_folder
):
    content = files.pdf()
    taken(organisation, officer, file=upload(content))
    taken(organisation, officer, file=upload(content), kind=DocumentKind.ACTIVITIES)

    assert HeldDocument.objects.count() == 2
    assert len([one for one in documents_folder.rglob("*") if one.is_file()]) == 1


def test_what_was_taken_back_can_be_taken_in_again(organisation, officer):
    content = files.pdf()
    withdraw(taken(organisation, officer, file=upload(content)), reason="Fel.", by=officer)

    assert taken(organisation, officer, file=upload(content)).counts


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, "file"),
        ({"file": True, "shown_on": TODAY}, "file"),
        ({"shown_on": TODAY + timedelta(days=1)}, "shown_on"),
        ({"shown_on": TODAY, "received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"shown_on": TODAY, "dated_on": TODAY + timedelta(days=1)}, "dated_on"),
        ({"shown_on": TODAY, "kind": DocumentKind.ACCOUNTS}, "covers_to"),
        ({"shown_on": TODAY, "kind": "criminal_register"}, "kind"),
        ({"shown_on": TODAY, "title": "Anna 19811228-9874"}, "title"),
        ({"shown_on": TODAY, "note": "19811228-9874"}, "note"),
    ],
    ids=str,
)
def test_a_document_that_cannot_be_is_refused_at_its_field(organisation, officer, facts, field):
    if facts.get("file"):
        facts = facts | {"file": upload()}
    with pytest.raises(ValidationError) as fault:
        taken(organisation, officer, **facts)

    assert set(fault.value.message_dict) == {field}
    assert not HeldDocument.objects.exists()
    assert codes(organisation) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", files.word(), "name"),
        ("a.docx", files.zip_bomb(), "bomb"),
        ("a.pdf", files.pdf_with_open_action(), "pdf_script"),
        ("a.txt", files.EICAR, "type"),
        ("19811228-9874.pdf", files.pdf(), "personal_number"),
    ],
    ids=["name", "bomb", "script", "type", "personal number"],
)
def test_of_a_file_that_is_not_taken_nothing_is_kept(
    organisation, officer, documents_folder, name, content, code
):
    with pytest.raises(ValidationError) as fault:
        taken(organisation, officer, file=upload(content, name))

    assert set(fault.value.error_dict) == {"file"}
    assert not StoredDocument.objects.exists()
    assert list(documents_folder.rglob("*")) == []
    assert codes(organisation) == []


def test_only_those_who_edit_organisations_there_take_documents_in(organisation, administration):
    reader = UserFactory(employee_at=administration.root_unit)

    with pytest.raises(NotAllowed):
        taken(organisation, reader, administration=administration, shown_on=TODAY)


def test_a_document_is_taken_back_with_a_reason_and_once(organisation, officer):
    held = taken(organisation, officer, shown_on=TODAY)
    with pytest.raises(ValidationError):
        withdraw(held, reason=" ", by=officer)

    withdraw(held, reason="Hör till en annan organisation.", by=officer)

    with pytest.raises(NotAllowed):
        withdraw(held, reason="Igen.", by=officer)
    held.refresh_from_db()
    assert (held.withdrawn_reason, held.withdrawn_by) == (
        "Hör till en annan organisation.",
        officer,
    )
    assert codes(organisation) == ["document_held", "document_withdrawn"]


# --- The scanner ---------------------------------------------------------------------------------


def test_a_clean_file_is_served_once_the_worker_has_asked(
    clamd, organisation, officer, django_capture_on_commit_callbacks, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        "documents.scanner.current_app.send_task", lambda name, args: asked.append((name, args))
    )
    with django_capture_on_commit_callbacks(execute=True):
        held = taken(organisation, officer, file=upload())
    assert file_in_words(held).startswith("Väntar på virussökning")
    assert asked == [("organisations.tasks.scan_document", [held.stored.pk])]

    scan_document(held.stored.pk)

    held.stored.refresh_from_db()
    assert file_in_words(held) == "Virussökt, inget hittat"


def test_a_virus_is_told_to_the_one_who_uploaded_it_and_the_kind_is_missing_again(
    clamd, organisation, officer
):
    virus = files.word_with("word/a.txt", files.EICAR)
    held = taken(organisation, officer, file=upload(virus, "stadgar.docx"))

    scan_document(held.stored.pk)
    scan_document(held.stored.pk)

    held = HeldDocument.objects.with_files().get()
    notice = Notice.objects.get()
    assert file_in_words(held) == "Virus hittat. Filen lämnas aldrig ut."
    assert (notice.to_address, notice.key) == (officer.email, f"infected:{held.pk}")
    assert str(held) in notice.body
    assert codes(organisation) == ["document_held", "document_infected"]
    rows = {row.kind: row.state for row in holdings([held], TODAY)}
    assert rows[DocumentKind.STATUTES] == State.MISSING


def test_while_the_scanner_is_down_files_wait_and_the_sweep_scans_them_later(
    clamd, organisation, officer
):
    clamd.stop()
    held = taken(organisation, officer, file=upload())
    other = taken(organisation, officer, file=upload(), kind=DocumentKind.ACTIVITIES)
    assert scan_and_tell(held.stored.pk) is False
    scan_leftovers()
    held.stored.refresh_from_db()
    assert held.stored.scan_state == Scan.WAITING

    clamd.start()
    scan_leftovers()

    states = {one.scan_state for one in StoredDocument.objects.filter(held__in=[held, other])}
    assert states == {Scan.CLEAN}


def test_a_changed_file_does_not_keep_the_sweep_from_the_others(
    clamd, organisation, officer, documents_folder
):
    harmed = taken(organisation, officer, file=upload())
    (documents_folder / harmed.stored.storage_name).write_bytes(b"x")
    other = taken(organisation, officer, file=upload(files.word(), "a.docx"))

    scan_leftovers()

    other.stored.refresh_from_db()
    assert other.stored.scan_state == Scan.CLEAN


# --- At a glance ---------------------------------------------------------------------------------


def test_the_eight_are_listed_in_order_each_with_its_state():
    at = AdministrationFactory()
    facts = {"administration": at, "organisation": OrganisationFactory()}
    old = HeldDocumentFactory(**facts, dated_on=date(2019, 5, 1))
    HeldDocumentFactory(**facts, accounts=True)
    HeldDocumentFactory(**facts, kind="minutes", dated_on=TODAY - timedelta(days=700))
    waiting = stored_file(at, scan_state=Scan.WAITING)
    HeldDocumentFactory(**facts, kind="audit", stored=waiting, dated_on=TODAY)
    HeldDocumentFactory(**facts, kind="insurance", dated_on=TODAY)

    rows = holdings(HeldDocument.objects.with_files(), TODAY)

    assert [(row.kind.value, row.state.value) for row in rows] == [
        ("activities", "missing"),
        ("statutes", "valid"),
        ("minutes", "too_old"),
        ("annual_report", "missing"),
        ("accounts", "valid"),
        ("audit", "unserved"),
        ("plan_and_board", "missing"),
        ("members", "missing"),
        ("insurance", "valid"),
    ]
    assert rows[1].document == old
    assert [row.wanted for row in rows] == [True] * 8 + [False]


def test_a_newer_document_takes_the_place_of_an_older_which_stays_to_be_seen():
    at = {"administration": AdministrationFactory(), "organisation": OrganisationFactory()}
    old = HeldDocumentFactory(**at, dated_on=date(2019, 5, 1))
    new = HeldDocumentFactory(**at, dated_on=date(2024, 5, 1))

    row = next(one for one in holdings([old, new], TODAY) if one.kind == "statutes")

    assert (row.document, row.others) == (new, [old])
