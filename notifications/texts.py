"""The words of a mail: composed when it is written, published in versions (docs/decisions/0026).

    words = compose("initiative", case.administration, {"nummer": case.number, …})
    queue(key, kind="initiative", subject=words.subject, body=words.body, …)

In force is the latest version whose start has come: the administration's own, else the common one,
else the text that the program brings. Composing never fails because of a text: one that cannot be
filled is passed over, and the log says so.
"""

import logging
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Max, Q

from accounts.models import Administration
from accounts.permissions import Permission, administrations_where
from audit import clock
from audit.record import fingerprint, record_in_register
from casework.moves import NotAllowed, Stale
from casework.personal_numbers import SAID, looks_like_a_personal_number
from casework.rules import Reason
from casework.swedish import long_date
from notifications.mail_kinds import Kind, all_kinds, shipped
from notifications.models import MailText
from notifications.wording import filled, one_line, problems, tidy

logger = logging.getLogger(__name__)
fields_logger = logging.getLogger(f"{__name__}.fields")  # a fault of ours: tests make it an error
REGISTER = "mail_texts"
EDIT = Permission.REFERENCE_DATA_EDIT


class Words(NamedTuple):
    subject: str
    body: str


class TextRefused(Exception):
    """Why a text cannot be published: field → sentences in Swedish."""

    def __init__(self, errors: dict[str, list[str]]):
        self.errors = errors
        super().__init__(" ".join(sum(errors.values(), [])))


Texts = dict[tuple[str, int], MailText | None]


def compose(
    code: str, administration, fields: Mapping[str, str], *, known: Texts | None = None
) -> Words:
    """The subject and body of one mail. Costs one query.

    code: of a kind in some `<app>/mail_kinds.py`. fields: a value for each field that the kind has,
    by its Swedish name; one that is lacking is left empty, and the log says so. Raises KeyError
    for a kind that there is none of, and nothing because of a text. known: the texts in force that
    were asked for already, which is filled; for a transaction that writes many mails.
    """
    kind = all_kinds()[code]
    values = _values(kind, fields)
    if text := _in_force(code, administration, {} if known is None else known):
        try:
            return fill(text.subject, text.body, values)
        except KeyError as lacking:
            logger.error("mail text %s %s has no value for %s", code, text.pk, lacking)
    return fill(*shipped(code), values)


def _in_force(code: str, administration, known: Texts) -> MailText | None:
    which = (code, administration.pk)
    if which not in known:
        known[which] = MailText.objects.used(code, administration, clock.today()).first()
    return known[which]


def fill(subject: str, body: str, values: Mapping[str, str]) -> Words:
    """A text with its fields filled. Raises KeyError for a field without a value."""
    return Words(one_line(filled(subject, values)), filled(body, values).strip() + "\n")


def _values(kind: Kind, fields: Mapping[str, str]) -> dict[str, str]:
    if lacking := set(kind.names) ^ set(fields):
        fields_logger.error("mail %s: fields lack or are strange: %s", kind.code, sorted(lacking))
    return {name: str(fields.get(name, "")).strip() for name in kind.names}


# --- who may -----------------------------------------------------------------------------------


def editable(person) -> list[Administration | None]:
    """Whose texts the person may write: own administrations; None, the common ones, comes first
    for those who may in every administration there is. Empty for all others.
    """
    own = administrations_where(person, EDIT)
    every = bool(own) and Administration.objects.count() == len(own)
    return [None, *own] if every else list(own)


# --- versions ----------------------------------------------------------------------------------


def standing(administration) -> tuple[dict[str, MailText], dict[str, MailText]]:
    """Kind → the text in force today, and kind → the own one that comes next. One query.

    Kinds without are left out: the text that the program brings is used.
    """
    used, coming, today = {}, {}, clock.today()
    rows = MailText.objects.standing().filter(
        Q(administration=administration) | Q(administration__isnull=True)
    )
    for row in rows.order_by(F("administration").asc(nulls_first=True), "starts_on", "number"):
        if row.starts_on <= today:
            used[row.kind] = row
        elif row.administration_id == (administration.pk if administration else None):
            coming.setdefault(row.kind, row)
    return used, coming


def latest_number(code: str, administration) -> int:
    """Of the versions of that text, also those taken back; 0 when there is none."""
    rows = MailText.objects.filter(kind=code, administration=administration)
    return rows.aggregate(number=Max("number"))["number"] or 0


@transaction.atomic
def publish(
    code: str,
    administration: Administration | None,
    *,
    subject: str,
    body: str,
    starts_on: date,
    note: str,
    after: int,
    by,
) -> MailText:
    """A new version of a text, from a day: today or later. It is never changed after this.

    administration: None for the text that all share. after: the number of the version that it was
    written from. Raises TextRefused with what to mend, Stale when somebody has published since,
    NotAllowed without the right.
    """
    _refuse_unless_editor(by, administration)
    kind = all_kinds()[code]
    subject, body, note = tidy(subject), tidy(body) + "\n", note.strip()
    errors = problems(kind, subject, body)
    if not note:
        errors["note"] = ["Skriv vad som ändrats."]
    if looks_like_a_personal_number(note):
        errors["note"] = [SAID]
    if starts_on < clock.today():
        errors["starts_on"] = ["En text kan inte börja gälla bakåt i tiden."]
    if errors:
        raise TextRefused(errors)
    list(Administration.objects.select_for_update().order_by("pk").values_list("pk"))  # one by one
    if (number := latest_number(code, administration)) != after:
        raise Stale(MailText.objects.get(kind=code, administration=administration, number=number))
    made = MailText.objects.create(
        kind=code,
        administration=administration,
        number=number + 1,
        subject=subject,
        body=body,
        starts_on=starts_on,
        note=note,
        published_at=clock.now(),
        published_by=by,
    )
    record_in_register(REGISTER, "mail_text_published", by=by, details=_told(made))
    return made


@transaction.atomic
def take_back(text: MailText, *, by) -> MailText:
    """Take back a version that has not begun. Twice changes nothing.

    Raises NotAllowed once it has begun, and without the right.
    """
    text = MailText.objects.select_for_update(of=("self",)).get(pk=text.pk)
    _refuse_unless_editor(by, text.administration)
    if text.withdrawn_on:
        return text
    if text.starts_on <= clock.today():
        sentence = f"Versionen gäller sedan {long_date(text.starts_on)}. Publicera en ny i stället."
        raise NotAllowed([Reason(sentence)])
    text.withdrawn_on, text.withdrawn_by = clock.today(), by
    text.save(update_fields=["withdrawn_on", "withdrawn_by"])
    record_in_register(REGISTER, "mail_text_withdrawn", by=by, details=_told(text))
    return text


def _refuse_unless_editor(person, administration) -> None:
    if administration not in editable(person):
        sentence = f"Du har inte rätt att {EDIT.label} här."
        common = " Den gemensamma texten kräver rätten i alla förvaltningar."
        raise NotAllowed([Reason(sentence + ("" if administration else common))])


def _told(text: MailText) -> dict:
    return {
        "kind": text.kind,
        "administration": text.administration.slug if text.administration else "",
        "number": text.number,
        "starts_on": text.starts_on.isoformat(),
        "text": fingerprint(text.subject + text.body),
    }
