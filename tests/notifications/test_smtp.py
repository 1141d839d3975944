"""What goes over the wire, byte for byte (RFC 6531)."""

import smtplib
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives

from notifications.letters import Letter, mailbox
from notifications.smtp import AnswerLost

MAILBOX = "brevlåda.för.samverkan@staden.example"
PDF = b"%PDF-1.7 " + bytes(range(256)) * 300


def letter(to=MAILBOX, **facts):
    return Letter(
        "Beslut: språkcafé på Ängen",
        "Hej!\n.\nEn rad som börjar med punkt står kvar.\n",
        "samverkan@staden.example",
        [to],
        **facts,
    )


def sent(sink):
    """The only mail, read."""
    (raw,) = sink.mails
    return message_from_bytes(raw, policy=policy.default)


def envelope(sink):
    return [line for line in sink.commands if line[:4].upper() in (b"MAIL", b"RCPT")]


def test_a_mailbox_with_ä_is_written_as_itself_on_the_wire(mail_server):
    mail = letter()

    mail.send()

    raw = mail_server.mails[0]
    assert envelope(mail_server) == [
        b"mail FROM:<samverkan@staden.example> size=%d SMTPUTF8 BODY=8BITMIME" % len(raw),
        "rcpt TO:<brevlåda.för.samverkan@staden.example>".encode(),
    ]
    assert [line for line in raw.split(b"\r\n") if line.startswith(b"To:")] == [
        "To: brevlåda.för.samverkan@staden.example".encode()
    ]
    assert mail.answer == "250 2.0.0 taken as 1"


def test_text_subject_and_attachment_arrive_whole(mail_server):
    mail = letter()
    mail.attach("Beslut Ängen.pdf", PDF, "application/pdf")

    mail.send()

    arrived = sent(mail_server)
    (attached,) = arrived.iter_attachments()
    assert arrived["Subject"] == "Beslut: språkcafé på Ängen"
    assert arrived.get_body().get_content().splitlines() == mail.body.splitlines()
    assert (attached.get_filename(), attached.get_content_type()) == (
        "Beslut Ängen.pdf",
        "application/pdf",
    )
    assert attached.get_content() == PDF


def test_a_name_an_answer_address_and_a_second_version_of_the_text_arrive(mail_server):
    mail = EmailMultiAlternatives(
        "Hej", "text", "Förvaltningen <samverkan@staden.example>", [f"Åsa Öst <{MAILBOX}>"]
    )
    mail.reply_to = ["svar.på@staden.example"]
    mail.attach_alternative("<p>html</p>", "text/html")

    mail.send()

    arrived = message_from_bytes(mail_server.mails[0], policy=policy.SMTPUTF8)
    assert (str(arrived["From"]), str(arrived["To"]), str(arrived["Reply-To"])) == (
        "Förvaltningen <samverkan@staden.example>",
        f"Åsa Öst <{MAILBOX}>",
        "svar.på@staden.example",
    )
    assert arrived.get_body(("html",)).get_content().strip() == "<p>html</p>"


def test_an_ordinary_mailbox_asks_nothing_special_of_the_server(mail_server):
    mail_server.offers_smtputf8 = False

    letter("chef@staden.example").send()

    assert envelope(mail_server) == [
        b"mail FROM:<samverkan@staden.example> size=%d" % len(mail_server.mails[0]),
        b"rcpt TO:<chef@staden.example>",
    ]
    assert sent(mail_server)["Subject"] == "Beslut: språkcafé på Ängen"


def test_letters_after_the_at_sign_are_written_as_domain_names_are(mail_server):
    letter("info@ängen.example").send()

    assert envelope(mail_server)[1] == b"rcpt TO:<info@xn--ngen-koa.example>"


def test_ä_written_as_a_with_dots_after_it_becomes_one_letter():
    assert mailbox("brevla\u030ada@staden.example").address == "brevlåda@staden.example"


@pytest.mark.parametrize(
    "address", ["", "ingen", "@staden.example", "a@staden.example, b@staden.example", "a@b\nc"]
)
def test_what_is_not_one_address_is_never_sent_to(address):
    with pytest.raises(ValueError, match="not one mail address"):
        mailbox(address)


def test_a_server_without_smtputf8_is_told_nothing_and_the_sender_is_told_why(mail_server):
    mail_server.offers_smtputf8 = False

    with pytest.raises(smtplib.SMTPNotSupportedError, match=f"SMTPUTF8.*{MAILBOX}"):
        letter().send()

    assert (envelope(mail_server), mail_server.mails) == ([], [])


def test_a_server_without_smtputf8_delivers_to_the_alias(mail_server):
    mail_server.offers_smtputf8 = False
    mail = letter()
    mail.ascii_aliases = {MAILBOX: "brevlada@staden.example"}

    mail.send()

    assert envelope(mail_server)[1] == b"rcpt TO:<brevlada@staden.example>"
    assert sent(mail_server)["To"] == "brevlada@staden.example"


def test_the_alias_is_not_used_where_the_server_can_do_better(mail_server):
    mail = letter()
    mail.ascii_aliases = {MAILBOX: "brevlada@staden.example"}

    mail.send()

    assert envelope(mail_server)[1] == f"rcpt TO:<{MAILBOX}>".encode()


def test_a_broken_line_in_the_middle_of_a_mail_is_an_answer_lost(mail_server):
    mail_server.breaks_in_mail = 1

    with pytest.raises(AnswerLost):
        letter().send()


def test_a_silent_caller_hears_nothing(mail_server):
    mail_server.refuses = {MAILBOX.encode(): b"550 5.1.1 no such mailbox"}

    assert letter().send(fail_silently=True) == 0


def test_nobody_to_send_to_is_no_mail(mail_server):
    assert EmailMessage("Hej", "text", "samverkan@staden.example", []).send() == 0
    assert mail_server.connections == 0
