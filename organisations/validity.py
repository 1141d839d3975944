"""How long a document from an organisation counts, and which of several is the one that does.

The figures are a proposal (domain 2.1, part 4: GK-05 says 18 months for the annual meeting) and
dated: a new set is added from a day on, and what was too old then stays too old in the log.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from organisations.choices import DocumentKind
from organisations.models import HeldDocument


class Basis(StrEnum):
    PERIOD = "period"  # counted from the last day of the year or period it covers
    DAY = "day"  # counted from the day it was written, held or issued
    REPLACED = "replaced"  # counts until there is a newer one


@dataclass(frozen=True)
class Validity:
    basis: Basis
    months: int = 0

    @property
    def in_words(self) -> str:
        """For help texts: how long such a document counts."""
        if self.basis == Basis.REPLACED:
            return "Gäller tills det finns en nyare."
        since = "datum" if self.basis == Basis.DAY else "periodens sista dag"
        return f"Gäller i {self.months} månader från {since}." if self.months else PERIOD_ONLY


PERIOD_ONLY = "Gäller till och med periodens sista dag."
YEARLY = Validity(Basis.PERIOD, 18)  # until the next one ought to be there: a year, and half a one
A_YEAR = Validity(Basis.DAY, 12)
UNTIL_REPLACED = Validity(Basis.REPLACED)

RULES = (
    (
        date(2000, 1, 1),
        {
            DocumentKind.ACTIVITIES: Validity(Basis.DAY, 24),
            DocumentKind.STATUTES: UNTIL_REPLACED,
            DocumentKind.MINUTES: Validity(Basis.DAY, 18),
            DocumentKind.ANNUAL_REPORT: YEARLY,
            DocumentKind.ACCOUNTS: YEARLY,
            DocumentKind.AUDIT: YEARLY,
            DocumentKind.PLAN_AND_BOARD: Validity(Basis.PERIOD, 6),
            DocumentKind.MEMBERS: A_YEAR,
            DocumentKind.ATTESTATION: A_YEAR,
            DocumentKind.VALUES: A_YEAR,
            DocumentKind.REGISTRATION: A_YEAR,
            DocumentKind.DE_MINIMIS: A_YEAR,
            DocumentKind.INSURANCE: Validity(Basis.PERIOD),
            DocumentKind.MEASURES: UNTIL_REPLACED,
        },
    ),
)


class State(StrEnum):
    """Where a kind of document stands. The label is said; colour only underlines it."""

    VALID = "valid"
    TOO_OLD = "too_old"
    UNSERVED = "unserved"  # the only one waits for the scanner, or had a virus
    MISSING = "missing"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    State.VALID: "Finns och gäller",
    State.TOO_OLD: "För gammal",
    State.UNSERVED: "Går inte att läsa än",
    State.MISSING: "Saknas",
}


def rule_for(kind: str, day: date) -> Validity:
    """The rule of that kind in force that day."""
    rules = [kinds for start, kinds in RULES if start <= day]
    return rules[-1][DocumentKind(kind)]


def needs_period(kind: str, day: date) -> bool:
    return rule_for(kind, day).basis == Basis.PERIOD


def valid_until(kind: str, *, dated_on: date | None, covers_to: date | None, day: date):
    """The last day it counts; None when it counts until replaced.

    The other day stands in where the rule's own is lacking: a document has at least one.
    """
    rule = rule_for(kind, day)
    if rule.basis == Basis.REPLACED:
        return None
    first, second = (covers_to, dated_on) if rule.basis == Basis.PERIOD else (dated_on, covers_to)
    return months_after(first or second, rule.months)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day; the end of a month stays one."""
    if not months:
        return day
    if (day + timedelta(days=1)).day == 1:
        return first_of(day, months + 1) - timedelta(days=1)
    last = first_of(day, months + 1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def first_of(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def last_day(document: HeldDocument, day: date) -> date | None:
    return valid_until(
        document.kind, dated_on=document.dated_on, covers_to=document.covers_to, day=day
    )


def is_valid(document: HeldDocument, day: date) -> bool:
    """Counts that day: neither taken back, infected nor too old."""
    until = last_day(document, day)
    return document.counts and (until is None or day <= until)


def newest_first(documents: Iterable[HeldDocument]) -> list[HeldDocument]:
    """By what they cover, then by when they came: the first takes the place of the others."""

    def age(one):
        return (one.covers_to or one.dated_on, one.dated_on or one.covers_to, one.received_on)

    return sorted(documents, key=lambda one: (*age(one), one.pk), reverse=True)


def current(documents: Iterable[HeldDocument]) -> dict[str, HeldDocument]:
    """Kind → the document that takes the place of all others of its kind."""
    found = {}
    for document in newest_first(one for one in documents if one.counts):
        found.setdefault(document.kind, document)
    return found
