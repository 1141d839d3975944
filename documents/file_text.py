"""The words of a PDF or Word file. A program of its own: `python file_text.py pdf < a.pdf`.

As pdf_contents.py it is run with limits and imports nothing of ours. It prints what could be read;
nothing, when the file is a picture of a text. Good enough to look for words, not to quote from.
"""

import io
import re
import sys

MOST = 400_000  # characters
MOVES = {"Td", "TD", "T*", "Tm", "ET", "'", '"'}  # the next word stands somewhere else
BETWEEN_WORDS = -180  # thousandths of the font's size: what is moved further is a blank


def words_of(kind: str, content: bytes) -> str:
    """kind: "pdf" or "docx"."""
    read = of_pdf if kind == "pdf" else of_docx
    return read(io.BytesIO(content))[:MOST]


def of_docx(file) -> str:
    """Every paragraph, also those in tables, notes in the margin, headers and footers."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(file)
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    paragraphs = [one for root in roots for one in root.iter(qn("w:p"))]
    return "\n".join("".join(t.text or "" for t in one.iter(qn("w:t"))) for one in paragraphs)


def of_pdf(file) -> str:
    import pikepdf

    with pikepdf.open(file) as pdf:
        return "\n".join(joined(of_page(page)) for page in pdf.pages)


def joined(text: str) -> str:
    """Without the hyphen of a word that is split between two lines."""
    return re.sub(r"(?<=\w)-\s*\n\s*(?=[a-zåäöé])", "", text)


def of_page(page) -> str:
    import pikepdf

    fonts = page.resources.get("/Font", {})
    tables = {name: table_of(font) for name, font in fonts.items()}
    drawn, table = [], None
    for operands, operator in pikepdf.parse_content_stream(page):
        said = str(operator)
        if said == "Tf":
            table = tables.get(str(operands[0]))
        if said in MOVES:
            drawn.append("\n")
        if said in ("Tj", "TJ", "'", '"'):
            drawn += shown(operands[0] if said == "TJ" else operands[-1:], table)
    return "".join(drawn)


def shown(parts, table):
    import pikepdf

    for part in parts:
        if isinstance(part, pikepdf.String):
            yield letters(bytes(part), table)
        elif float(part) < BETWEEN_WORDS:
            yield " "


def letters(codes: bytes, table) -> str:
    """By the font's own table; a font without one writes as Windows does."""
    if not table:
        return codes.decode("cp1252", "replace")
    width, glyphs = table
    cut = (codes[at : at + width] for at in range(0, len(codes), width))
    return "".join(glyphs.get(int.from_bytes(one), "") for one in cut)


def table_of(font):
    """(bytes per glyph, glyph → letters) from the font's ToUnicode table; None without one."""
    if "/ToUnicode" not in font:
        return None
    text = font.ToUnicode.read_bytes().decode("latin-1")
    width, glyphs = 1, {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for glyph, letter in re.findall(r"<(\w+)>\s*<([\w\s]+)>", block):
            width = len(glyph) // 2
            glyphs[int(glyph, 16)] = unicode(letter)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<([\w\s]+)>", block):
            width, begins = len(first) // 2, unicode(letter)
            for step, glyph in enumerate(range(int(first, 16), min(int(last, 16), 0xFFFF) + 1)):
                glyphs[glyph] = begins[:-1] + chr(ord(begins[-1]) + step) if begins else ""
        for first, listed in re.findall(r"<(\w+)>\s*<\w+>\s*\[(.*?)\]", block, re.DOTALL):
            width = len(first) // 2
            for step, letter in enumerate(re.findall(r"<([\w\s]+)>", listed)):
                glyphs[int(first, 16) + step] = unicode(letter)
    return width, glyphs


def unicode(written: str) -> str:
    return bytes.fromhex(written).decode("utf-16-be", "replace")


if __name__ == "__main__":
    sys.stdout.buffer.write(words_of(sys.argv[1], sys.stdin.buffer.read()).encode())
