"""Names as people, cameras and attackers write them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.file_names import LONGEST, UNFIT, safe_name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Stadgar 2025.pdf", "Stadgar 2025.pdf"),
        ("STADGAR.PDF", "STADGAR.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\åsa\\stadgar.pdf", "stadgar.pdf"),
        ("Årsmöte.pdf", "Årsmöte.pdf"),  # A and its ring apart, as a Mac writes them
        ("fdp.\u202eexe.pdf", "fdp. exe.pdf"),
        ("a\r\nContent-Type: text.pdf", "a Content-Type text.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("con.pdf", "fil con.pdf"),
        (".pdf", "fil.pdf"),
        ("...", "fil.pdf"),
        ("\u200b.pdf", "fil.pdf"),
        ("faktura.pdf.exe", "faktura.pdf.exe.pdf"),
        ("\ud800.pdf", "fil.pdf"),
        ("å" * 300 + ".pdf", "å" * 116 + ".pdf"),
    ],
)
def test_a_wild_name_becomes_one_that_can_be_shown(written, kept):
    assert safe_name(written, ".pdf") == kept


@given(st.text(max_size=400))
def test_whatever_the_name_it_is_one_line_that_ends_as_its_content(name):
    safe = safe_name(name, ".docx")

    assert safe.endswith(".docx")
    assert len(safe) <= LONGEST + 4
    assert not UNFIT.search(safe)
    assert unicodedata.normalize("NFC", safe) == safe
    assert safe.encode()
