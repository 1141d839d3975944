"""Dates, sums, lists and the alphabet, the Swedish way."""

from datetime import date

MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
NARROW = "\u202f"  # between thousands: does not break and is narrow


def long_date(day: date | None) -> str:
    """21 november 2026; empty for None."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def kronor(amount: int | None) -> str:
    """12 500 kr; empty for None."""
    return "" if amount is None else f"{amount:,}".replace(",", NARROW) + f"{NARROW}kr"


def hours(number: int | None) -> str:
    """480 timmar, 1 timme; empty for none."""
    return f"{number} {one_or_many(number, 'timme', 'timmar')}" if number else ""


def and_list(words) -> str:
    """a, b och c."""
    words = [str(word) for word in words]
    return " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def one_or_many(count: int | str, one: str, many: str) -> str:
    """The words that fit the number: ärende for 1, ärenden for all else ("20+" too)."""
    return one if count == 1 else many


def sort_key(text: str) -> str:
    """A key that sorts å, ä, ö last and ignores case, on any database.

    No collation is the same on SQLite and PostgreSQL, so lists sort by a stored key. It is made
    of small letters and digits alone: many collations overlook other signs.
    """
    text = text.casefold()
    for letter, key in (("å", "zzz1"), ("ä", "zzz2"), ("ö", "zzz3"), ("é", "e"), ("ü", "y")):
        text = text.replace(letter, key)
    return text[:200]
