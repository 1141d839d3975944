"""Tjänsteutlåtande: what the board reads before it decides on a partnership (I-19).

As with the decision: the case fills the dataclasses, and nothing else is read here. The Word file
says the same as the PDF, from the same data; the officer writes on in it.
"""

import io
import re
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from documents.pdf import render_pdf

TEMPLATE_VERSION = "1"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Passage:
    heading: str
    text: str
    lines: tuple[str, ...] = ()  # one sentence each, as a list


@dataclass(frozen=True)
class BoardReportData:
    number: str
    title: str
    administration: str
    unit: str
    made_on: date
    prepared_by: str
    responsible: str
    proposal: tuple[str, ...]  # what the board is asked to decide
    passages: tuple[Passage, ...]
    diary_number: str = ""
    secrecy: str = ""


def board_report_html(data: BoardReportData) -> str:
    return render_to_string(
        "documents/board_report.html", {"data": data, "template_version": TEMPLATE_VERSION}
    )


def board_report_pdf(data: BoardReportData) -> bytes:
    """`board_report_html` as PDF/A-2a and PDF/UA-1. Raises as `render_pdf` does."""
    return render_pdf(board_report_html(data))


def board_report_docx(data: BoardReportData) -> bytes:
    """The same as a Word file, with headings and lists that a screen reader understands."""
    import docx

    document = docx.Document()
    facts = document.core_properties
    facts.title = cleaned(f"Tjänsteutlåtande, {data.number}")
    facts.author, facts.language = cleaned(data.administration), "sv-SE"
    head = [data.administration, data.unit, data.diary_number or data.number]
    head += [f"Sekretessmarkering: {data.secrecy}"] if data.secrecy else []
    document.sections[0].header.paragraphs[0].text = cleaned(" · ".join(head))
    document.add_heading("Tjänsteutlåtande", 0)
    document.add_paragraph(cleaned(data.title))
    document.add_paragraph(cleaned(f"{data.made_on}. Handläggare: {data.prepared_by}."))
    document.add_heading("Förslag till beslut", 1)
    for number, sentence in enumerate(data.proposal, 1):
        document.add_paragraph(cleaned(f"{number}. {sentence}"))
    for passage in data.passages:
        document.add_heading(cleaned(passage.heading), 1)
        for paragraph in passage.text.split("\n"):
            if paragraph.strip():
                document.add_paragraph(cleaned(paragraph))
        for line in passage.lines:
            document.add_paragraph(cleaned(line), style="List Bullet")
    document.add_paragraph(cleaned(data.responsible))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def cleaned(text: str) -> str:
    """Without the signs that a Word file cannot hold."""
    return NO_XML.sub("", text)


def board_report_file_name(data: BoardReportData, ending: str) -> str:
    """A name that says what the file is: "Tjänsteutlåtande SAM-2026-0014.pdf"."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", f"Tjänsteutlåtande {data.number}") + ending
