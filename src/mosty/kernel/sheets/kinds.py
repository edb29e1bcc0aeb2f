"""What a file really is, by its first bytes and not by its name."""

import re
from typing import Literal

from mosty.kernel.sheets import limits, refusals
from mosty.kernel.sheets.refusals import CannotRead

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF-", refusals.PDF),
    (b"\x89PNG", refusals.PICTURE),
    (b"\xff\xd8\xff", refusals.PICTURE),
    (b"GIF8", refusals.PICTURE),
    (b"{\\rtf", refusals.DOCUMENT),
    (b"Rar!", refusals.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", refusals.ARCHIVE),
    (b"\x1f\x8b", refusals.ARCHIVE),
)
# Spaces, delimiters, and the marks of encodings.
_BLANK = b'\x00\t\r\n ;,"\xef\xbb\xbf\xff\xfe'
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:[a-z!?])", re.IGNORECASE)
_MARKUP_WIDE = re.compile("\ufeff\\s*<[a-z!?]", re.IGNORECASE)


def kind_of(content: bytes, name: str) -> Literal["csv", "xlsx"]:
    """
    Return how to read ``content``.

    :raises CannotRead: if it is empty, too big, or surely neither CSV nor XLSX.
    """
    if len(content) > limits.MAX_BYTES:
        raise CannotRead(refusals.TOO_BIG)
    if not content.strip(_BLANK):
        raise CannotRead(refusals.EMPTY)
    if content.startswith(_ZIP):
        return "xlsx"
    if content.startswith(_OLE2):
        # Excel wraps an encrypted XLSX into the old container.
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        document = "WordDocument".encode("utf-16-le") in content
        raise CannotRead(
            refusals.PASSWORD
            if encrypted
            else refusals.DOCUMENT
            if document
            else refusals.OLD_XLS
        )
    for magic, sentence in _OTHERS:
        if content.startswith(magic):
            raise CannotRead(sentence)
    wide = (
        content[:400].decode("utf-16", errors="ignore")
        if content[:1] in b"\xff\xfe"
        else ""
    )
    if _MARKUP.match(content) or _MARKUP_WIDE.match("\ufeff" + wide):
        raise CannotRead(refusals.WEB_PAGE)
    if name.lower().endswith(".xlsx"):
        raise CannotRead(refusals.NOT_XLSX)
    return "csv"
