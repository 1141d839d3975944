"""The postman: hands one attempt's notice to the mail server. No transaction is open here."""

import smtplib
from email.utils import format_datetime

from django.core.mail import get_connection

from audit import clock
from documents.store import NotScanned, Tampered, content_of
from notifications.letters import Letter, composed
from notifications.models import DeliveryAttempt, Notice, Outcome
from notifications.outbox import Answer
from notifications.smtp import AnswerLost


def post(attempt: DeliveryAttempt, connection=None) -> Answer:
    """Send it, and say what came of it. Raises nothing that a mail server can cause.

    With a `connection` several are sent over one line, which the caller closes; after anything
    but a yes it is closed here too, so that the next mail starts afresh.
    """
    try:
        letter = letter_for(attempt.notice)
    except (Tampered, NotScanned) as fault:
        return Answer(Outcome.REFUSED, f"Den bifogade filen kan inte skickas: {fault}")
    except OSError as problem:
        return Answer(Outcome.UNREACHED, f"Den bifogade filen gick inte att läsa: {problem}")
    line = connection or get_connection()
    answer = hand_over(letter, line)
    if connection is None or answer.outcome != Outcome.ACCEPTED:
        line.close()
    return answer


def letter_for(notice: Notice) -> Letter:
    """The mail. Raises Tampered or NotScanned when its attachment is not what was kept."""
    administration = notice.administration
    letter = Letter(
        notice.subject,
        notice.body,
        to=[notice.to_address],
        headers={
            "Message-ID": notice.message_id,
            "Date": format_datetime(clock.now()),
            "Auto-Submitted": "auto-generated",
        },
    )
    letter.owner = administration.slug
    if administration.mailbox_ascii_alias and notice.to_address == composed(administration.mailbox):
        letter.ascii_aliases = {notice.to_address: administration.mailbox_ascii_alias}
    if kept := notice.attachment:
        letter.attach(kept.file_name, content_of(kept), kept.content_type)
    return letter


def hand_over(letter: Letter, line) -> Answer:
    try:
        line.open()
    except OSError as problem:  # smtplib's own exceptions are OSErrors too
        return Answer(Outcome.UNREACHED, f"E-postservern gick inte att nå: {_in_words(problem)}")
    try:
        line.send_messages([letter])
    except (OSError, ValueError) as problem:
        return what_it_means(problem)
    return Answer(Outcome.ACCEPTED, letter.answer)


def what_it_means(problem: Exception) -> Answer:
    """From what smtplib raised to what we do: 4xx is for later, 5xx is a no (RFC 5321 4.2.1)."""
    match problem:
        case AnswerLost():
            return Answer(Outcome.UNANSWERED, f"Förbindelsen bröts innan svaret kom: {problem}")
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            return _by_code(*next(iter(refused.values())))
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=words):
            return _by_code(code, words)
        case smtplib.SMTPNotSupportedError() | ValueError():
            return Answer(Outcome.REFUSED, str(problem))
    return Answer(Outcome.UNREACHED, f"Förbindelsen med e-postservern bröts: {problem}")


def _in_words(problem: Exception) -> str:
    """What the server said where it did, not as Python writes it."""
    match problem:
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=words):
            return _by_code(code, words).words
    return str(problem)


def _by_code(code: int, words: bytes | str) -> Answer:
    if isinstance(words, bytes):
        words = words.decode("utf-8", "replace")
    outcome = Outcome.LATER if 400 <= code < 500 else Outcome.REFUSED
    return Answer(outcome, f"{code} {words}")
