"""Files as organisations send them, good and bad, made here so that none lies in the repository."""

import io
import struct
import zipfile
import zlib

import pikepdf

# The test string that every virus scanner knows, in two halves so that this file is left in peace.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
WORD_PARTS = {
    "[Content_Types].xml": b'<?xml version="1.0"?><Types/>',
    "_rels/.rels": b'<?xml version="1.0"?><Relationships/>',
    "word/document.xml": b"<w:document>Stadgar</w:document>",
}


def pdf(change=None, **save) -> bytes:
    """A PDF of one empty page; change(pdf) may add to it."""
    with pikepdf.new() as made:
        made.add_blank_page()
        if change:
            change(made)
        written = io.BytesIO()
        made.save(written, **save)
    return written.getvalue()


def zipped(parts: dict[str, bytes], packing=zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def word(**more: bytes) -> bytes:
    return zipped(WORD_PARTS | more)


def word_with(name: str, content: bytes) -> bytes:
    return zipped(WORD_PARTS | {name: content})


def excel() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def open_document(kind="text") -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": mimetype, "content.xml": b"<office/>"}, zipfile.ZIP_STORED)


def png() -> bytes:
    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\xff\xd9"


# --- What must not be taken -----------------------------------------------------------------------


def pdf_with_open_action() -> bytes:
    def add(made):
        action = {"/S": pikepdf.Name.JavaScript, "/JS": pikepdf.String("app.alert(1)")}
        made.Root.OpenAction = pikepdf.Dictionary(action)

    return pdf(add)


def pdf_with_hidden_script() -> bytes:
    """In an object stream, behind an annotation's action, as most real ones are."""

    def add(made):
        action = made.make_indirect(
            pikepdf.Dictionary(
                {"/S": pikepdf.Name.JavaScript, "/JS": made.make_stream(b"app.alert(1)")}
            )
        )
        link = pikepdf.Dictionary(
            {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/A": action}
        )
        made.pages[0].Annots = pikepdf.Array([made.make_indirect(link)])

    return pdf(add, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_with_page_actions() -> bytes:
    def add(made):
        made.pages[0].AA = pikepdf.Dictionary({"/O": pikepdf.Dictionary({"/S": pikepdf.Name.GoTo})})

    return pdf(add)


def pdf_with_launch() -> bytes:
    def add(made):
        made.Root.OpenAction = pikepdf.Dictionary(
            {"/S": pikepdf.Name.Launch, "/F": pikepdf.String("calc.exe")}
        )

    return pdf(add)


def pdf_with_attachment() -> bytes:
    def add(made):
        made.attachments["bifogad.txt"] = b"hej"

    return pdf(add)


def pdf_that_only_shows_a_page() -> bytes:
    """Opens at a page and links to the web: what ordinary PDFs do."""

    def add(made):
        made.Root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])
        web = {"/S": pikepdf.Name.URI, "/URI": pikepdf.String("https://forening.example")}
        link = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link}
        made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(link | {"/A": web})])

    return pdf(add)


def locked_pdf(user="") -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="hemligt", user=user))


def pdf_bomb() -> bytes:
    """An object stream of a few kB that unpacks to gigabytes."""
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(b" " * 16_777_216) for _ in range(160)) + packed.flush()
    body = zlib.compress(body, 9)
    return (
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + b"3 0 obj<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length "
        + str(len(body)).encode()
        + b">>stream\n"
        + body
        + b"\nendstream endobj\n4 0 obj<</Type/XRef/Size 5/W[1 2 1]/Root 1 0 R/Length 20>>stream\n"
        + b"\x00\x00\x00\xff\x01\x00\x09\x00\x02\x00\x03\x00\x01\x00\x36\x00\x01\x00\x00\x00"
        + b"\nendstream endobj\nstartxref\n"
        + b"0\n%%EOF\n"
    )


def zip_bomb() -> bytes:
    return word_with("word/media/bild.bmp", b"\0" * 40_000_000)


def many_parts() -> bytes:
    return zipped(WORD_PARTS | {f"word/{number}.xml": b"" for number in range(2_001)})


def overlapping() -> bytes:
    """Every entry of the directory points at the same packed bytes."""
    written = io.BytesIO(zipped(WORD_PARTS | {"word/stor.xml": bytes(range(256)) * 4_000}))
    with zipfile.ZipFile(written, "a") as archive:
        kept = archive.getinfo("word/stor.xml")
        for number in range(50):
            copy = zipfile.ZipInfo(f"word/{number}.xml")
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(copy, name, getattr(kept, name))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
        archive._didModify = True
    return written.getvalue()


def lying_about_its_size() -> bytes:
    """The directory says ten bytes; thirty megabytes come out."""
    content = word_with("word/stor.xml", b"\0" * 30_000_000)
    return content.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 10))


def damaged(name: str, parts: dict[str, bytes]) -> bytes:
    """The packed bytes of that part are no longer what any packer writes."""
    content = zipped(parts)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo(name)
    start = part.header_offset + 30 + len(name)
    return content[:start] + b"\xff" * part.compress_size + content[start + part.compress_size :]


def locked_word() -> bytes:
    """Each part is marked as locked with a password, in its own head and in the directory."""
    content = bytearray(word())
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(head)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(head, at + 1)
    return bytes(content)
