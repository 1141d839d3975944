"""A report as a Word file, with headings, lists and tables that a screen reader understands.

It says the same as the PDF, from the same data; the officer writes on in it.
"""

import io
import re

from casework.swedish import long_date
from documents.parts import Block
from documents.report import ReportData

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """Without the signs that a Word file cannot hold."""
    return NO_XML.sub("", text)


def paragraphs(text: str) -> list[str]:
    return [cleaned(one.strip()) for one in text.split("\n") if one.strip()]


def new_document(title: str, author: str):
    """An empty document that says in Swedish what it is: title, author, language."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    facts = document.core_properties
    facts.title, facts.author, facts.language = cleaned(title), cleaned(author), "sv-SE"
    facts.comments = ""
    # What the words are spelled and read aloud in; Word looks here, not at the properties.
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    default.set(qn("w:val"), "sv-SE")
    return document


def table(document, head, rows) -> None:
    """The first row is a heading, repeated on every page."""
    from docx.oxml import OxmlElement

    made = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, words in zip(made.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(cleaned(words)).bold = True
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = cleaned(words)


def bytes_of(document) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def report_docx(data: ReportData) -> bytes:
    document = new_document(f"{data.heading}, {data.number}", data.administration)
    head = [data.administration, data.unit, data.diary_number or data.number]
    head += [f"Sekretessmarkering: {data.secrecy}"] if data.secrecy else []
    document.sections[0].header.paragraphs[0].text = cleaned(" · ".join(head))
    document.add_heading(cleaned(data.heading), 0)
    document.add_paragraph(cleaned(data.title))
    document.add_paragraph(cleaned(f"{long_date(data.made_on)}. Handläggare: {data.prepared_by}."))
    if data.proposal:
        document.add_heading("Förslag till beslut", 1)
        for sentence in data.proposal:
            document.add_paragraph(cleaned(sentence), style="List Number")
    for one in data.said:
        block(document, one)
    if data.responsible:
        document.add_paragraph(cleaned(data.responsible))
    return bytes_of(document)


def block(document, one: Block) -> None:
    document.add_heading(cleaned(one.heading), one.level - 1)
    for paragraph in paragraphs(one.none if one.is_empty else f"{one.intro}\n{one.text}"):
        document.add_paragraph(paragraph)
    if one.facts:
        table(document, ("Uppgift", "Innehåll"), ((fact.label, fact.text) for fact in one.facts))
    for line in one.lines:
        document.add_paragraph(cleaned(line), style="List Bullet")
    if one.rows:
        table(document, one.table.head, one.table.rows)
