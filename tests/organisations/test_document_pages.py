"""Documents of organisations in the browser: uploaded, read, refused, and hidden from others."""

import re
import socket
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from documents.models import Scan, StoredDocument
from organisations.models import HeldDocument
from tests.documents import files
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.held import HeldDocumentFactory, stored_file
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path / "documents", ""
    return settings.MEDIA_ROOT


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(client, unit):
    person = UserFactory(officer_at=unit)
    client.force_login(person)
    return person


@pytest.fixture
def organisation(unit):
    return OrganisationFactory(known_at=unit.administration)


def page(name, organisation, *args) -> str:
    return reverse(f"organisations:{name}", args=[organisation.pk, *args])


def sent(**facts) -> dict:
    return {
        "kind": "statutes",
        "dated_on": (TODAY - timedelta(days=30)).isoformat(),
        "received_on": TODAY.isoformat(),
        "form_key": str(uuid4()),
        "hela": "ja",
        **facts,
    }


def upload(content=None, name="stadgar.pdf"):
    return SimpleUploadedFile(name, files.pdf() if content is None else content)


def text(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def held_at(unit, organisation, **facts):
    return HeldDocumentFactory(
        organisation=organisation, administration=unit.administration, **facts
    )


def test_a_file_is_uploaded_and_comes_back_as_a_download(client, officer, unit, organisation):
    content = files.pdf()
    facts = sent(administration=unit.administration.pk, file=upload(content, "Våra stadgar.pdf"))

    answer = client.post(page("add_document", organisation), facts)

    held = HeldDocument.objects.get()
    assert answer.url == held.get_absolute_url()
    assert "Inte virussökt" in text(client.get(answer.url))
    file = client.get(page("document_file", organisation, held.pk))
    assert b"".join(file.streaming_content) == content
    assert file["Content-Disposition"].startswith("attachment; ")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert not StoredDocument.objects.get().storage_name.endswith(".pdf")


def test_each_administration_sees_its_own_documents_alone(client, officer, unit, organisation):
    theirs = HeldDocumentFactory(organisation=organisation, kept=True, title="Deras stadgar")
    ours = held_at(unit, organisation, title="Våra stadgar")

    seen = text(client.get(page("documents", organisation)))

    assert ("Våra stadgar" in seen, "Deras stadgar" in seen) == (True, False)
    assert client.get(ours.get_absolute_url()).status_code == 200
    for url in (theirs.get_absolute_url(), page("document_file", organisation, theirs.pk)):
        assert client.get(url).status_code == 404
    assert client.post(theirs.get_absolute_url(), {"reason": "x"}).status_code == 404


def test_a_document_is_not_found_under_another_organisation(client, officer, unit, organisation):
    held, other = held_at(unit, organisation), OrganisationFactory()

    assert client.get(page("held_document", other, held.pk)).status_code == 404


def test_what_was_only_shown_has_no_file(client, officer, unit, organisation):
    held = held_at(unit, organisation)

    assert client.get(page("document_file", organisation, held.pk)).status_code == 404
    assert "Visad, inte sparad" in text(client.get(held.get_absolute_url()))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: upload(b"", "tom.pdf"), "Filen är tom."),
        (lambda: upload(files.word()), "Filen heter .pdf, men innehållet är en Word-fil."),
        (lambda: upload(files.zip_bomb(), "a.docx"), "packar upp till något orimligt stort"),
        (lambda: upload(files.pdf_with_open_action()), "PDF:en innehåller ett skript"),
        (lambda: upload(files.locked_pdf("x")), "PDF:en är låst med lösenord"),
        (lambda: upload(b"%PDF-1.7\n1 0 obj"), "Filen är trasig"),
    ],
    ids=["empty", "wrong name", "bomb", "script", "locked", "broken"],
)
def test_a_bad_file_is_answered_beside_its_field_with_what_was_typed_kept(
    client, officer, unit, organisation, documents_folder, file, said
):
    facts = sent(administration=unit.administration.pk, file=file(), title="Nya stadgar")

    answer = client.post(page("add_document", organisation), facts)

    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors["file"])
    assert 'value="Nya stadgar"' in answer.content.decode()
    assert not StoredDocument.objects.exists()
    assert not HeldDocument.objects.exists()


