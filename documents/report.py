"""Reports made from a case: to the board, on a check, on a follow-up (I-19, I-58).

As with the decision: the case fills the dataclass, and nothing else is read here. They share one
template; what differs is what the blocks say.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from documents.parts import Block, QuestionSet
from documents.pdf import render_pdf

TEMPLATE_VERSION = "2"


@dataclass(frozen=True)
class ReportData:
    heading: str  # "Tjänsteutlåtande"
    number: str
    title: str
    administration: str
    unit: str
    made_on: date
    prepared_by: str
    blocks: tuple[Block, ...]
    responsible: str = ""  # who answers for it, last
    conclusion: str = ""  # in one sentence, before all else
    proposal: tuple[str, ...] = ()  # what a board is asked to decide
    question_sets: tuple[QuestionSet, ...] = ()  # the appendix
    diary_number: str = ""
    secrecy: str = ""
    draft_words: str = ""  # why it is only a draft; empty: it is none

    @property
    def said(self) -> tuple[Block, ...]:
        """The blocks that say something, or say that there is nothing."""
        return tuple(block for block in self.blocks if block.none or not block.is_empty)


def report_html(data: ReportData) -> str:
    context = {
        "data": data,
        "heading": data.heading,
        "template_version": TEMPLATE_VERSION,
        "draft": bool(data.draft_words),
    }
    return render_to_string("documents/report.html", context)


def report_pdf(data: ReportData) -> bytes:
    """`report_html` as PDF/A-2a and PDF/UA-1. Raises as `render_pdf` does."""
    return render_pdf(report_html(data))


def report_file_name(data: ReportData, ending: str = ".pdf", *, day: date | None = None) -> str:
    """A name that says what the file is: "Tjänsteutlåtande SAM-2026-0014.pdf"."""
    words = [data.heading, data.number] + ([day.isoformat()] if day else [])
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", " ".join(words)) + ending
