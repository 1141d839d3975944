"""From a notice to a mail, and from what the server says to what we do about it."""

import smtplib
import socket
from email import message_from_bytes, policy

import pytest
from django.core.files.storage import default_storage
from django.core.mail import get_connection

from documents.models import Kind, Scan
from documents.store import keep
from notifications import outbox
from notifications.models import Outcome
from notifications.outbox import Answer
from notifications.post import post, what_it_means
from notifications.smtp import AnswerLost
from tests.notifications.conftest import MAILBOX

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 500


@pytest.fixture
def attempt(write):
    def begin(**facts):
        return outbox.claim(write(**facts).pk)

    return begin


@pytest.fixture
def document(administration):
    def make(**facts):
        return keep(
            PDF,
            administration=administration,
            kind=Kind.DECISION,
            title="Beslut",
            file_name="Beslut FFA-2026-12.pdf",
            **facts,
        )

    return make


def arrived(sink):
    (raw,) = sink.mails
    return message_from_bytes(raw, policy=policy.SMTPUTF8)


def test_the_mailbox_is_told_with_the_decision_attached(mail_server, attempt, document):
    tried = attempt(attachment=document())

    assert post(tried) == Answer(Outcome.ACCEPTED, "250 2.0.0 taken as 1")

    mail = arrived(mail_server)
    (attached,) = mail.iter_attachments()
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        MAILBOX,
        "samverkan@staden.example",
        "Beslut: språkcafé",
    )
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == (
        tried.notice.message_id,
        "auto-generated",
    )
    assert mail.get_body().get_content().strip() == "Beslut har fattats."
    assert (attached.get_filename(), attached.get_content()) == ("Beslut FFA-2026-12.pdf", PDF)


def test_a_decision_that_was_tampered_with_is_not_sent(mail_server, attempt, document):
    kept = document()
    with default_storage.open(kept.storage_name, "wb") as file:
        file.write(b"another decision")

    answer = post(attempt(attachment=kept))

    assert answer.outcome == Outcome.REFUSED
    assert answer.words.startswith("Den bifogade filen kan inte skickas")
    assert mail_server.connections == 0


def test_a_file_that_waits_for_the_scanner_is_not_sent(mail_server, attempt, document):
    answer = post(attempt(attachment=document(scan_state=Scan.WAITING)))

    assert (answer.outcome, mail_server.connections) == (Outcome.REFUSED, 0)


def test_a_server_without_smtputf8_is_a_no_that_says_why(mail_server, attempt):
    mail_server.offers_smtputf8 = False

    answer = post(attempt())

    assert answer.outcome == Outcome.REFUSED
    assert "den saknar SMTPUTF8" in answer.words
    assert mail_server.mails == []


def test_the_administrations_alias_is_used_where_the_server_lacks_smtputf8(
    mail_server, attempt, administration
):
    administration.mailbox_ascii_alias = "brevlada@staden.example"
    administration.save()
    mail_server.offers_smtputf8 = False

    answer = post(attempt())

    assert (answer.outcome, arrived(mail_server)["To"]) == (
        Outcome.ACCEPTED,
        "brevlada@staden.example",
    )


def test_the_mailboxs_alias_is_nobody_elses(mail_server, attempt, administration):
    administration.mailbox_ascii_alias = "brevlada@staden.example"
    administration.save()
    mail_server.offers_smtputf8 = False

    answer = post(attempt(to="åsa@staden.example"))

    assert (answer.outcome, mail_server.mails) == (Outcome.REFUSED, [])


@pytest.mark.parametrize(
    ("words", "outcome"),
    [(b"550 5.1.1 no such mailbox", Outcome.REFUSED), (b"451 4.3.0 try later", Outcome.LATER)],
)
def test_the_servers_refusal_is_kept_in_its_own_words(mail_server, attempt, words, outcome):
    mail_server.refuses = {MAILBOX.encode(): words}

    assert post(attempt()) == Answer(outcome, words.decode())


def test_a_line_that_breaks_before_the_answer_is_no_answer(mail_server, attempt):
    mail_server.breaks_in_mail = 1

    assert post(attempt()).outcome == Outcome.UNANSWERED


def test_a_yes_is_a_yes_whatever_the_server_says_when_we_leave(mail_server, attempt):
    mail_server.farewell = b"221 " + b"bye " * 3000  # longer than a line may be

    assert post(attempt()).outcome == Outcome.ACCEPTED


def test_a_server_that_is_down_is_not_reached(mail_server, attempt, settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.EMAIL_PORT = taken.getsockname()[1]

    answer = post(attempt())

    assert answer.outcome == Outcome.UNREACHED
    assert answer.words.startswith("E-postservern gick inte att nå")


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        (smtplib.SMTPDataError(452, b"mailbox full"), Outcome.LATER),
        (smtplib.SMTPDataError(554, b"spam"), Outcome.REFUSED),
        (smtplib.SMTPSenderRefused(553, b"not you", "a@b.example"), Outcome.REFUSED),
        (smtplib.SMTPSenderRefused(421, b"busy", "a@b.example"), Outcome.LATER),
        (smtplib.SMTPServerDisconnected("gone"), Outcome.UNREACHED),
        (AnswerLost("gone"), Outcome.UNANSWERED),
        (TimeoutError("slow"), Outcome.UNREACHED),
        (ValueError("not one mail address"), Outcome.REFUSED),
    ],
)
def test_what_the_server_does_says_what_we_do(problem, outcome):
    assert what_it_means(problem).outcome == outcome


def test_several_mails_share_one_line_and_a_no_begins_a_new_one(mail_server, write):
    mail_server.refuses = {b"fel@staden.example": b"550 no"}
    line = get_connection()
    notices = [
        write(to, to=to) for to in ("a@x.example", MAILBOX, "fel@staden.example", "b@x.example")
    ]
    answers = [post(outbox.claim(notice.pk), line).outcome for notice in notices]
    line.close()

    assert answers == [Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.REFUSED, Outcome.ACCEPTED]
    assert (mail_server.connections, len(mail_server.mails)) == (2, 3)
