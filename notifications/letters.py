"""A mail as the bytes that go to the server, also to a mailbox with ä before the @ (RFC 6531).

Django's own backend writes such a mailbox as =?utf-8?q?...?= and silently mails a stranger. Here
the addresses are written by us, and only the rest of the mail by Django.
"""

import copy
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import formataddr, getaddresses
from typing import NamedTuple

from django.core.mail import EmailMessage
from django.utils.encoding import punycode

NO_ALIASES: Mapping[str, str] = {}


class Letter(EmailMessage):
    """A mail of ours. `answer` is what the server said, once a backend has handed it over."""

    ascii_aliases: Mapping[str, str] = NO_ALIASES  # for servers without SMTPUTF8
    owner = ""  # the slug of the administration that it belongs to
    answer = ""


class Mailbox(NamedTuple):
    name: str
    local: str
    domain: str

    @property
    def address(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def header(self) -> str:
        """As it stands after To: or From:, with ä as itself."""
        if self.name.isascii():
            return formataddr((self.name, self.address)) if self.name else self.address
        quoted = self.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{self.address}>'


@dataclass(frozen=True)
class Sealed:
    """What is handed to the server: envelope addresses and the mail itself."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    needs_smtputf8: bool


def composed(address: str) -> str:
    """One ä, not an a with dots after it: mail servers compare the bytes (RFC 6532 3.1)."""
    return unicodedata.normalize("NFC", address.strip())


def mailbox(address: str) -> Mailbox:
    """Take 'Name <local@domain>' or a bare address apart. Raises ValueError when it is neither."""
    found = getaddresses([composed(str(address))])
    local, at, domain = found[0][1].rpartition("@") if len(found) == 1 else ("", "", "")
    if not (local and at and domain) or "\r" in address or "\n" in address:
        raise ValueError(f"not one mail address: {address!r}")
    return Mailbox(found[0][0], local, punycode(domain))


def seal(message: EmailMessage, *, instead: Mapping[str, str] = NO_ALIASES) -> Sealed:
    """The mail as bytes. `instead` gives an ASCII address for mailboxes that have one.

    Raises ValueError for an address that is none.
    """
    aliases = {mailbox(address).address: alias for address, alias in instead.items()}

    def known_as(address):
        box = mailbox(address)
        alias = aliases.get(box.address)
        return mailbox(alias)._replace(name=box.name) if alias else box

    sender = known_as(message.from_email)
    headers = {"From": [sender]}
    for header, addresses in (
        ("To", message.to),
        ("Cc", message.cc),
        ("Reply-To", message.reply_to),
    ):
        headers[header] = [known_as(address) for address in addresses]
    recipients = [known_as(address) for address in message.recipients()]
    boxes = [*sum(headers.values(), []), *recipients]
    return Sealed(
        sender=sender.address,
        recipients=tuple(box.address for box in recipients),
        content=_content(message, headers),
        needs_smtputf8=not all(box.local.isascii() for box in boxes),
    )


def _content(message: EmailMessage, headers: dict[str, list[Mailbox]]) -> bytes:
    nameless = copy.copy(message)
    nameless.from_email = "nobody@localhost"
    nameless.to, nameless.cc, nameless.reply_to = [], [], []
    needs_utf8 = not all(box.local.isascii() for boxes in headers.values() for box in boxes)
    rules = policy.SMTPUTF8 if needs_utf8 else policy.SMTP
    mail = message_from_bytes(nameless.message().as_bytes(), policy=rules)
    for header, boxes in headers.items():
        del mail[header]
        if boxes:
            mail[header] = ", ".join(box.header for box in boxes)
    return mail.as_bytes(policy=rules)
