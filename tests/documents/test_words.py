"""The words of an uploaded file are read; what cannot be read gives none and no error."""

import io

import docx
import pytest

from agreements.wording import purchase_words
from documents.file_types import PDF
from documents.words import WORD, words_in
from tests.documents import files
from tests.documents.agreement_samples import partnership_pdf


def word_file() -> io.BytesIO:
    """As parties write: a paragraph, a table, a header, and words that Word has cut in runs."""
    made = docx.Document()
    cut = made.add_paragraph("Föreningen är lever")
    cut.add_run("antör.").bold = True
    made.add_table(1, 1).cell(0, 0).text = "Vite tas ut."
    made.sections[0].header.paragraphs[0].text = "Avropsavtal"
    written = io.BytesIO()
    made.save(written)
    return written


def pdf_file(stream: bytes) -> io.BytesIO:
    """A page in one of the fonts that every reader has, as older programs write."""

    def add(made):
        import pikepdf

        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page = made.pages[0]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(b"BT /F1 12 Tf " + stream + b" ET")

    return io.BytesIO(files.pdf(add))


def test_every_part_of_a_word_file_is_read():
    said = words_in(word_file(), WORD)

    assert [hit.word for hit in purchase_words(said)] == ["leverantör", "vite", "avrop"]


def test_a_pdf_of_ours_is_read_by_its_fonts_tables():
    said = " ".join(words_in(io.BytesIO(partnership_pdf()), PDF).split())

    assert "Vi kommer överens om det här." in said
    assert "håller öppet tre kvällar i veckan" in said
    assert "Nattvandrarna i Älvdal" in said


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        (b"(Best\xe4llaren) Tj", "Beställaren"),
        (b"[(Fakturering) -250 (per timme)] TJ", "Fakturering per timme"),
        (b"[(Bes) 20 (t\xe4llare)] TJ", "Beställare"),
        (b"(Leve-) Tj 0 -14 Td (rans) Tj", "Leverans"),
    ],
)
def test_a_plain_pdf_is_read_with_its_blanks_and_split_words(stream, said):
    assert words_in(pdf_file(stream), PDF) == said


@pytest.mark.parametrize(
    ("content", "found"), [(files.pdf(), PDF), (b"%PDF-1.7 half", PDF), (files.word(), WORD)]
)
def test_what_cannot_be_read_gives_no_words(content, found):
    assert words_in(io.BytesIO(content), found) == ""
