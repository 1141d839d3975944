"""Asking an organisation for documents: one letter, once; what comes in ticks itself off."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from audit import clock
from audit.models import Event
from casework.moves import NotAllowed
from documents.models import Direction, Scan
from documents.pdf import PdfUnavailable
from documents.store import content_of
from notifications import reminders
from notifications.models import Notice, Obligation, State
from notifications.tasks import deliver_leftovers
from organisations import requests
from organisations.contacts import remove_contact
from organisations.hold import hold
from organisations.models import DocumentRequest, RequestedDocument
from organisations.requests import ask, send, send_again, send_leftovers, waive
from organisations.scanning import scan_and_tell
from tests.documents import files
from tests.factories.accounts import AdministrationFactory, UnitFactory, UserFactory
from tests.factories.held import HeldDocumentFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.organisations.test_hold import upload

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path / "documents", ""
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.EMAIL_BACKEND = "notifications.folder.EmailBackend"


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(unit):
    return UserFactory(officer_at=unit)


@pytest.fixture
def organisation(unit):
    return OrganisationFactory(known_at=unit.administration)


@pytest.fixture
def contact(organisation, unit):
    return ContactFactory(organisation=organisation, administration=unit.administration)


def asked_for(organisation, officer, contact, **facts):
    return ask(
        organisation,
        contact.administration,
        **{
            "kinds": ["accounts", "statutes"],
            "due_on": TODAY + timedelta(days=21),
            "contact": contact,
            "by": officer,
            "form_key": uuid4(),
            **facts,
        },
    )


def came_in(organisation, officer, kind="statutes", **facts):
    year = TODAY.year - 1
    period = {"covers_from": f"{year}-01-01", "covers_to": f"{year}-12-31"}
    facts = {"shown_on": TODAY, **facts}
    if kind == "accounts":
        facts |= {name: timezone.datetime.fromisoformat(day).date() for name, day in period.items()}
    return hold(
        organisation,
        officer.grants.get().unit.administration,
        kind=kind,
        dated_on=TODAY - timedelta(days=9),
        received_on=TODAY,
        form_key=uuid4(),
        by=officer,
        **facts,
    )


def state(asked) -> dict:
    return {line.kind: line.state for line in asked.lines.all()}


def text(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def url(name, organisation, *args) -> str:
    return reverse(f"organisations:{name}", args=[organisation.pk, *args])


# --- Asking --------------------------------------------------------------------------------------


def test_asking_obliges_the_officer_until_the_last_day(organisation, officer, contact, unit):
    asked = asked_for(organisation, officer, contact)

    due = Obligation.objects.get()
    assert (due.owner, due.unit, due.due_on) == (officer, unit, asked.due_on)
    assert (due.what, due.path) == (f"Underlag från {organisation}", asked.get_absolute_url())
    assert state(asked) == {"statutes": "Saknas", "accounts": "Saknas"}
    assert [event.code for event in Event.objects.of(organisation)] == ["documents_requested"]


def test_the_same_form_twice_asks_once(organisation, officer, contact):
    key = uuid4()

    first = asked_for(organisation, officer, contact, form_key=key)
    second = asked_for(organisation, officer, contact, form_key=key)

    assert first == second
    assert (DocumentRequest.objects.count(), Obligation.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kinds": []}, "kinds"),
        ({"kinds": ["criminal_register"]}, "kinds"),
        ({"due_on": TODAY}, "due_on"),
        ({"message": "Anna 19811228-9874"}, "message"),
    ],
    ids=str,
)
def test_a_request_that_cannot_be_is_refused_at_its_field(
    organisation, officer, contact, facts, field
):
    with pytest.raises(ValidationError) as fault:
        asked_for(organisation, officer, contact, **facts)

    assert set(fault.value.message_dict) == {field}
    assert not DocumentRequest.objects.exists()


def test_one_is_not_asked_through_anothers_contact(organisation, officer, contact, unit):
    strangers = ContactFactory(administration=unit.administration)
    mute = ContactFactory(
        organisation=organisation, administration=unit.administration, email="", phone="08-1234567"
    )
    for wrong in (strangers, mute):
        with pytest.raises(ValidationError):
            asked_for(organisation, officer, wrong)


def test_only_those_who_edit_organisations_there_ask(organisation, contact, unit):
    with pytest.raises(NotAllowed):
        asked_for(organisation, UserFactory(employee_at=unit), contact)


# --- The letter ----------------------------------------------------------------------------------


def test_the_letter_is_made_kept_and_mailed_once(organisation, officer, contact):
    asked = asked_for(organisation, officer, contact, message="Tack på förhand.")

    send(asked.pk)
    send(asked.pk)
    deliver_leftovers()

    asked.refresh_from_db()
    notice = Notice.objects.get()
    assert (notice.to_address, notice.attachment) == (contact.email, asked.letter)
    assert notice.state == State.SENT
    assert asked.letter.direction == Direction.OUT
    assert content_of(asked.letter).startswith(b"%PDF")
    for words in ("- stadgar", "- ekonomisk berättelse med bokslut", "Tack på förhand."):
        assert words in notice.body
    assert notice.body.index("- stadgar") < notice.body.index("- ekonomisk")


def test_a_machine_that_cannot_make_pdfs_leaves_the_letter_for_the_sweep(
    organisation, officer, contact, monkeypatch
):
    asked = asked_for(organisation, officer, contact)
    with monkeypatch.context() as without:

        def unavailable(data):
            raise PdfUnavailable("saknas")

        without.setattr(requests, "letter_pdf", unavailable)
        assert send_leftovers() == 1
    assert not Notice.objects.exists()

    send_leftovers()

    assert Notice.objects.get().key == asked.key
    assert send_leftovers() == 0


def test_a_refused_letter_is_sent_again_to_the_address_that_the_contact_has_now(
    organisation, officer, contact
):
    asked = asked_for(organisation, officer, contact)
    send(asked.pk)
    Notice.objects.update(state=State.REFUSED, next_try_at=None, server_words="550 nej")
    contact.email = "ny@forening.example"
    contact.save()
    asked = DocumentRequest.objects.get()

    send_again(asked, by=officer)

    notice = Notice.objects.get()
    assert (notice.to_address, notice.state) == ("ny@forening.example", State.WAITING)


def test_a_contact_that_is_taken_away_leaves_the_request(organisation, officer, contact):
    asked = asked_for(organisation, officer, contact)

    remove_contact(contact, by=officer)

    asked = DocumentRequest.objects.get()
    assert (asked.contact, asked.to_name) == (None, contact.name)


def test_the_officer_is_reminded_on_the_day_and_no_more_when_all_is_here(
    organisation, officer, contact
):
    asked = asked_for(organisation, officer, contact, kinds=["statutes"])

    assert reminders.sweep(asked.due_on) == 1  # the latest alone
    came_in(organisation, officer)

    assert reminders.sweep(asked.due_on + timedelta(days=30)) == 0


# --- What comes in -------------------------------------------------------------------------------


def test_what_comes_in_is_ticked_off_and_the_last_one_meets_the_obligation(
    organisation, officer, contact
):
    asked = asked_for(organisation, officer, contact)

    held = came_in(organisation, officer)
    assert state(asked) == {"statutes": "Har kommit in", "accounts": "Saknas"}
    assert asked.lines.get(kind="statutes").document == held
    assert Obligation.objects.get().is_open

    came_in(organisation, officer, "accounts")

    due = Obligation.objects.get()
    assert (due.met_by, due.met_by_person) == (f"begäran {asked.pk}", officer)


def test_what_is_too_old_or_of_another_administration_is_not_what_was_asked_for(
    organisation, officer, contact
):
    asked = asked_for(organisation, officer, contact, kinds=["minutes"])
    hold(
        organisation,
        contact.administration,
        kind="minutes",
        dated_on=TODAY - timedelta(days=900),
        received_on=TODAY,
        shown_on=TODAY,
        form_key=uuid4(),
        by=officer,
    )
    elsewhere = UserFactory(officer_at=AdministrationFactory().root_unit)
    came_in(organisation, elsewhere, "minutes")

    assert state(asked) == {"minutes": "Saknas"}


def test_a_file_is_ticked_off_when_the_scanner_has_cleared_it(
    clamd, organisation, officer, contact
):
    asked = asked_for(organisation, officer, contact)
    clean = came_in(organisation, officer, shown_on=None, file=upload())
    virus = files.word_with("word/a.txt", files.EICAR)
    ill = came_in(
        organisation, officer, "accounts", shown_on=None, file=upload(virus, "bokslut.docx")
    )
    assert state(asked) == {"statutes": "Saknas", "accounts": "Saknas"}

    for held in (clean, ill):
        scan_and_tell(held.stored.pk)

    ill.stored.refresh_from_db()
    assert ill.stored.scan_state == Scan.INFECTED
    assert state(asked) == {"statutes": "Har kommit in", "accounts": "Saknas"}


def test_what_is_not_needed_is_waived_with_a_reason_and_once(organisation, officer, contact):
    asked = asked_for(organisation, officer, contact, kinds=["accounts"])
    line = asked.lines.get()
    with pytest.raises(ValidationError):
        waive(line, reason=" ", by=officer)

    waive(line, reason="Nybildad förening.", by=officer)

    with pytest.raises(NotAllowed):
        waive(line, reason="Igen.", by=officer)
    assert state(asked) == {"accounts": "Behövs inte"}
    assert Obligation.objects.get().met_at is not None


def test_the_database_itself_keeps_what_was_asked_and_what_came(organisation, officer, contact):
    asked = asked_for(organisation, officer, contact)
    came_in(organisation, officer)
    rows = DocumentRequest.objects.filter(pk=asked.pk)
    settled = RequestedDocument.objects.filter(kind="statutes")

    for change in (
        rows.delete,
        lambda: rows.update(due_on=TODAY),
        lambda: rows.update(to_email="annan@forening.example"),
        settled.delete,
        lambda: settled.update(document=None, received_at=None),
        lambda: RequestedDocument.objects.filter(kind="accounts").update(kind="minutes"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# --- The pages -----------------------------------------------------------------------------------


def test_a_request_is_written_looked_at_and_sent(client, organisation, officer, contact, unit):
    HeldDocumentFactory(organisation=organisation, administration=unit.administration)
    client.force_login(officer)
    form = client.get(url("request_documents", organisation)).context["form"]
    assert "statutes" not in form.initial["kinds"]
    facts = {
        "contact": contact.pk,
        "kinds": ["accounts"],
        "due_on": (TODAY + timedelta(days=9)).isoformat(),
        "form_key": str(uuid4()),
    }

    review = client.post(url("request_documents", organisation), facts | {"granska": "1"})
    assert "- ekonomisk berättelse med bokslut" in text(review)
    assert not DocumentRequest.objects.exists()
    draft = client.post(url("draft_letter", organisation), facts)
    assert draft["Content-Type"] == "application/pdf"
    answers = [
        client.post(url("request_documents", organisation), facts | {"skicka": "1"})
        for _ in range(2)
    ]

    asked = DocumentRequest.objects.get()
    assert {answer.url for answer in answers} == {asked.get_absolute_url()}
    assert "Brevet görs." in text(client.get(asked.get_absolute_url()))
    send(asked.pk)
    assert "Väntar på att skickas" in text(client.get(asked.get_absolute_url()))
    letter = client.get(url("request_letter", organisation, asked.pk))
    assert b"".join(letter.streaming_content).startswith(b"%PDF")


def test_a_faulty_request_keeps_what_was_typed(client, organisation, officer, contact):
    client.force_login(officer)
    facts = {"kinds": ["accounts"], "message": "Hej på er", "due_on": "2020-01-01", "granska": "1"}

    page = client.post(url("request_documents", organisation), facts)

    assert page.status_code == 422
    assert "Hej på er" in page.content.decode()
    assert "Välj en kontakt som har e-post." in text(page)


def test_without_a_contact_one_is_told_to_add_one(client, organisation, officer):
    client.force_login(officer)

    assert "Lägg först till en kontakt" in text(client.get(url("request_documents", organisation)))


def test_another_administration_finds_neither_the_request_nor_its_letter(
    client, organisation, officer, contact
):
    asked = asked_for(organisation, officer, contact)
    send(asked.pk)
    client.force_login(UserFactory(manager_at=AdministrationFactory().root_unit))

    line = asked.lines.first()
    for name, args in (
        ("document_request", []),
        ("request_letter", []),
        ("waive_requested", [line.pk]),
    ):
        assert client.get(url(name, organisation, asked.pk, *args)).status_code == 404
    assert client.post(url("resend_request", organisation, asked.pk)).status_code == 404


def test_a_late_request_says_so(client, organisation, officer, contact):
    asked = asked_for(organisation, officer, contact)
    client.force_login(officer)

    with clock.telling(timezone.now() + timedelta(days=22)):
        page = client.get(asked.get_absolute_url())

    assert "Sista dagen har passerat" in text(page)


def test_what_is_not_needed_is_waived_on_its_page(client, organisation, officer, contact):
    asked = asked_for(organisation, officer, contact, kinds=["accounts"])
    client.force_login(officer)
    line = asked.lines.get()

    answer = client.post(
        url("waive_requested", organisation, asked.pk, line.pk), {"reason": "Nybildad."}
    )

    assert answer.url == asked.get_absolute_url()
    assert "Nybildad." in text(client.get(answer.url))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_was_asked_for(
    client, organisation, officer, contact, rows, django_assert_num_queries
):
    for _ in range(rows):
        asked_for(organisation, officer, contact)
    asked = asked_for(
        organisation, officer, contact, kinds=["statutes", "accounts", "minutes"][:rows]
    )
    came_in(organisation, officer)
    client.force_login(officer)

    with django_assert_num_queries(8):
        client.get(asked.get_absolute_url())
