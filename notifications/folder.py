"""Writes mails to files in settings.MAIL_FOLDER: the mail server of the embedded program.

The name of a file says when the mail was written and whose it is: no other list is kept.
"""

import secrets
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from audit import clock
from notifications.letters import seal

FILE_NAME = r"\d{8}T\d{12}\.[\w-]*\.[0-9a-f]{8}\.eml"


def file_name(owner: str, *, now=None) -> str:
    """Such as 20261121T004900123456.amf.1a2b3c4d.eml: sorts by time (UTC), then whose it is."""
    moment = (now or clock.now()).astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")
    return f"{moment}.{owner}.{secrets.token_hex(4)}.eml"


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        mails = [message for message in email_messages if message.recipients()]
        for message in mails:
            name = self._write(seal(message).content, getattr(message, "owner", ""))
            message.answer = f"Sparat i postlådan som {name}."
        return len(mails)

    def _write(self, content: bytes, owner: str) -> str:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        name = file_name(owner)
        half = folder / f"{name}.half"
        half.write_bytes(content)
        half.rename(folder / name)  # whole or not there: the page may look at any moment
        return name
