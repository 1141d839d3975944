"""What kinds of file are taken, told by what is in them and never by what they are called.

libmagic is not Python's: it is imported when the first file comes, so that everything else runs
on a machine without it.
"""

import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from documents.refusals import FileRefused, NoMagic

LIBMAGIC = "apt-get install libmagic1"
HEAD = 64 * 1024  # bytes that libmagic is shown


@dataclass(frozen=True)
class FileType:
    label: str  # as in "Filen är en PDF"
    content_type: str
    endings: tuple[str, ...]
    archive: bool = False  # a zip inside: see documents/archives.py


OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
PDF = FileType("PDF", "application/pdf", (".pdf",))
TYPES = (
    PDF,
    FileType("Word-fil", f"{OFFICE}wordprocessingml.document", (".docx",), archive=True),
    FileType("Excel-fil", f"{OFFICE}spreadsheetml.sheet", (".xlsx",), archive=True),
    FileType("OpenDocument-text", f"{ODF}text", (".odt",), archive=True),
    FileType("OpenDocument-kalkylblad", f"{ODF}spreadsheet", (".ods",), archive=True),
    FileType("JPEG-bild", "image/jpeg", (".jpg", ".jpeg")),
    FileType("PNG-bild", "image/png", (".png",)),
)
BY_CONTENT = {one.content_type: one for one in TYPES}
ENDINGS = tuple(ending for one in TYPES for ending in one.endings)
TAKEN = "PDF, Word (docx), Excel (xlsx), OpenDocument (odt, ods), JPEG eller PNG"

# What is inside a zip that is an office file: its main part, or what it says of itself.
OFFICE_PARTS = {"word/document.xml": TYPES[1], "xl/workbook.xml": TYPES[2]}
WHAT_IT_IS = {
    "text/html": "en webbsida",
    "application/zip": "en zip-fil",
    "application/x-dosexec": "ett program",
    "application/x-executable": "ett program",
    "application/x-pie-executable": "ett program",
    "application/x-sharedlib": "ett program",
    "text/x-shellscript": "ett program",
    "application/msword": "en äldre Word-fil",
    "application/vnd.ms-excel": "en äldre Excel-fil",
    "application/CDFV2": "en äldre eller lösenordsskyddad Office-fil",
    "application/encrypted": "en lösenordsskyddad fil",
    "application/x-ole-storage": "en äldre eller lösenordsskyddad Office-fil",
    "text/plain": "ren text",
    "image/svg+xml": "en SVG-bild",
}


def type_of(file: BinaryIO, name: str) -> FileType:
    """What the file is, when it is one of TYPES and its name says so too.

    Raises FileRefused otherwise, and NoMagic. The file is left at its beginning.
    """
    found = guessed(file)
    content = BY_CONTENT.get(found) or (office_type(file) if may_be_zip(found) else None)
    ending = PurePath(name).suffix.lower()
    if content is None:
        said = WHAT_IT_IS.get(found, "av ett slag som inte tas emot")
        raise FileRefused("type", f"Filen är {said}. Spara den som {TAKEN} och försök igen.")
    if ending not in content.endings:
        wanted = " eller ".join(content.endings)
        called = f"heter {ending}" if ending else "saknar ändelse"
        raise FileRefused(
            "name",
            f"Filen {called}, men innehållet är en {content.label}. Kontrollera att det är rätt "
            f"fil och ge den ändelsen {wanted}.",
        )
    return content


def may_be_zip(found: str) -> bool:
    return found == "application/zip" or found.startswith((OFFICE, ODF))


def guessed(file: BinaryIO) -> str:
    """The content type as libmagic reads it."""
    try:
        import magic
    except ImportError as lost:
        raise NoMagic(
            "Filer kan inte tas emot här: det som känner igen filtyper saknas "
            f"({lost}). Installera: {LIBMAGIC}"
        ) from lost
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return magic.from_buffer(head, mime=True)


def office_type(file: BinaryIO) -> FileType | None:
    """Which office file a zip is: libmagic does not recognise all of them."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return BY_CONTENT.get(archive.read("mimetype").decode("ascii", "replace").strip())
            parts = [part for part in OFFICE_PARTS if part in names]
            return OFFICE_PARTS[parts[0]] if len(parts) == 1 else None
    except UNREADABLE:
        raise FileRefused("broken", BROKEN) from None
    finally:
        file.seek(0)


# What zipfile and its decompressors raise at a damaged file: they share no base class.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,  # also NotImplementedError: a way to pack that zipfile does not know
    OSError,
    ValueError,
    EOFError,
)
BROKEN = "Filen är trasig eller ofullständig och kan inte läsas. Spara den på nytt och försök igen."
