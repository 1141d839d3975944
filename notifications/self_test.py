"""Can the mail server deliver to a mailbox with å, ä or ö before the @? Asked before it matters."""

import smtplib
from dataclasses import dataclass

from django.conf import settings

from accounts.models import Administration
from notifications.smtp import EmailBackend


@dataclass(frozen=True)
class Verdict:
    """One sentence in Swedish, and whether mails to the mailbox will arrive as far as we know."""

    will_arrive: bool
    sentence: str


def mailbox_verdict(administration: Administration) -> Verdict:
    """Ask the configured server what it offers. No mail is sent; what SMTP raises is caught."""
    mailbox = administration.mailbox
    if settings.MAIL == "folder":
        return Verdict(True, f"Mejl till {mailbox} skrivs till mappen {settings.MAIL_FOLDER}.")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        offered = offers_smtputf8()
    except (OSError, smtplib.SMTPException) as failure:
        return Verdict(False, f"E-postservern {server} går inte att nå: {failure}")
    return verdict(administration, server, offered)


def verdict(administration: Administration, server: str, offered: bool) -> Verdict:
    """What a server that offers SMTPUTF8, or does not, means for this mailbox (RFC 6531)."""
    mailbox, alias = administration.mailbox, administration.mailbox_ascii_alias
    if mailbox.partition("@")[0].isascii():
        return Verdict(True, f"E-postservern {server} svarar. {mailbox} kräver inget särskilt.")
    if offered:
        return Verdict(
            True, f"{mailbox} kräver SMTPUTF8 av e-postservern, och {server} erbjuder det."
        )
    missing = f"{mailbox} kräver SMTPUTF8 av e-postservern, och {server} erbjuder det inte."
    if alias:
        return Verdict(True, f"{missing} Mejl går därför till reservadressen {alias}.")
    return Verdict(
        False,
        f"{missing} Mejl till brevlådan kommer inte fram. Ange en reservadress utan å, ä och ö, "
        "eller be den som sköter e-postservern att slå på SMTPUTF8.",
    )


def offers_smtputf8() -> bool:
    backend = EmailBackend()
    try:
        backend.open()
        backend.connection.ehlo_or_helo_if_needed()
        return backend.connection.has_extn("smtputf8")
    finally:
        backend.close()
