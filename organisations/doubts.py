"""Doubts: what must be looked at before an organisation is saved, and can then be confirmed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q

from organisations.models import Organisation
from organisations.numbers import form_mismatch

ALIKE = 0.85
CANDIDATES = 300
# Words that half of all names hold: they tell no two organisations apart.
COMMON = {
    *("förening", "föreningen", "ideell", "ideella", "riksförbundet", "förbundet", "stiftelsen"),
    *("stiftelse", "nätverket", "nätverk", "ekonomisk", "svb", "ab", "i", "och", "för", "på", "av"),
}


@dataclass(frozen=True)
class Doubt:
    """`code` is what a form sends back to say: seen, save anyway."""

    code: str
    sentence: str
    organisation: Organisation | None = None


class Doubtful(Exception):
    """Nothing was saved: somebody should look at the doubts first, and may then confirm them."""

    def __init__(self, doubts: list[Doubt]):
        self.doubts = doubts
        super().__init__(" ".join(doubt.sentence for doubt in doubts))


def telling_words(name: str) -> list[str]:
    words = re.findall(r"\w+", name.casefold())
    return [word for word in words if word not in COMMON] or words


def similar_to(organisation: Organisation) -> list[Organisation]:
    """Others whose name is nearly the same: other word order, spelling or common words."""
    words = telling_words(organisation.name)
    begins = Q(pk__in=[])
    for word in words:
        begins |= Q(search_key__contains=word[:3])
    candidates = Organisation.objects.filter(begins).exclude(pk=organisation.pk)
    return [
        other
        for other in candidates.order_by("sort_key", "pk")[:CANDIDATES]
        if alike(words, telling_words(other.name))
    ]


def alike(words: list[str], others: list[str]) -> bool:
    """Each word has its like in the other name, or they differ only in where words are parted."""
    if "".join(words) == "".join(others):
        return True
    left = list(others)
    for word in words:
        near = [other for other in left if SequenceMatcher(None, word, other).ratio() >= ALIKE]
        if not near:
            return False
        left.remove(near[0])
    return not left


def doubts_about(organisation: Organisation) -> list[Doubt]:
    found = [
        Doubt(f"alike:{other.pk}", f"Det finns redan en organisation som heter {other}.", other)
        for other in similar_to(organisation)
    ]
    if sentence := form_mismatch(organisation.org_number, organisation.legal_form):
        code = f"mismatch:{organisation.org_number[0]}:{organisation.legal_form}"
        found.append(Doubt(code, sentence))
    return found


def refuse_doubtful(organisation: Organisation, confirmed) -> None:
    """Raise Doubtful unless every doubt is among the codes that somebody has confirmed."""
    doubts = doubts_about(organisation)
    if {doubt.code for doubt in doubts} - set(confirmed):
        raise Doubtful(doubts)
