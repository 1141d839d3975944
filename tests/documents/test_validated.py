"""veraPDF finds what we make compliant with PDF/A-2a and PDF/UA-1, and can tell when it is not."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from documents.decision import SecrecyMark, decision_html, decision_pdf
from documents.letter import LetterData, letter_pdf
from tests.documents.agreement_samples import amendment_pdf, partnership_pdf
from tests.documents.report_samples import (
    board_pdf,
    check_pdf,
    draft_minutes,
    follow_up_pdf,
    minutes_of_a_meeting,
)
from tests.documents.samples import BOARDS, REFRAIN, START, draft_pdf, long_pdf

# Seventeen documents and a Java machine, on a busy machine.
pytestmark = pytest.mark.timeout(300)

ODD = "Łódź, ş, Ελλάδα, Бабель, جمعية, \u65e5\u672c, \U0001f600, a\u030a, \x0b, ✓"
MADE = {
    "long": long_pdf,
    "refrain": lambda: decision_pdf(REFRAIN),
    "draft": draft_pdf,
    "odd letters": lambda: decision_pdf(replace(START, title=ODD, reasons=ODD)),
    "secret, and nothing filled in": lambda: decision_pdf(
        replace(
            REFRAIN,
            secrecy=SecrecyMark("OSL 19 kap. 3 §", "Åsa", date(2026, 11, 20)),
            question_sets=(),
            declarations=(),
            motivation=replace(REFRAIN.motivation, contributions=(), assignments=()),
        )
    ),
    "the board's report": board_pdf,
    "the check of a civil actor": check_pdf,
    "a follow-up": follow_up_pdf,
    "minutes": minutes_of_a_meeting,
    "minutes not closed": draft_minutes,
    "a decision of the board": lambda: decision_pdf(BOARDS),
    "partnership": partnership_pdf,
    "amendment": amendment_pdf,
    "without our typeface": lambda: without_fonts(START),
}
LETTER = LetterData(
    administration="Arbetsmarknadsförvaltningen",
    unit="Unga och arbete",
    written_on=date(2026, 11, 20),
    organisation="Föreningen Ö & Å <b>",
    organisation_number="899990-0007",
    to="Åsa Påhittad",
    due_on=date(2026, 12, 11),
    documents=("stadgar", "ekonomisk berättelse med bokslut"),
    signed_by="Karin Påhittad",
    title="handläggare",
    answer_to="karin@staden.example",
    reference="AMF-2026-0014",
    message=f"Gärna så snart ni kan.\n\n{ODD}",
)
MADE |= {
    "letter": lambda: letter_pdf(LETTER),
    "long letter": lambda: letter_pdf(replace(LETTER, message="Många ord. " * 900, reference="")),
}
CONTROL = "a PDF of no standard"


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """Verdicts of veraPDF, by name of the document. One process for all: Java is slow to start."""
    folder = tmp_path_factory.mktemp("pdf")
    for name, make in {**MADE, CONTROL: plain}.items():
        (folder / name).write_bytes(make())
    program = Path(__file__).with_name("validate_pdf.py")
    done = subprocess.run(
        [sys.executable, program, *MADE, CONTROL],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def without_fonts(data) -> bytes:
    with override_settings(STATICFILES_DIRS=[settings.BASE_DIR / "static"]):
        return decision_pdf(data)


def plain() -> bytes:
    from weasyprint import HTML

    bare = decision_html(START).replace('<link rel="stylesheet" href="own:', '<link href="')
    return HTML(string=bare).write_pdf()


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("standard", ["2a", "ua1"])
def test_the_document_keeps_every_rule_of(verdicts, name, standard):
    assert verdicts[name][standard] == []


def test_the_validator_sees_a_pdf_that_keeps_no_standard(verdicts):
    assert {standard: bool(broken) for standard, broken in verdicts[CONTROL].items()} == {
        "2a": True,
        "ua1": True,
    }
