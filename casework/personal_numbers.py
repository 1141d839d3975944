"""No personal identity numbers anywhere (domain 2.11): what looks like one is refused."""

import re
import unicodedata

from django.core.exceptions import ValidationError

# Year, month, day (day + 60 in a samordningsnummer) and four more digits, with or without a sign.
# An organisation number never matches: its third and fourth digits are 20 or more. Nor does a
# period of two dates: four digits that begin another date are a year.
CENTURY, MONTH = r"(?:18|19|20)?", r"(?:0[1-9]|1[0-2])"
DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
LOOKS_LIKE_ONE = re.compile(
    rf"(?<!\d){CENTURY}\d\d(?:"
    rf"{MONTH}{DAY}\s?[-+–]?\s?"
    rf"|[ .-]{MONTH}[ .-]{DAY}\s?[-+–]\s?"
    r")\d{4}(?!\d|[-.]\d)"
)
SAID = (
    "Det ser ut som ett personnummer eller samordningsnummer. Sådana får inte sparas här. "
    "Ta bort det."
)


def looks_like_a_personal_number(text: str) -> bool:
    return bool(LOOKS_LIKE_ONE.search(unicodedata.normalize("NFKC", text)))


def refuse_personal_numbers(text: str) -> None:
    """A validator for every field of free text. Raises ValidationError in Swedish."""
    if looks_like_a_personal_number(text or ""):
        raise ValidationError(SAID, code="personal_number")
