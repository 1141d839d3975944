"""Which kinds of document a text speaks of, so that a question can offer those that suit it."""

from organisations.choices import DocumentKind

# The beginnings of words, in small letters. The first that fits a word names the kind.
BEGINNINGS = (
    ("stadg", DocumentKind.STATUTES),
    ("verksamhetsberättelse", DocumentKind.ANNUAL_REPORT),
    ("verksamhetsplan", DocumentKind.PLAN_AND_BOARD),
    ("verksamhetsbeskrivning", DocumentKind.ACTIVITIES),
    ("styrelseförteckning", DocumentKind.PLAN_AND_BOARD),
    ("protokoll", DocumentKind.MINUTES),
    ("årsmötesprotokoll", DocumentKind.MINUTES),
    ("revision", DocumentKind.AUDIT),
    ("ekonomisk", DocumentKind.ACCOUNTS),
    ("bokslut", DocumentKind.ACCOUNTS),
    ("årsredovisning", DocumentKind.ACCOUNTS),
    ("årsbokslut", DocumentKind.ACCOUNTS),
    ("medlems", DocumentKind.MEMBERS),
    ("intyg", DocumentKind.ATTESTATION),
    ("värdegrund", DocumentKind.VALUES),
    ("försäkran", DocumentKind.VALUES),
    ("registreringsbevis", DocumentKind.REGISTRATION),
    ("registerutdrag", DocumentKind.REGISTRATION),
    ("beskrivning", DocumentKind.ACTIVITIES),
    ("försäkring", DocumentKind.INSURANCE),
    ("åtgärd", DocumentKind.MEASURES),
)


def kinds_named(text: str) -> set[DocumentKind]:
    """The kinds that the text names; empty when it names none that we know."""
    words = [word.strip("(),.;:”\"'") for word in text.casefold().split()]
    return {kind for word in words if (kind := kind_of(word))}


def kind_of(word: str) -> DocumentKind | None:
    return next((kind for start, kind in BEGINNINGS if word.startswith(start)), None)
