"""Whether a file from outside is taken: the right kind, whole, and with nothing that acts.

Viruses are another matter: `documents/scanner.py`.
"""

import resource
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess
from typing import BinaryIO

from documents.archives import BOMB, inspect_archive
from documents.file_types import BROKEN, PDF, FileType, type_of
from documents.refusals import FileRefused

PROGRAM = Path(__file__).with_name("pdf_contents.py")
SECONDS = 30
MEMORY = 1024 * 1024 * 1024
TAIL = 66 * 1024  # where a zip's end would be

EMPTY = "Filen är tom. Kontrollera att det är rätt fil och försök igen."
TWO_IN_ONE = "Filen är både en PDF och ett arkiv och tas inte emot. Skriv ut den som PDF på nytt."
PDF_REASONS = {
    "encrypted": (
        "PDF:en är låst med lösenord eller skyddad mot ändring. Spara den utan skydd och försök "
        "igen."
    ),
    "broken": BROKEN,
    "script": (
        "PDF:en innehåller ett skript eller ett formulär som kör program. Skriv ut den som PDF på "
        "nytt och ladda upp utskriften."
    ),
    "program": (
        "PDF:en kan starta program eller spela upp något. Skriv ut den som PDF på nytt och ladda "
        "upp utskriften."
    ),
    "embedded": "PDF:en har bifogade filer i sig. Ladda upp dem var för sig, som egna underlag.",
    "large": BOMB,
}


def inspect(file: BinaryIO, name: str) -> FileType:
    """What the file is. Raises FileRefused with the reason, and NoMagic.

    The file is left at its beginning. Nothing of it is kept or run.
    """
    file.seek(0)
    if not file.read(1):
        raise FileRefused("empty", EMPTY)
    found = type_of(file, name)
    if found.archive:
        inspect_archive(file)
    if found == PDF:
        inspect_pdf(file)
    return found


def inspect_pdf(file: BinaryIO) -> None:
    file.seek(0)
    content = file.read()
    file.seek(0)
    if b"PK\x05\x06" in content[-TAIL:]:
        raise FileRefused("polyglot", TWO_IN_ONE)
    said = asked(content)
    if said != "fine":
        raise FileRefused(f"pdf_{said}", PDF_REASONS[said])


def asked(content: bytes) -> str:
    """What a process with limits says of the PDF; one that breaks them is too large."""
    done = run_limited(PROGRAM, content)
    if done is None:
        return "large"
    said = done.stdout.decode().strip()
    if done.returncode == 0 and said in {"fine", *PDF_REASONS}:
        return said
    return "large" if done.returncode < 0 or b"MemoryError" in done.stderr else "broken"


def run_limited(program: Path, content: bytes, *arguments: str) -> CompletedProcess | None:
    """What a program of ours, given the bytes on its standard input, came to; None: out of time.

    It has no more memory and processor time than an honest file needs.
    """
    try:
        return subprocess.run(
            [sys.executable, program, *arguments],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            preexec_fn=limited,
        )
    except subprocess.TimeoutExpired:
        return None


def limited() -> None:
    """In the child: no more memory and time than an honest PDF needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
