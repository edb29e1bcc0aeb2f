"""Files as people send them, good ones and hostile ones, made by hand."""

import io
import zipfile
import zlib

PDF = (
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    b"trailer\n<</Root 1 0 R>>\n%%EOF\n"
)


def pdf(more: bytes, *, is_packed: bool = False) -> bytes:
    """Return a PDF with one more object, in the open or in a stream of objects."""
    if is_packed:
        body = zlib.compress(b"2 0 " + more)
        more = (
            b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(body)
            + body + b"\nendstream"
        )  # fmt: skip
    return PDF.replace(b"trailer", b"2 0 obj\n" + more + b"\nendobj\ntrailer")


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40 + b"\xff\xd9"
WEBP = b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40
MP3 = b"ID3\x03\0\0\0\0\0\x21" + b"\0" * 60
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0\0\0\x08moov"
EXE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 100 + b"PE\0\0"
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 60
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
OOXML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": ("word/document.xml", f"{OOXML}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OOXML}presentationml.presentation.main+xml"),
}
ODF = "application/vnd.oasis.opendocument."


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP of ``parts``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(ending: str, more: dict[str, bytes] | None = None, main: str = "") -> bytes:
    """Return the least that is a document of Office Open XML."""
    part, kind = MAIN[ending]
    types = (
        f'<Types><Override PartName="/{part}" ContentType="{main or kind}"/></Types>'
    )
    return packed(
        {"[Content_Types].xml": types.encode(), part: b"<x/>", **(more or {})}
    )


def open_document(kind: str, more: dict[str, bytes] | None = None) -> bytes:
    """Return the least that is an OpenDocument."""
    return packed(
        {
            "mimetype": f"{ODF}{kind}".encode(),
            "content.xml": b"<x/>",
            "META-INF/manifest.xml": b"<x/>",
            **(more or {}),
        }
    )


def bomb() -> bytes:
    """Return a small document that unpacks to 200 MiB."""
    return office("docx", {"word/media/x.bin": b"\0" * (200 * 1024**2)})


def lying_bomb() -> bytes:
    """Return a document whose directory says that a large part is small."""
    size = 130 * 1024**2
    honest = office("docx", {"word/media/x.bin": b"\0" * size})
    return honest.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


def encrypted() -> bytes:
    """Return a document whose parts say that they are encrypted."""
    content = bytearray(office("docx"))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.find(start)
        while at >= 0:
            content[at + (6 if start[2] == 3 else 8)] |= 1
            at = content.find(start, at + 4)
    return bytes(content)
