"""Names compared by the words that tell organisations apart, and the keys that find the like."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

ALIKE = 0.85
# Words that half of all names hold: they tell no two organisations apart.
COMMON = {
    *("förening", "föreningen", "ideell", "ideella", "riksförbundet", "förbundet", "stiftelsen"),
    *("stiftelse", "nätverket", "nätverk", "ekonomisk", "svb", "ab", "i", "och", "för", "på", "av"),
}


@lru_cache(maxsize=50_000)
def telling_words(name: str) -> tuple[str, ...]:
    words = tuple(re.findall(r"\w+", name.casefold()))
    return tuple(word for word in words if word not in COMMON) or words


def alike(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Each word has its like in the other name, or they differ only in where words are parted."""
    if "".join(words) == "".join(others):
        return True
    left = list(others)
    for word in words:
        near = [other for other in left if nearly(word, other)]
        if not near:
            return False
        left.remove(near[0])
    return not left


@lru_cache(maxsize=100_000)
def nearly(word: str, other: str) -> bool:
    """Names are made of the same few words, so most pairs of words have been asked about before."""
    if word == other:
        return True
    matcher = SequenceMatcher(None, word, other)
    return matcher.real_quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def same(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """The very same words that tell, in whatever order and however parted."""
    return sorted(words) == sorted(others) or "".join(words) == "".join(others)


def keys_of(name: str) -> dict[str, str]:
    """joined, heads and tails: names that are alike share one of them, nearly all others none.

    Of two names that are `alike` each word has its like, so how the words begin is the same in
    both, unless a slip stands there; then how they end is. Slips at both ends are not found.
    """
    words = telling_words(name)
    return {
        "joined": "".join(words),
        "heads": " ".join(sorted(word[:2] for word in words)),
        "tails": " ".join(sorted(word[-2:] for word in words)),
    }
