"""What a person called a file, made fit to be shown and to be downloaded under."""

import re
import unicodedata

LONGEST = 120
# Steering and direction marks (a name that reads backwards hides its ending), and what no file
# system takes.
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+')
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name: str, ending: str) -> str:
    """The name without folders and odd signs, with the ending that its content has.

    ending: with its dot. What is left of a name that was all odd signs is "fil".
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(letter for letter in name if unicodedata.category(letter) != "Cs")
    name = " ".join(UNFIT.sub(" ", name).split())
    stem = name[: -len(ending)] if name.lower().endswith(ending) else name
    stem = stem.strip(" .")[: LONGEST - len(ending)].strip(" .")
    if not stem or RESERVED.match(stem):
        stem = f"fil {stem}".strip()
    return stem + ending
