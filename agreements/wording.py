"""Words of purchase law in a draft agreement (S-19, domain 4.4). Shown, never blocking.

An agreement between partners must not be shaped as an order from the public side. Whether a word
is out of place is for people to say: "leverans" may speak of a parcel.
"""

import re
from dataclasses import dataclass

# word → pattern of the whole word it stands in. Swedish joins words: "leverans" is also found in
# "leveransvillkor" and "delleverans"; but "option" is no part of "adoption", nor "vite" of "invit".
PATTERNS = {
    "beställare": r"\w*beställare\w*",
    "leverantör": r"\w*leverantör\w*",
    "uppdragstagare": r"\w*uppdragstagare\w*",
    "avrop": r"\w*avrop\w*",
    "anbud": r"\w*anbud\w*",
    "kravspecifikation": r"\w*kravspecifikation\w*",
    "vite": r"vite(?:t|n|ts|ns|s\w*|belopp\w*|klausul\w*|föreläggande\w*)?",
    "skadestånd": r"\w*skadestånd\w*",
    "leverans": r"\w*leverans\w*",
    "fakturering per": r"\w*fakturer(?:ing|ingen|as|ar|a)\s+per",
    "option": r"option(?:en|er|erna|ens|ernas|s\w*)?",
}
FINDER = re.compile(
    "|".join(rf"\b(?P<w{n}>{pattern})\b" for n, pattern in enumerate(PATTERNS.values())),
    re.IGNORECASE,
)
WORDS = tuple(PATTERNS)


@dataclass(frozen=True)
class Hit:
    """A word of purchase law: which of the list, how it stands in the text, and where."""

    word: str
    found: str
    start: int
    end: int


def purchase_words(text: str) -> list[Hit]:
    """Every word of purchase law in the text, in order. `text[hit.start:hit.end] == hit.found`."""
    return [
        Hit(WORDS[int(match.lastgroup[1:])], match[0], match.start(), match.end())
        for match in FINDER.finditer(text)
    ]
