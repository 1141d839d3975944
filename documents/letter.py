"""A letter as data, words and PDF: what an organisation is asked for, by when (I-30).

As with the decision, `organisations` fills the dataclass: this app lies below it.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from documents import canonical
from documents.pdf import render_pdf

SCHEMA = "samverkan/letter/1"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True)
class LetterData:
    administration: str
    unit: str
    written_on: date
    organisation: str
    organisation_number: str  # empty: no legal person of its own
    to: str
    due_on: date
    documents: tuple[str, ...]  # what is asked for, each as a line of its own
    signed_by: str
    title: str
    answer_to: str  # the address that they are sent to
    reference: str = ""
    message: str = ""

    def to_json(self) -> str:
        return canonical.to_json(StoredLetter(SCHEMA, self))


@dataclass(frozen=True)
class StoredLetter:
    schema: str
    letter: LetterData


def letter_html(data: LetterData) -> str:
    context = {"data": data, "template_version": TEMPLATE_VERSION}
    return render_to_string("documents/letter.html", context)


def letter_pdf(data: LetterData) -> bytes:
    """PDF/A-2a and PDF/UA-1. Raises as `render_pdf`."""
    return render_pdf(letter_html(data))


def letter_file_name(data: LetterData) -> str:
    words = f"Begäran om underlag {data.organisation} {data.written_on.isoformat()}"
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", words)[:120] + ".pdf"
