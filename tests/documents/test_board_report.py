"""The board's report: the same words as PDF and as a Word file, made from the data (I-19)."""

import io
from datetime import date

import docx
import pytest
from django.urls import reverse

from collaborations.board_report import report_of
from collaborations.models import Form
from documents.board_report import (
    BoardReportData,
    Passage,
    board_report_docx,
    board_report_html,
    board_report_pdf,
)
from tests.factories.collaborations import case_at, place
from tests.factories.formal import checked

SAMPLE = BoardReportData(
    number="SAM-2026-0014",
    title="Idéburet offentligt partnerskap: Öppna kvällar",
    administration="Provförvaltningen",
    unit="Enheten för unga",
    made_on=date(2026, 11, 21),
    prepared_by="Åsa Björkängen",
    responsible="Örjan Ålöf, avdelningschef",
    proposal=("Nämnden ingår ett partnerskap med Föreningen Lyktan.",),
    passages=(
        Passage("Samhällsutmaningen", "Unga lämnar skolan.\nIngen har en lösning."),
        Passage("Prövningar", "", ("Kommunallagen: uppfyllt.",)),
    ),
    diary_number="PROV 2026/120",
    secrecy="OSL 19 kap. 3 §",
)


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    head = document.sections[0].header.paragraphs
    return "\n".join(paragraph.text for paragraph in (*head, *document.paragraphs))


@pytest.mark.parametrize(
    "said",
    [
        "Nämnden ingår ett partnerskap med Föreningen Lyktan.",
        "Samhällsutmaningen",
        "Ingen har en lösning.",
        "Kommunallagen: uppfyllt.",
        "PROV 2026/120",
        "OSL 19 kap. 3 §",
        "Örjan Ålöf, avdelningschef",
    ],
)
def test_both_files_say_the_same(said):
    assert (said in board_report_html(SAMPLE), said in words_of(board_report_docx(SAMPLE))) == (
        True,
        True,
    )


def test_signs_that_word_cannot_hold_are_left_out():
    odd = BoardReportData(**{**vars(SAMPLE), "title": "A\x0bB\x00C"})

    assert "ABC" in words_of(board_report_docx(odd))


def test_the_pdf_is_made():
    assert board_report_pdf(SAMPLE).startswith(b"%PDF-1.7")


@pytest.mark.django_db
def test_the_report_tells_what_the_case_holds(client):
    at = place()
    case = checked(at, Form.IOP)
    data = report_of(case)
    text = words_of(board_report_docx(data))

    for said in (
        "Unga i stadsdelen lämnar skolan utan betyg.",
        "Program för ungas framtid",
        "Idéburna aktörer ska vara med i arbetet.",
        "Vi bidrar med 20\u202f000\u202fkr och organisationen med 60\u202f000\u202fkr.",
        "Formen passar.",
        "Tolv volontärer",
        f"{at.manager}, ordförande (vi)",
    ):
        assert said in text

    client.force_login(at.officer)
    word = client.get(reverse("collaborations:board_report_docx", args=[case.pk]))
    assert word.headers["Content-Disposition"].endswith(f'Tjänsteutlåtande {case.number}.docx"')
    informal, _ = case_at("motivated", at)
    url = reverse("collaborations:board_report_docx", args=[informal.pk])
    assert client.get(url).status_code == 404
