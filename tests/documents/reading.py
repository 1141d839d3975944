"""What a reader of a PDF sees: the text of each page, by the fonts' own tables."""

import io
import re

import pikepdf


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, in the order it is drawn; words that are moved apart get a blank."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [text_of(page) for page in opened.pages]


def text_of(page) -> str:
    tables = {name: table_of(font) for name, font in page.resources.Font.items()}
    drawn, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            drawn += [letters(bytes(p), table) for p in parts if isinstance(p, pikepdf.String)]
        elif str(operator) == "ET":
            drawn.append(" ")
    return re.sub(r"\s+", " ", "".join(drawn))


def letters(codes: bytes, table: dict[str, str]) -> str:
    return "".join(table[codes[at : at + 2].hex()] for at in range(0, len(codes), 2))


def table_of(font) -> dict[str, str]:
    """Glyph number (four hex digits) to letters, from the font's ToUnicode table."""
    text = font.ToUnicode.read_bytes().decode()
    return {
        glyph.lower(): bytes.fromhex(letter).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S)
        for glyph, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block)
    }
