"""The minutes of a meeting: one PDF, of the same base as the decision (product.md §7).

`advice` fills the dataclass; nothing else is read here. What is private stays out: of jäv it says
who stood aside from what, never why.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from documents import canonical
from documents.parts import Block
from documents.pdf import render_pdf

SCHEMA = "samverkan/minutes/1"
TEMPLATE_VERSION = "1"


@dataclass(frozen=True)
class MinutesData:
    administration: str
    held_on: date
    place: str
    chair: str
    present: tuple[str, ...]
    items: tuple[Block, ...]  # one of each on the agenda, in its order
    closed_by: str = ""  # empty: not closed yet, and so a draft
    closed_on: date | None = None

    @property
    def heading(self) -> str:
        return "Protokoll"

    def to_json(self) -> str:
        """What is kept beside the PDF."""
        return canonical.to_json(Stored(SCHEMA, self))


@dataclass(frozen=True)
class Stored:
    schema: str
    minutes: MinutesData


def minutes_html(data: MinutesData) -> str:
    draft = not data.closed_by
    context = {"data": data, "template_version": TEMPLATE_VERSION, "draft": draft}
    return render_to_string("documents/minutes.html", context)


def minutes_pdf(data: MinutesData) -> bytes:
    """`minutes_html` as PDF/A-2a and PDF/UA-1. Raises as `render_pdf` does."""
    return render_pdf(minutes_html(data))


def minutes_file_name(data: MinutesData) -> str:
    """A name that says what the file is: "Protokoll beredningsgruppen 2026-11-21.pdf"."""
    draft = "" if data.closed_by else "Utkast till "
    words = f"{draft}protokoll beredningsgruppen {data.held_on.isoformat()}"
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", words[0].upper() + words[1:]) + ".pdf"
