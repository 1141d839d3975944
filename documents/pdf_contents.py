"""What a PDF from outside must not hold. A program of its own: `python pdf_contents.py < a.pdf`.

A small PDF can unpack to gigabytes, so it is read by a process that has a limit of memory and
time (`documents/inspection.py` starts it). Imports nothing of ours. Prints one word of REFUSED,
or "fine".
"""

import io
import sys

MOST_OBJECTS = 500_000
# Keys and actions that do something by themselves when the file is opened or clicked (ISO 32000).
SCRIPTS = {"/JS", "/JavaScript", "/XFA", "/AA"}
PROGRAMS = {"/Launch", "/ImportData", "/RichMedia", "/Movie", "/Sound", "/Rendition"}
FILES = {"/EmbeddedFiles", "/EF", "/EmbeddedFile"}
REFUSED = ("encrypted", "broken", "script", "program", "embedded", "large")


def verdict(content: bytes) -> str:
    """One of REFUSED, or "fine"."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                return "encrypted"
            if not len(pdf.pages):
                return "broken"
            if len(pdf.objects) > MOST_OBJECTS:
                return "large"
            for thing in [pdf.trailer, *pdf.objects]:
                if found := forbidden(thing):
                    return found
    except pikepdf.PasswordError:
        return "encrypted"
    except (pikepdf.PdfError, ValueError):
        return "broken"
    return "fine"


def forbidden(thing) -> str:
    """What is wrong with an object or what lies directly in it; empty when nothing is."""
    import pikepdf

    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            names = set(one.keys())
            names |= {str(one[key]) for key in ("/S", "/Subtype", "/Type") if is_name(one, key)}
            for found, marks in (("script", SCRIPTS), ("program", PROGRAMS), ("embedded", FILES)):
                if names & marks:
                    return found
            waiting += [value for _, value in one.items() if is_direct(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if is_direct(value)]
    return ""


def is_name(thing, key: str) -> bool:
    import pikepdf

    return isinstance(thing.get(key), pikepdf.Name)


def is_direct(value) -> bool:
    """Those that are objects of their own are looked at by themselves."""
    import pikepdf

    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


if __name__ == "__main__":
    print(verdict(sys.stdin.buffer.read()))
