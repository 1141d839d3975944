"""Reads the mails that notifications/folder.py wrote: the mailbox of the embedded program."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path, PurePosixPath

from django.conf import settings

from notifications.folder import FILE_NAME

MOST_SHOWN = 100


class NoSuchMail(Exception):
    """There is no mail of that name, or it belongs to somebody else."""


@dataclass(frozen=True)
class Attached:
    number: int  # from 1, in the order of the mail
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(inget ämne)")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def sent_at(self) -> datetime:
        """When it was written, from the name of the file: that is UTC."""
        stamp = self.name.partition(".")[0]
        return datetime.strptime(stamp, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain", "html"))
        return body.get_content() if body else ""

    @property
    def attachments(self) -> list[Attached]:
        return [
            Attached(
                number,
                PurePosixPath((part.get_filename() or f"bilaga-{number}").replace("\\", "/")).name,
                part.get_content_type(),
                part.get_payload(decode=True) or b"",
            )
            for number, part in enumerate(self.message.iter_attachments(), 1)
        ]


def newest(owners: Collection[str], *, most: int = MOST_SHOWN) -> list[Mail]:
    """The newest mails of these administrations (slugs; "" is of none), the newest first."""
    folder = Path(settings.MAIL_FOLDER)
    names = sorted((file.name for file in folder.glob("*.eml")), reverse=True)
    return [_read(name) for name in [name for name in names if _owned(name, owners)][:most]]


def find(name: str, owners: Collection[str]) -> Mail:
    """One mail by the name of its file. Raises NoSuchMail, also for any other file or path."""
    if not _owned(name, owners):
        raise NoSuchMail(name)
    try:
        return _read(name)
    except FileNotFoundError:
        raise NoSuchMail(name) from None


def _owned(name: str, owners: Collection[str]) -> bool:
    return bool(re.fullmatch(FILE_NAME, name)) and name.split(".")[1] in owners


def _read(name: str) -> Mail:
    raw = (Path(settings.MAIL_FOLDER) / name).read_bytes()
    return Mail(name, message_from_bytes(raw, policy=policy.SMTPUTF8))
