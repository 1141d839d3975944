"""What is taken of what organisations send, and what is refused, each with its own words."""

import io

import pytest

from documents.archives import BOMB, LOCKED, MACROS, NESTED, OUTSIDE
from documents.file_types import BROKEN, TAKEN
from documents.inspection import EMPTY, PDF_REASONS, TWO_IN_ONE, inspect
from documents.refusals import FileRefused
from tests.documents import files

GOOD = {
    "stadgar.pdf": files.pdf,
    "STADGAR.PDF": files.pdf,
    "länkar.pdf": files.pdf_that_only_shows_a_page,
    "stadgar.docx": files.word,
    "bokslut.xlsx": files.excel,
    "stadgar.odt": files.open_document,
    "bokslut.ods": lambda: files.open_document("spreadsheet"),
    "protokoll.jpg": files.jpeg,
    "protokoll.jpeg": files.jpeg,
    "protokoll.png": files.png,
}
MACRO = "word/vbaProject.bin"
TEMPLATE = (
    b'<Relationships><Relationship Type="http://schemas.example/attachedTemplate" '
    b'Target="https://ond.example/mall.dotm" TargetMode="External"/></Relationships>'
)
BAD = {
    "empty": ("tom.pdf", lambda: b"", "empty", EMPTY),
    "script on opening": ("a.pdf", files.pdf_with_open_action, "pdf_script", "script"),
    "script hidden": ("a.pdf", files.pdf_with_hidden_script, "pdf_script", "script"),
    "page actions": ("a.pdf", files.pdf_with_page_actions, "pdf_script", "script"),
    "launches": ("a.pdf", files.pdf_with_launch, "pdf_program", "program"),
    "attachment": ("a.pdf", files.pdf_with_attachment, "pdf_embedded", "embedded"),
    "locked against change": ("a.pdf", files.locked_pdf, "pdf_encrypted", "encrypted"),
    "locked": ("a.pdf", lambda: files.locked_pdf("x"), "pdf_encrypted", "encrypted"),
    "cut off": ("a.pdf", lambda: b"%PDF-1.7\n1 0 obj<</Type", "pdf_broken", "broken"),
    "two in one": ("a.pdf", lambda: files.pdf() + files.word(), "polyglot", TWO_IN_ONE),
    "zip bomb": ("a.docx", files.zip_bomb, "bomb", BOMB),
    "many parts": ("a.docx", files.many_parts, "bomb", BOMB),
    "overlapping parts": ("a.docx", files.overlapping, "bomb", BOMB),
    "lying about its size": ("a.docx", files.lying_about_its_size, "broken", BROKEN),
    "macros": ("a.docx", lambda: files.word_with(MACRO, b"x"), "macros", MACROS),
    "macros in OpenDocument": (
        "a.odt",
        lambda: files.zipped(
            {"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/a.xml": b"x"}
        ),
        "macros",
        MACROS,
    ),
    "program inside": ("a.docx", lambda: files.word_with("word/a.png", b"MZ."), "macros", MACROS),
    "zip inside": ("a.docx", lambda: files.word_with("word/a.zip", b"x"), "nested", NESTED),
    "zip inside, renamed": (
        "a.docx",
        lambda: files.word_with("word/a.png", files.word()),
        "nested",
        NESTED,
    ),
    "template from elsewhere": (
        "a.docx",
        lambda: files.word_with("word/_rels/settings.xml.rels", TEMPLATE),
        "outside",
        OUTSIDE,
    ),
    "locked Word": ("a.docx", files.locked_word, "locked", LOCKED),
    "damaged Word": (
        "a.docx",
        lambda: files.damaged("word/document.xml", files.WORD_PARTS),
        "broken",
        BROKEN,
    ),
    "damaged OpenDocument": (
        "a.odt",
        lambda: files.damaged("mimetype", {"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "broken",
        BROKEN,
    ),
    "cut-off Word": ("a.docx", lambda: files.word()[:-30], "broken", BROKEN),
}
UNKNOWN = {
    "web page": ("a.pdf", b"<!doctype html><html><script>x</script></html>", "en webbsida"),
    "zip": ("a.zip", files.zipped({"a.txt": b"x"}), "en zip-fil"),
    "program": ("a.pdf", b"MZ" + b"\0" * 100, "ett program"),
    "shell": ("a.pdf", b"#!/bin/sh\nrm -rf /\n", "ett program"),
    "plain text": ("a.txt", b"Stadgar", "ren text"),
    "picture that scripts": (
        "a.png",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        "en SVG-bild",
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_ordinary_files_are_taken_and_left_at_their_beginning(name):
    file = io.BytesIO(GOOD[name]())

    found = inspect(file, name)

    assert name.lower().endswith(found.endings)
    assert file.tell() == 0


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_its_own_words(name):
    called, make, code, words = BAD[name]

    with pytest.raises(FileRefused) as refusal:
        inspect(io.BytesIO(make()), called)

    assert (refusal.value.code, str(refusal.value)) == (code, PDF_REASONS.get(words, words))


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_no_document_is_named_for_what_it_is(name):
    called, content, said = UNKNOWN[name]

    with pytest.raises(FileRefused) as refusal:
        inspect(io.BytesIO(content), called)

    assert refusal.value.code == "type"
    assert str(refusal.value) == (f"Filen är {said}. Spara den som {TAKEN} och försök igen.")


@pytest.mark.parametrize(
    ("called", "make", "said"),
    [
        (
            "stadgar.pdf",
            files.word,
            "Filen heter .pdf, men innehållet är en Word-fil. Kontrollera att det är rätt fil och "
            "ge den ändelsen .docx.",
        ),
        (
            "bild.png",
            files.jpeg,
            "Filen heter .png, men innehållet är en JPEG-bild. Kontrollera att det är rätt fil och "
            "ge den ändelsen .jpg eller .jpeg.",
        ),
        (
            "stadgar",
            files.pdf,
            "Filen saknar ändelse, men innehållet är en PDF. Kontrollera att det är rätt fil och "
            "ge den ändelsen .pdf.",
        ),
        (
            "stadgar.docm",
            files.word,
            "Filen heter .docm, men innehållet är en Word-fil. Kontrollera att det är rätt fil och "
            "ge den ändelsen .docx.",
        ),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(called, make, said):
    with pytest.raises(FileRefused) as refusal:
        inspect(io.BytesIO(make()), called)

    assert (refusal.value.code, str(refusal.value)) == ("name", said)


def test_no_two_reasons_say_the_same():
    words = [EMPTY, TWO_IN_ONE, BOMB, LOCKED, MACROS, NESTED, OUTSIDE, *PDF_REASONS.values()]
    twice = {one for one in words if words.count(one) > 1}

    assert twice == {BOMB}  # a bomb is a bomb, in a PDF too


def test_a_pdf_that_unpacks_to_gigabytes_is_refused_within_its_memory(monkeypatch):
    content = files.pdf_bomb()

    with pytest.raises(FileRefused) as refusal:
        inspect(io.BytesIO(content), "a.pdf")

    assert len(content) < 1_000_000
    assert refusal.value.code in ("pdf_large", "pdf_broken")


def test_a_process_that_never_answers_is_given_up(monkeypatch, tmp_path):
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time; time.sleep(60)")
    monkeypatch.setattr("documents.inspection.PROGRAM", sleeper)
    monkeypatch.setattr("documents.inspection.SECONDS", 1)

    with pytest.raises(FileRefused) as refusal:
        inspect(io.BytesIO(files.pdf()), "a.pdf")

    assert refusal.value.code == "pdf_large"
