"""An agreement as a document: its data, its words, as PDF and as a Word file (product §7).

As with the decision: the case fills the dataclasses, and nothing else is read here. The Word file
says the same as the PDF, from the same data; the other party writes on in it.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from casework.swedish import long_date
from documents.pdf import render_pdf
from documents.word import bytes_of, cleaned, new_document, paragraphs, table

TEMPLATE_VERSION = "1"
DRAFT_WORDS = "Texten är inte undertecknad och kan ändras."


@dataclass(frozen=True)
class Party:
    name: str
    number: str = ""


@dataclass(frozen=True)
class Section:
    number: str  # "1", "2" …
    title: str
    text: str
    lines: tuple[str, ...] = ()  # goals, commitments or the period, one sentence each


@dataclass(frozen=True)
class Contribution:
    party: str
    what: str
    value: str = ""
    valuation: str = ""


@dataclass(frozen=True)
class AgreementDocumentData:
    number: str
    title: str
    heading: str  # "Överenskommelse om idéburet offentligt partnerskap"
    administration: str
    unit: str
    parties: tuple[Party, ...]
    sections: tuple[Section, ...]
    version: str  # "4, sparad 21 november 2026 av Örjan Ålöf"
    saved_on: date
    contributions: tuple[Contribution, ...] = ()
    sums: tuple[str, ...] = ()
    amends: str = ""  # what an amendment changes, as a sentence
    diary_number: str = ""
    secrecy: str = ""


def agreement_html(data: AgreementDocumentData, *, draft: bool = True) -> str:
    """The whole agreement as HTML; `draft` marks every page."""
    context = {
        "data": data,
        "heading": data.heading,
        "draft": draft,
        "draft_words": DRAFT_WORDS,
        "template_version": TEMPLATE_VERSION,
    }
    return render_to_string("documents/agreement.html", context)


def agreement_pdf(data: AgreementDocumentData, *, draft: bool = True) -> bytes:
    """`agreement_html` as PDF/A-2a and PDF/UA-1. Raises as `render_pdf` does."""
    return render_pdf(agreement_html(data, draft=draft))


def agreement_docx(data: AgreementDocumentData, *, draft: bool = True) -> bytes:
    """The same as a Word file, with headings and tables that a screen reader understands."""
    document = new_document(f"{data.heading}, {data.number}", data.administration)
    mark(document, data, draft)
    document.add_heading(cleaned(data.heading), 0)
    document.add_paragraph(cleaned(data.title))
    if data.amends:
        document.add_paragraph(cleaned(data.amends))
    document.add_heading("Parter", 1)
    for party in data.parties:
        number = f", {party.number}" if party.number else ""
        document.add_paragraph(cleaned(f"{party.name}{number}"), style="List Bullet")
    for section in data.sections:
        document.add_heading(cleaned(f"{section.number}. {section.title}"), 1)
        for paragraph in paragraphs(section.text):
            document.add_paragraph(paragraph)
        for line in section.lines:
            document.add_paragraph(cleaned(line), style="List Bullet")
    if data.contributions:
        contributions(document, data)
    signature_lines(document, data)
    document.add_paragraph(cleaned(f"Ärende {data.number}. Version {data.version}."))
    return bytes_of(document)


def mark(document, data: AgreementDocumentData, draft: bool) -> None:
    """What stands at the head of every page."""
    words = ["UTKAST"] if draft else []
    words += [data.administration, data.number]
    words += [f"Sekretessmarkering: {data.secrecy}"] if data.secrecy else []
    document.sections[0].header.paragraphs[0].text = cleaned(" · ".join(words))
    if draft:
        run = document.add_paragraph().add_run(f"Utkast. {DRAFT_WORDS}")
        run.bold = True


def contributions(document, data: AgreementDocumentData) -> None:
    document.add_heading("Vad parterna bidrar med", 1)
    head = ("Part", "Insats", "Värde", "Så är värdet beräknat")
    rows = ((one.party, one.what, one.value, one.valuation) for one in data.contributions)
    table(document, head, rows)
    for words in data.sums:
        document.add_paragraph(cleaned(words))


def signature_lines(document, data: AgreementDocumentData) -> None:
    document.add_heading("Underskrifter", 1)
    head = ("Part", "Datum", "Underskrift, namn och roll")
    table(document, head, ((party.name, "", "") for party in data.parties))


def agreement_file_name(data: AgreementDocumentData, ending: str, *, draft: bool = True) -> str:
    """ "Utkast till överenskommelse SAM-2026-0014 version 4.pdf"."""
    words = "Utkast till överenskommelse" if draft else "Överenskommelse"
    version = data.version.partition(",")[0]
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", f"{words} {data.number} version {version}")
    return f"{name}.{ending}"


def version_words(number: int, label: str, saved_by: str, saved_on: date) -> str:
    name = f" ({label})" if label else ""
    return f"{number}{name}, sparad {long_date(saved_on)} av {saved_by}"