@pytest.mark.parametrize("over", [1, 1_000_000])
def test_a_file_over_the_limit_is_answered_on_the_page_and_not_kept(
    client, officer, unit, organisation, settings, documents_folder, over
):
    settings.UPLOAD_BYTES = 3 * 1024 * 1024
    at = unit.administration.pk
    content = b"%PDF-1.7".ljust(settings.UPLOAD_BYTES + over, b"x")
    facts = sent(administration=at, file=upload(content), title="Stor")

    answer = client.post(page("add_document", organisation), facts)

    assert answer.status_code == 422
    assert "Filen är större än 3 MB." in str(answer.context["form"].errors["file"])
    assert 'value="Stor"' in answer.content.decode()
    assert not documents_folder.exists()


def test_the_same_file_again_leads_to_the_one_that_is_here(client, officer, unit, organisation):
    at, content = unit.administration.pk, files.pdf()
    client.post(page("add_document", organisation), sent(administration=at, file=upload(content)))

    answer = client.post(
        page("add_document", organisation), sent(administration=at, file=upload(content))
    )

    assert answer.status_code == 422
    assert HeldDocument.objects.get().get_absolute_url() in answer.content.decode()
    assert "Filen finns redan" in text(answer)


def test_a_double_click_saves_one_document(client, officer, unit, organisation):
    facts = sent(administration=unit.administration.pk, shown_on=TODAY.isoformat())

    answers = [client.post(page("add_document", organisation), facts) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert HeldDocument.objects.count() == 1


def test_a_file_must_be_chosen_again_when_something_else_was_wrong(
    client, officer, unit, organisation
):
    facts = sent(administration=unit.administration.pk, kind="", file=upload())

    answer = client.post(page("add_document", organisation), facts)

    assert "Välj filen igen" in str(answer.context["form"].errors["file"])


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Scan.WAITING, "Filen är inte kontrollerad mot virus än och lämnas därför inte ut."),
        (Scan.INFECTED, "Virussökningen hittade något i filen. Den lämnas aldrig ut."),
    ],
)
def test_a_file_that_is_not_cleared_is_not_served_and_says_why(
    client, officer, unit, organisation, state, said
):
    stored = stored_file(unit.administration, scan_state=state)
    held = held_at(unit, organisation, stored=stored)

    answer = client.get(page("document_file", organisation, held.pk))

    assert (answer.status_code, said in text(answer)) == (409, True)
    assert "Hämta filen" not in text(client.get(held.get_absolute_url()))


def test_an_unscanned_file_is_not_served_once_there_is_a_scanner(
    client, officer, unit, organisation, settings
):
    stored = stored_file(unit.administration, scan_state=Scan.UNSCANNED)
    held = held_at(unit, organisation, stored=stored)
    url = page("document_file", organisation, held.pk)
    assert client.get(url).status_code == 200

    settings.CLAMD = "127.0.0.1:1"

    assert client.get(url).status_code == 409
    assert "Väntar på virussökning" in text(client.get(held.get_absolute_url()))


def test_bytes_that_are_no_longer_those_that_were_kept_are_told_of_and_not_served(
    client, officer, unit, organisation, documents_folder
):
    held = held_at(unit, organisation, kept=True)
    (documents_folder / held.stored.storage_name).write_bytes(b"%PDF-1.4 something else")

    answer = client.get(page("document_file", organisation, held.pk))

    assert answer.status_code == 409
    assert "Filen är inte längre den som sparades" in text(answer)
    event = Event.objects.of(organisation).get()
    assert (event.code, event.details["document"]) == ("document_tampered", held.pk)


