"""What a document may fetch while it becomes a PDF: our own static files, and nothing else.

A security rule. Text that people write ends in documents; an address in it must reach neither the
network (also not ourselves: two workers that ask each other lock up) nor the machine's files.
Imports WeasyPrint: only `documents.pdf` imports this module, and late.
"""

import mimetypes
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "own:"
WEIGHTS = ((400, "normal"), (400, "italic"), (600, "normal"), (700, "normal"))
# The parts that the font comes in, and the letters each part has (as its makers divide it).
SCRIPTS = {
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, "
    "U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    "latin-ext": "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1E9F, U+1EF2-1EFF",
}


class OwnFilesOnly(URLFetcher):
    """Serves `own:<path>` from the static folders; anything else stops the document."""

    def __init__(self):
        super().__init__(allowed_protocols=(SCHEME.rstrip(":"),), fail_on_errors=True)

    def fetch(self, url, headers=None):
        """The file as WeasyPrint wants it. Raises PermissionError and FileNotFoundError."""
        if not url.startswith(SCHEME):
            raise PermissionError("a document may only use our own static files")
        found = finders.find(url.removeprefix(SCHEME))
        if not found:
            raise FileNotFoundError(f"no static file is called {url.removeprefix(SCHEME)}")
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})


def font_faces(fetcher: OwnFilesOnly, fonts: FontConfiguration) -> CSS:
    """The rules for those cuts of Source Sans 3 that are there; DejaVu stands in for the rest."""
    rules = [
        f"@font-face {{ font-family: 'Source Sans 3'; font-weight: {weight}; "
        f"font-style: {style}; src: url({SCHEME}{path}); unicode-range: {letters} }}"
        for weight, style in WEIGHTS
        for script, letters in SCRIPTS.items()
        if finders.find(path := f"front/fonts/source-sans-3-{script}-{weight}-{style}.woff2")
    ]
    return CSS(string="\n".join(rules), base_url=SCHEME, url_fetcher=fetcher, font_config=fonts)
