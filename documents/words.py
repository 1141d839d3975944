"""The words of a file that has been let in, read by a process with limits (file_text.py)."""

from pathlib import Path
from typing import BinaryIO

from documents.file_types import BY_CONTENT, OFFICE, PDF, FileType
from documents.inspection import run_limited

PROGRAM = Path(__file__).with_name("file_text.py")
WORD = BY_CONTENT[f"{OFFICE}wordprocessingml.document"]
READABLE = {PDF: "pdf", WORD: "docx"}


def words_in(file: BinaryIO, found: FileType) -> str:
    """What could be read of a PDF or Word file; empty when it is a picture, or cannot be read.

    The file has passed `inspection.inspect`, and is left at its beginning.
    """
    file.seek(0)
    content = file.read()
    file.seek(0)
    done = run_limited(PROGRAM, content, READABLE[found])
    said = done.stdout.decode(errors="replace") if done and done.returncode == 0 else ""
    return said.replace("\x00", "").strip()
