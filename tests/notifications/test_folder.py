"""Mails as files, for the program that runs on one machine without a mail server."""

import re
from email import message_from_bytes, policy

from notifications.folder import FILE_NAME
from tests.notifications.test_smtp import MAILBOX, PDF, letter


def test_a_mail_becomes_one_file_with_the_mailbox_written_as_itself(mail_folder):
    mail = letter()
    mail.owner = "amf"
    mail.attach("Beslut.pdf", PDF, "application/pdf")

    assert mail.send() == 1

    (file,) = mail_folder.iterdir()
    raw = file.read_bytes()
    (attached,) = message_from_bytes(raw, policy=policy.default).iter_attachments()
    assert re.fullmatch(FILE_NAME, file.name)
    assert file.name.split(".")[1] == "amf"
    assert [line for line in raw.split(b"\r\n") if line.startswith(b"To:")] == [
        f"To: {MAILBOX}".encode()
    ]
    assert attached.get_content() == PDF
    assert mail.answer == f"Sparat i postlådan som {file.name}."


def test_two_mails_at_once_are_two_files(mail_folder):
    letter().send()
    letter().send()

    assert len(list(mail_folder.iterdir())) == 2
