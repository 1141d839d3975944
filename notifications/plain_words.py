"""What a mail server said, in plain Swedish (RFC 3463, RFC 5321). Its own words stay beside it."""

import re

CODE = re.compile(r"\b([245]\d\d)\b")
ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")

FULL = "Mottagarens brevlåda är full."
GONE = "Adressen finns inte hos mottagaren."
# By subject and detail of the enhanced code; the detail "" stands for all others.
BY_ENHANCED = {
    ("1", ""): GONE,
    ("2", "1"): "Mottagarens brevlåda är avstängd.",
    ("2", "2"): FULL,
    ("2", "3"): "Mejlet är för stort för mottagarens brevlåda.",
    ("3", "4"): "Mejlet är för stort för mottagarens e-postserver.",
    ("4", ""): "Mottagarens e-postserver gick inte att nå.",
    ("7", ""): "Mottagarens e-postserver släpper inte in mejlet.",
}
LATER = "Mottagarens e-postserver bad oss vänta, som den ofta gör första gången."
BY_CODE = {
    "421": "Mottagarens e-postserver är upptagen.",
    "450": LATER,
    "451": LATER,
    "452": "Mottagarens e-postserver har inte plats för mejlet just nu.",
    "550": GONE,
    "551": GONE,
    "552": FULL,
    "553": GONE,
    "554": "Mottagarens e-postserver släpper inte in mejlet.",
}


def in_plain_words(said: str) -> str:
    """One sentence; empty when the words are none that we know, or Swedish already."""
    code = CODE.match(said.strip())
    if code is None:
        return ""
    if found := ENHANCED.search(said):
        subject, detail = found.groups()
        if code[1] in ("450", "451") and subject in ("4", "7"):
            return LATER
        known = BY_ENHANCED.get((subject, detail)) or BY_ENHANCED.get((subject, ""))
        if known:
            return known
    return BY_CODE.get(code[1], "")
