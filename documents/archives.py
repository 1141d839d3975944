"""Office files are zips: what must not be in one, found out without unpacking it to disk.

Sizes in a zip's directory are claims. They are checked first, so that nothing large is unpacked;
then every part is unpacked piece by piece and thrown away, which shows whether they were true.
"""

import zipfile
from typing import BinaryIO

from documents.file_types import BROKEN, UNREADABLE
from documents.refusals import FileRefused

MOST_PARTS = 2_000
MOST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 200  # of a part that is larger than a megabyte: text gives 10 to 50
LARGE = 1024 * 1024
PIECE = 64 * 1024

PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
PACKED_ENDINGS = (".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".docx", ".xlsx", ".odt", ".ods")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
OLE = b"\xd0\xcf\x11\xe0"

BOMB = "Filen packar upp till något orimligt stort och tas inte emot."
NESTED = (
    "Filen innehåller en annan packad fil. Spara den som PDF, eller ta bort det som är inbäddat."
)
MACROS = "Filen innehåller makron eller andra program. Spara den som PDF och försök igen."
LOCKED = "Filen är låst med lösenord. Spara den utan lösenord och försök igen."
OUTSIDE = "Filen hämtar innehåll från en annan plats när den öppnas. Spara den som PDF."


def inspect_archive(file: BinaryIO) -> None:
    """Raise FileRefused for bombs, macros, programs, nested archives, locks and broken parts."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            refuse_bombs(parts, size_of(file))
            refuse_by_name(parts)
            for part in parts:
                refuse_by_content(archive, part)
    except UNREADABLE:
        raise FileRefused("broken", BROKEN) from None
    finally:
        file.seek(0)


def size_of(file: BinaryIO) -> int:
    place = file.tell()
    size = file.seek(0, 2)
    file.seek(place)
    return size


def refuse_bombs(parts, size: int) -> None:
    """By what the directory claims, before anything is unpacked."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    large = [part for part in parts if part.file_size > LARGE]
    if (
        len(parts) > MOST_PARTS
        or unpacked > MOST_UNPACKED
        or packed > size  # parts that share the same bytes
        or any(part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in large)
    ):
        raise FileRefused("bomb", BOMB)


def refuse_by_name(parts) -> None:
    for part in parts:
        name = part.filename.replace("\\", "/").lower()
        folder = name.split("/")[0]
        if part.flag_bits & 0x1:
            raise FileRefused("locked", LOCKED)
        if (
            name.endswith(("vbaproject.bin", "vbadata.xml"))
            or "/activex/" in name
            or "/macrosheets/" in name
            or folder in ("basic", "scripts")
        ):
            raise FileRefused("macros", MACROS)
        if name.endswith(PACKED_ENDINGS):
            raise FileRefused("nested", NESTED)
        if ".." in name.split("/") or name.startswith("/"):
            raise FileRefused("broken", BROKEN)


def refuse_by_content(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack the part piece by piece: its size and checksum are true, or reading it fails."""
    names_others = part.filename.lower().endswith(".rels")
    kept = b""
    with archive.open(part) as unpacked:
        head = unpacked.read(PIECE)
        if head.startswith(PACKED):
            raise FileRefused("nested", NESTED)
        if head.startswith((*PROGRAMS, OLE)):
            raise FileRefused("macros", MACROS)
        piece = head
        while piece:
            kept = (kept + piece)[-LARGE:] if names_others else b""
            piece = unpacked.read(PIECE)
    if part.filename == "[Content_Types].xml" and b"macroEnabled" in head:
        raise FileRefused("macros", MACROS)
    if names_others and b"attachedTemplate" in kept and b'TargetMode="External"' in kept:
        raise FileRefused("outside", OUTSIDE)