def test_what_is_lacking_is_said_on_the_organisations_page(client, officer, unit, organisation):
    held_at(unit, organisation, kind="minutes", dated_on=TODAY - timedelta(days=900))
    held_at(unit, organisation)

    said = text(client.get(organisation.get_absolute_url()))

    assert (
        "Saknas eller för gamla: beskrivning av verksamheten, årsmötesprotokoll, "
        "verksamhetsberättelse, ekonomisk berättelse med bokslut, revisionsberättelse, "
        "verksamhetsplan och styrelseförteckning, uppgifter om medlemsantal."
    ) in said


def test_a_document_is_taken_back_and_stays_to_be_read(client, officer, unit, organisation):
    held = held_at(unit, organisation)

    client.post(held.get_absolute_url(), {"reason": "Fel förening."})

    assert "Fel förening." in text(client.get(held.get_absolute_url()))
    assert "(tagen tillbaka)" in text(client.get(page("documents", organisation)))


def test_the_form_says_that_the_extract_of_the_criminal_register_is_never_taken(
    client, officer, organisation
):
    said = text(client.get(page("add_document", organisation)))

    assert "Utdrag ur belastningsregistret tas aldrig emot." in said


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_document_and_for_many(
    client, officer, unit, organisation, rows, django_assert_num_queries
):
    for _ in range(rows):
        held_at(unit, organisation, kept=True)
        held_at(unit, organisation, accounts=True)

    # session, user, grants, organisation, profiles, sizes, contacts, documents, requests,
    # attestations
    with django_assert_num_queries(10):
        client.get(page("documents", organisation))


# --- Against a server, over a real line ----------------------------------------------------------


@pytest.fixture
def line(transactional_db, live_server, client, unit, officer, organisation):
    """line(body, length) -> status: the bytes as they are, and then the line is closed."""
    url = page("add_document", organisation)
    form = client.get(url).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    parts = sent(administration=unit.administration.pk, csrfmiddlewaretoken=token)

    def body_of(content: bytes) -> bytes:
        end = parts.pop("hela")
        fields = [field(name, str(value).encode()) for name, value in parts.items()]
        file = field("file", content, '; filename="a.pdf"')
        return b"".join([*fields, file, field("hela", end.encode()), b"--snitt--\r\n"])

    def send(content: bytes, *, cut=None, length=None) -> int:
        body = body_of(content)
        place = urlsplit(live_server.url)
        with socket.create_connection((place.hostname, place.port), timeout=20) as wire:
            head = (
                f"POST {url} HTTP/1.0\r\nHost: {place.netloc}\r\nCookie: {cookies}\r\n"
                "Content-Type: multipart/form-data; boundary=snitt\r\n"
                f"Content-Length: {length or len(body)}\r\n\r\n"
            )
            wire.sendall(head.encode() + (body[:cut] if cut else body))
            wire.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: wire.recv(65536), b""))
        return int(answer.split(b" ", 2)[1])

    return send


def field(name: str, content: bytes, more: str = "") -> bytes:
    head = f'--snitt\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + content + b"\r\n"


@pytest.mark.django_db(transaction=True)
def test_a_whole_upload_over_a_real_line_is_kept(line):
    assert line(files.pdf()) == 302
    assert HeldDocument.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("missing", [40, 200, 700])
def test_an_upload_that_is_cut_off_leaves_nothing(line, documents_folder, missing):
    content = files.pdf()

    assert line(content, cut=-missing) in (400, 403, 422)
    assert not HeldDocument.objects.exists()
    assert not StoredDocument.objects.exists()
    assert not documents_folder.exists()


@pytest.mark.django_db(transaction=True)
def test_a_length_that_is_less_than_what_comes_leaves_nothing(line, documents_folder):
    assert line(files.pdf() * 50, length=1500) in (400, 403, 422)
    assert not StoredDocument.objects.exists()
