"""Read a spreadsheet or a CSV file as rows of text, and refuse what is neither.

Nothing in the file is carried out: of a formula the value that was last worked out is read.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

MOST_BYTES = 5_000_000
MOST_ROWS = 10_000
MOST_LINES = 100_000  # blank ones too: some files claim a million
MOST_UNPACKED = 60_000_000
MOST_PARTS = 500
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LEADS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet program takes for a formula

NO_TABLE = "Filen är varken ett kalkylblad (xlsx) eller en CSV-fil."
TOO_LARGE = "Filen är för stor. Den får vara högst 5 MB."
TOO_MANY = "Filen har fler än 10 000 rader. Dela upp den."
EMPTY = "Filen är tom."


class NotATable(Exception):
    """The file cannot be read; the sentence says why."""


def refuse_at_once(content: bytes) -> None:
    """What can be said before the file is kept. Raises NotATable."""
    if not content.strip():
        raise NotATable(EMPTY)
    if len(content) > MOST_BYTES:
        raise NotATable(TOO_LARGE)
    if content.startswith(OLD_EXCEL):
        raise NotATable("Filen är i det gamla formatet xls. Spara den som xlsx och försök igen.")
    if not content.startswith(ZIP):
        decoded(content)


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """(row number as the spreadsheet counts, cells as text) of every row that is not blank."""
    refuse_at_once(content)
    lines = in_workbook(content) if content.startswith(ZIP) else in_text(content)
    found = 0
    for number, cells in enumerate(lines, start=1):
        if number > MOST_LINES:
            raise NotATable(TOO_MANY)
        texts = [text_of(cell) for cell in cells]
        if any(texts):
            found += 1
            if found > MOST_ROWS + 1:  # and the headings
                raise NotATable(TOO_MANY)
            yield number, texts
    if not found:
        raise NotATable(EMPTY)


def in_workbook(content: bytes) -> Iterator:
    """The first sheet. Raises NotATable for a zip that is none, or unpacks to too much."""
    from openpyxl import load_workbook  # when it is needed: it takes long to load

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
            if len(sizes) > MOST_PARTS or sum(sizes) > MOST_UNPACKED:
                raise NotATable("Filen packar upp till mer än ett kalkylblad kan behöva.")
            if "xl/workbook.xml" not in parts.namelist():
                raise NotATable(NO_TABLE)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file claims about its size is not believed
            yield from sheet.iter_rows(values_only=True)
        finally:
            book.close()
    except NotATable:
        raise
    except Exception as fault:  # openpyxl raises whatever a broken file leads it to
        raise NotATable("Kalkylbladet går inte att läsa. Spara det på nytt som xlsx.") from fault


def decoded(content: bytes) -> str:
    """As UTF-8 with or without a mark, UTF-16 with one, or Windows-1252. Raises NotATable."""
    for coding in (
        ("utf-16",)
        if content[:2] in (b"\xff\xfe", b"\xfe\xff")
        else (
            "utf-8-sig",
            "cp1252",
        )
    ):
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotATable(NO_TABLE)


def in_text(content: bytes) -> Iterator[list[str]]:
    text = decoded(content)
    heading = text.lstrip().split("\n", 1)[0]
    delimiter = max(";,\t", key=heading.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as fault:
        raise NotATable(NO_TABLE) from fault


def text_of(cell) -> str:
    """A number without decimals as its digits, a day as 2026-01-31, all else as it stands."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    text = " ".join(str(cell).split())
    return text[1:] if text.startswith("'") and text[1:].startswith(LEADS) else text


def harmless(text: str) -> str:
    """Text that no spreadsheet program takes for a formula when the file is opened."""
    return f"'{text}" if text.startswith(LEADS) else text
