"""The board's report: the same words as PDF and as a Word file, made from the data (I-19)."""

import io
from dataclasses import replace

import docx
import pytest
from django.urls import reverse

from collaborations.board_report import report_of
from collaborations.models import Form
from documents.report import report_html
from documents.word import report_docx
from tests.documents.report_samples import BOARD
from tests.factories.collaborations import case_at, place
from tests.factories.formal import checked


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
    assert (said in report_html(BOARD), said in words_of(report_docx(BOARD))) == (
        True,
        True,
    )


def test_signs_that_word_cannot_hold_are_left_out():
    odd = replace(BOARD, title="A\x0bB\x00C")

    assert "ABC" in words_of(report_docx(odd))


def test_a_screen_reader_finds_its_way_in_the_word_file():
    document = docx.Document(io.BytesIO(report_docx(BOARD)))

    facts = document.core_properties
    assert (facts.title, facts.author, facts.language) == (
        "Tjänsteutlåtande, SAM-2026-0014",
        "Provförvaltningen",
        "sv-SE",
    )
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["sv-SE"]
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 1"] == [
        "Förslag till beslut",
        "Samhällsutmaningen",
        "Vad parterna bidrar med",
        "Prövningar",
        "Styrgrupp",
    ]
    assert [len(table._tbl.xpath(".//w:tblHeader")) for table in document.tables] == [1, 1]


@pytest.mark.django_db
def test_the_report_tells_what_the_case_holds(client):
    at = place()
    case = checked(at, Form.IOP)
    data = report_of(case)
    text = words_of(report_docx(data))

    for said in (
        "Unga i stadsdelen lämnar skolan utan betyg.",
        "Program för ungas framtid",
        "Idéburna aktörer ska vara med i arbetet.",
        "Vi bidrar med 20\u202f000\u202fkr och organisationen med 60\u202f000\u202fkr.",
        "Formen passar.",
        f"{at.manager}, ordförande (vi)",
    ):
        assert said in text

    client.force_login(at.officer)
    word = client.get(reverse("collaborations:board_report_docx", args=[case.pk]))
    assert case.number in word.headers["Content-Disposition"]
    assert word.headers["Cache-Control"] == "private, no-store"
    informal, _ = case_at("motivated", at)
    url = reverse("collaborations:board_report_docx", args=[informal.pk])
    assert client.get(url).status_code == 404
