"""HTML to one PDF that is both PDF/A-2a (can be kept) and PDF/UA-1 (can be read by all).

WeasyPrint needs Pango, which is not Python's: it is imported when the first PDF is made, so that
everything else runs on a machine without it.
"""

import re
import unicodedata

PANGO = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
PDF_A = "pdf/a-2a"

# WeasyPrint writes one identifier per file: this is the other, with the description of its schema
# that PDF/A asks for (ISO 19005-2, 6.6.2.3; ISO 14289-1, clause 5).
PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""

# What must never reach a font: steering characters, letters that mean what each likes, and coloured
# pictures, which are no letters where a machine has a font for them.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\ufe00-\ufe0f\ufff0-\ufffb"
    "\ufffe\uffff\U0001f000-\U0001faff\U000e0000-\U0010ffff]"
)


class PdfUnavailable(Exception):
    """This machine cannot make PDFs; the text says, in Swedish, what to install."""


class ForbiddenAddress(Exception):
    """The document asked for something other than our own static files, or for a lost one."""


class Unreadable(ValueError):
    """The HTML has no title or language, so that a screen reader could not present the PDF."""


def render_pdf(html: str) -> bytes:
    """The document as PDF/A-2a and PDF/UA-1. The same HTML gives the same bytes.

    Title, language, author and date are those of the HTML (`<title>`, `lang`, `<meta>`). Nothing is
    fetched but `own:` addresses: see `documents/fetcher.py`. A letter that no font here has is
    written as its number, [U+65E5]: neither standard allows the empty box that stands for it.
    Raises PdfUnavailable, ForbiddenAddress and Unreadable.
    """
    html = UNPRINTABLE.sub(stand_in, html)
    pdf, lacking = _written(html)
    if lacking:
        pdf, _ = _written(re.sub(f"[{re.escape(''.join(lacking))}]", stand_in, html))
    return pdf


def stand_in(found: re.Match) -> str:
    """What is printed for a letter that cannot be; a blank or nothing for what is no letter."""
    letter = found.group()
    no_letter = {"Zl": " ", "Zp": " ", "Cc": "", "Mn": ""}
    return no_letter.get(unicodedata.category(letter), f"[U+{ord(letter):04X}]")


def _written(html: str) -> tuple[bytes, list[str]]:
    """The PDF, and the letters that no font had."""
    try:
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError) as lost:
        raise PdfUnavailable(
            f"PDF kan inte göras här: WeasyPrint hittar inte Pango ({lost}). Installera: {PANGO}"
        ) from lost
    from documents.fetcher import OwnFilesOnly, font_faces

    fetcher, fonts = OwnFilesOnly(), FontConfiguration()
    document = HTML(string=html, base_url="own:", url_fetcher=fetcher).render(
        pdf_variant=PDF_A, font_config=fonts, stylesheets=[font_faces(fetcher, fonts)]
    )
    if not (document.metadata.title and document.metadata.lang):
        raise Unreadable("a document needs <html lang> and <title>")
    _name_both_standards(document.metadata)
    pdf = document.write_pdf(pdf_variant=PDF_A)
    if fetcher.refused:
        raise ForbiddenAddress(f"not static files of ours: {', '.join(fetcher.refused)}")
    lacking = {chr(number) for font in document.fonts.values() for number in font.missing}
    return pdf, sorted(lacking)


def _name_both_standards(metadata) -> None:
    """Say PDF/UA-1 in the metadata too; WeasyPrint's own option puts it where no one reads it."""
    original = metadata.generate_rdf_metadata

    def both(*arguments):
        return original(*arguments).replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = both
