"""What a document may fetch while it becomes a PDF: our own static files, and nothing else.

A security rule. Text that people write ends in documents; an address in it must reach neither the
network (also not ourselves: two workers that ask each other lock up) nor the machine's files.
Imports WeasyPrint: only `documents.pdf` imports this module, and late.
"""

import io
import mimetypes
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from fontTools.ttLib import TTFont
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "own:"
WEIGHTS = ((400, "normal"), (400, "italic"), (600, "normal"), (700, "normal"))
# The parts that the font comes in. Each is a family of its own: two files of one family end as one
# font in the PDF, with the letters of the one and the numbers of the other.
FAMILIES = {"latin": "Source Sans 3", "latin-ext": "Source Sans 3 Ext"}


class OwnFilesOnly(URLFetcher):
    """Serves `own:<path>` from the static folders, and remembers what it was asked for beside.

    WeasyPrint goes on without what it cannot get; `refused` lets the caller stop instead.
    """

    def __init__(self):
        super().__init__(allowed_protocols=(SCHEME.rstrip(":"),))
        self.refused: list[str] = []

    def fetch(self, url, headers=None):
        """The file as WeasyPrint wants it. Raises PermissionError for anything else."""
        file = own_file(url)
        if file is None:
            self.refused.append(url)
            raise PermissionError(f"{url} is no static file of ours")
        kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
        content = unpacked_font(file) if file.suffix == ".woff2" else file.read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def own_file(url: str) -> Path | None:
    """The static file that an `own:` address names; None for every other address."""
    if not url.startswith(SCHEME):
        return None
    try:
        found = finders.find(url.removeprefix(SCHEME))
    except SuspiciousFileOperation:  # a path that leads out of the static folders
        return None
    return Path(found) if found and Path(found).is_file() else None


@cache
def unpacked_font(file: Path) -> bytes:
    """The font as TrueType, unpacked once: in Python that takes longer than a whole decision."""
    font, unpacked = TTFont(file, recalcTimestamp=False), io.BytesIO()
    font.flavor = None
    font.save(unpacked)
    return unpacked.getvalue()


def font_faces(fetcher: OwnFilesOnly, fonts: FontConfiguration) -> CSS:
    """The rules for those cuts of Source Sans 3 that are there; DejaVu stands in for the rest."""
    rules = [
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; "
        f"font-style: {style}; src: url({SCHEME}{path}) }}"
        for weight, style in WEIGHTS
        for script, family in FAMILIES.items()
        if finders.find(path := f"front/fonts/source-sans-3-{script}-{weight}-{style}.woff2")
    ]
    return CSS(string="\n".join(rules), base_url=SCHEME, url_fetcher=fetcher, font_config=fonts)
