"""The rule catalogue (docs/source/catalogue.csv), read once: what each id says and who keeps it."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

PATH = Path(settings.BASE_DIR) / "docs" / "source" / "catalogue.csv"

# The first letter of an id says which document it comes from.
DOCUMENTS = {
    "G": "Riktlinjer för samverkan med civilsamhället",
    "I": "Rutin för idéburet offentligt partnerskap",
    "M": "Handbok om samverkan mellan kommun och civilsamhälle",
    "S": "Ställningstagande om civilsamhället",
    "A": "Tjänsteutlåtande om samverkan",
}
# What a source that is no entry of the catalogue is, by its first word.
LAWS = {
    "KL": "Kommunallagen",
    "FL": "Förvaltningslagen",
    "OSL": "Offentlighets- och sekretesslagen",
    "LOU": "Lagen om offentlig upphandling",
    "lag": "Lag",
    "förordning": "Förordning",
    "praxis": "Praxis",
}
# KL 6:28–30, FL 32 §, lag 2013:852 1–5 §§, förordning (EU) 2023/2831, praxis i staden.
LAW = re.compile(
    r"(KL|FL|OSL|LOU) \d+([:–-]\d+)*( [a-z])?( §§?)?"
    r"|lag \d{4}:\d+( \d[\d–, a-z]*§§?)?"
    r"|förordning \(EU\) \d{4}/\d+"
    r"|praxis( [^,;]+)?"
)
KEEPERS = {
    "rule": "En regel i programmet",
    "field": "En uppgift som fylls i",
    "notice": "Ett meddelande eller en påminnelse",
    "report": "En lista eller översikt",
    "text": "En text, mall eller fråga",
    "person": "En människa",
    "outside": "Någon utanför programmet",
    "later": "Kommer senare",
}


def is_source(text: str) -> bool:
    """An entry of the catalogue, a section of law or practice, written as such."""
    return text in catalogue() or bool(LAW.fullmatch(text))


@dataclass(frozen=True)
class Entry:
    """One rule of the catalogue. `text` is English, the working language of the catalogue."""

    id: str
    heading: str
    text: str
    kept_by: str
    where: str

    @property
    def document(self) -> str:
        return DOCUMENTS.get(self.id[0], "")

    @property
    def is_in_code(self) -> bool:
        """`where` names files, not words."""
        return self.kept_by not in ("person", "outside", "later")

    @property
    def keeper(self) -> str:
        return KEEPERS.get(self.kept_by, self.kept_by)


@cache
def catalogue() -> dict[str, Entry]:
    """The entries by id, in the catalogue's order."""
    with PATH.open(encoding="utf-8", newline="") as file:
        return {row["id"]: entry_of(row) for row in csv.DictReader(file)}


def entry_of(row: dict[str, str]) -> Entry:
    return Entry(
        id=row["id"],
        heading=row["heading"],
        text=row["rule"].replace("*", ""),
        kept_by=row["kept_by"],
        where=row["where"],
    )
