"""From HTML to PDF: what it may fetch, what a reader sees, and that it is made the same twice."""

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pytest
from django.conf import settings

from documents.decision import decision_pdf
from documents.fetcher import OwnFilesOnly
from documents.pdf import ForbiddenAddress, Unreadable, render_pdf
from tests.documents.reading import pages_of
from tests.documents.samples import DRAFT, START, draft_pdf, long_pdf, start_pdf


def page(inside: str, head: str = "") -> str:
    return f"<html lang=sv><head><title>Prov</title>{head}</head><body>{inside}</body></html>"


@pytest.mark.parametrize(
    "place",
    [
        "<img alt='' src='{}'>",
        "<object data='{}'></object>",
        "<link rel=stylesheet href='{}'>",
        "<link rel=attachment href='{}'>",
        "<style>p {{ background: url('{}') }}</style><p>Text</p>",
        "<style>@import url('{}');</style>",
        "<style>@font-face {{ font-family: F; src: url('{}') }}</style><p>Text</p>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='{}'/></svg>",
    ],
    ids=["img", "object", "stylesheet", "attachment", "background", "import", "font", "svg"],
)
@pytest.mark.parametrize("address", ["http://127.0.0.1:9/logotyp.png", "file:///etc/hostname"])
def test_wherever_a_foreign_address_stands_no_document_is_made(place, address):
    with pytest.raises(ForbiddenAddress, match=address):
        render_pdf(page(place.format(address)))


@pytest.mark.parametrize(
    "address",
    [
        "https://staden.example/logotyp.png",
        "//staden.example/logotyp.png",
        "ftp://staden.example/logotyp.png",
        "data:image/png;base64,AAAA",
        "file:static/documents/document.css",
        "own:../manage.py",
        "own:%2e%2e/manage.py",
        "own:/etc/hostname",
        "own:documents/lost.css",
        "own:",
    ],
)
def test_nothing_is_fetched_but_our_own_static_files(address):
    fetcher = OwnFilesOnly()

    with pytest.raises(PermissionError):
        fetcher.fetch(address)
    assert fetcher.refused == [address]


def test_our_own_static_files_are_used():
    plain = render_pdf(page("<h1>Rubrik</h1>"))

    styled = render_pdf(
        page("<h1>Rubrik</h1>", "<link rel=stylesheet href='own:documents/document.css'>")
    )

    assert styled != plain


def test_the_machine_without_pango_is_told_what_to_install(tmp_path):
    (tmp_path / "weasyprint.py").write_text('raise OSError("cannot load libgobject-2.0-0")')
    program = (
        "from documents.pdf import PdfUnavailable, render_pdf\n"
        "try:\n    render_pdf('<p>')\n"
        "except PdfUnavailable as told:\n    print(told)"
    )

    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout

    assert told == (
        "PDF kan inte göras här: WeasyPrint hittar inte Pango (cannot load libgobject-2.0-0). "
        "Installera: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )


@pytest.mark.parametrize("html", ["<p>Text</p>", "<html lang=sv><p>Text", "<title>Prov</title>"])
def test_a_document_without_title_or_language_is_refused(html):
    with pytest.raises(Unreadable):
        render_pdf(html)


def test_every_page_says_which_it_is_and_of_which_case():
    pages = pages_of(long_pdf())

    assert len(pages) > 5
    for number, text in enumerate(pages, start=1):
        assert text.count(f"Sida {number} av {len(pages)}") == 1
        assert "SAM-2026-0030" in text
    assert all("Beslut att inleda samverkan · SAM-2026-0030" in text for text in pages[1:])


def test_swedish_letters_can_be_read_back_out_of_the_pdf():
    text = " ".join(pages_of(start_pdf()))

    assert "Beslutat av Åsa Björkängen, enhetschef" in text
    assert "Språkkaféer på kvällstid i Älvdal" in text


def test_a_draft_is_marked_on_every_page_and_a_decision_on_none():
    draft, decision = pages_of(draft_pdf()), pages_of(start_pdf())

    assert len(draft) > 2
    assert [text.count("UTKAST") for text in draft] == [1] * len(draft)
    assert "UTKAST" not in " ".join(decision)


def test_the_pdf_tells_its_title_author_and_date_to_archives():
    with pikepdf.open(io.BytesIO(start_pdf())) as pdf:
        facts = {name: str(value) for name, value in pdf.docinfo.items()}
        language = str(pdf.Root.Lang)

    assert facts["/Title"] == "Beslut att inleda samverkan, SAM-2026-0014"
    assert facts["/Author"] == "Arbetsmarknadsförvaltningen i Älvdal"
    assert facts["/CreationDate"].startswith("D:20261121")
    assert language == "sv"


def test_the_same_data_gives_the_same_bytes_here_and_in_another_process():
    program = (
        "import django, hashlib\n"
        "django.setup()\n"
        "from tests.documents.samples import start_pdf\n"
        "print(hashlib.sha256(start_pdf()).hexdigest())"
    )

    there = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
        cwd=settings.BASE_DIR,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.strip()

    assert hashlib.sha256(start_pdf()).hexdigest() == there
    assert decision_pdf(START) == start_pdf()


def test_our_typeface_is_used_and_nothing_stands_in_for_it():
    with pikepdf.open(io.BytesIO(start_pdf())) as pdf:
        names = {str(font.BaseFont) for page in pdf.pages for font in page.resources.Font.values()}

    assert {name.split("+")[1].split(",")[0] for name in names} <= {
        "Source-Sans-3",
        "Source-Sans-3-Semi-Bold",
        "Source-Sans-3-Bold",
    }


def test_a_letter_that_no_font_has_is_printed_as_its_number():
    reasons = "Namnet är \u65e5\u672c, \U0001f600 och \ue000.\x0b Łódź, Ελλάδα.\u2028Slut"

    text = " ".join(pages_of(decision_pdf(replace(START, reasons=reasons))))

    assert "Namnet är [U+65E5][U+672C], [U+1F600] och [U+E000]. Łódź, Ελλάδα. Slut" in text


def test_the_style_sheet_is_understood_whole(caplog):
    decision_pdf(DRAFT, draft=True)

    assert [record.getMessage() for record in caplog.records if record.levelname != "INFO"] == []
