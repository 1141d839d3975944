"""Hands mails to an SMTP server, also to a mailbox with ä before the @ (RFC 6531).

Where the server does not offer SMTPUTF8 the mail goes to the mailbox's ASCII alias, and where
there is none it is refused aloud: never sent to an address that somebody else may have.
"""

import contextlib
import smtplib

from django.core.mail.backends import smtp

from notifications.letters import NO_ALIASES, Sealed, seal


class AnswerLost(smtplib.SMTPServerDisconnected):
    """The mail was on its way when the line broke: the server may have taken it, or not."""


class Listening:
    """An SMTP line that keeps the server's answer to the mail, and knows when it was lost."""

    said = ""
    handing_over = False

    def send(self, s):
        self.handing_over = isinstance(s, bytes)  # commands are text, only the mail is bytes
        super().send(s)

    def data(self, msg):
        try:
            code, words = super().data(msg)
        except smtplib.SMTPServerDisconnected as broken:
            if self.handing_over:
                raise AnswerLost(str(broken)) from broken
            raise
        self.said = f"{code} {words.decode('utf-8', 'replace')}"
        return code, words


class Line(Listening, smtplib.SMTP):
    pass


class EncryptedLine(Listening, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's backend with our own handing over. Raises what smtplib raises, and AnswerLost."""

    @property
    def connection_class(self):
        return EncryptedLine if self.use_ssl else Line

    def close(self):
        # What the server says when we leave changes nothing: the mail has had its answer.
        with contextlib.suppress(OSError):
            super().close()

    def _send(self, message):
        if not message.recipients():
            return False
        try:
            # Django says no EHLO before it sends, and until then nobody knows what is offered.
            self.connection.ehlo_or_helo_if_needed()
            self._hand_over(self._sealed(message))
            message.answer = self.connection.said
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True

    def _sealed(self, message) -> Sealed:
        sealed = seal(message)
        if not sealed.needs_smtputf8 or self.connection.has_extn("smtputf8"):
            return sealed
        sealed = seal(message, instead=getattr(message, "ascii_aliases", NO_ALIASES))
        if sealed.needs_smtputf8:
            raise smtplib.SMTPNotSupportedError(
                f"E-postservern {self.host} kan inte leverera till adresser med å, ä eller ö före "
                f"@ (den saknar SMTPUTF8), och ingen reservadress är angiven för "
                f"{', '.join(message.recipients())}."
            )
        return sealed

    def _hand_over(self, sealed: Sealed) -> None:
        options = ["SMTPUTF8", "BODY=8BITMIME"] if sealed.needs_smtputf8 else []
        self.connection.sendmail(sealed.sender, sealed.recipients, sealed.content, options)
