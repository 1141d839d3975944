"""Which documents are here, too old or missing, at a glance: a row per kind. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from documents.models import Scan
from documents.store import is_served
from organisations.choices import EIGHT_DOCUMENTS, DocumentKind
from organisations.models import HeldDocument
from organisations.validity import State, current, is_valid, last_day, newest_first

ICONS = {
    State.VALID: "check",
    State.TOO_OLD: "clock",
    State.UNSERVED: "search",
    State.MISSING: "minus",
}


@dataclass
class Holding:
    """One kind. `document` is the one that counts; `others` those it took the place of."""

    kind: DocumentKind
    state: State
    document: HeldDocument | None = None
    valid_until: date | None = None
    others: list[HeldDocument] = field(default_factory=list)
    wanted: bool = False

    @property
    def label(self) -> str:
        return self.kind.label.capitalize()

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def is_lacking(self) -> bool:
        """Should be asked for: it is not here, or too old."""
        return self.state in (State.MISSING, State.TOO_OLD)


def holdings(
    documents: Iterable[HeldDocument], day: date, *, wanted: Iterable[str] = EIGHT_DOCUMENTS
) -> list[Holding]:
    """A row for each wanted kind, and for each other kind that there is something of.

    documents: of one organisation and administration, with `stored` fetched.
    """
    documents, wanted = newest_first(documents), set(wanted)
    standing = current(documents)
    there = {document.kind for document in documents}
    return [
        holding(kind, standing.get(kind), documents, day, kind in wanted)
        for kind in DocumentKind
        if kind in wanted or kind in there
    ]


def holding(kind, document, documents, day: date, wanted: bool) -> Holding:
    others = [one for one in documents if one.kind == kind and one != document]
    until = last_day(document, day) if document else None
    return Holding(kind, state_of(document, day), document, until, others, wanted)


def state_of(document: HeldDocument | None, day: date) -> State:
    if document is None:
        return State.MISSING
    if not is_valid(document, day):
        return State.TOO_OLD
    if document.stored and not is_served(document.stored):
        return State.UNSERVED
    return State.VALID


def file_in_words(document: HeldDocument) -> str:
    """What there is of the document, and whether it can be read: said in words on its page."""
    stored = document.stored
    if stored is None:
        return "Visad, inte sparad"
    if stored.scan_state == Scan.INFECTED:
        return "Virus hittat. Filen lämnas aldrig ut."
    if not is_served(stored):
        return "Väntar på virussökning. Filen kan läsas när den är klar."
    if stored.scan_state == Scan.UNSCANNED:
        return "Inte virussökt: här finns ingen virussökning. Öppna bara filer du litar på."
    return "Virussökt, inget hittat"
