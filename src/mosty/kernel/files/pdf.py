"""
What in a PDF runs, or opens something else, beside the page that it shows.

Such things are named in the open, or within packed streams of objects. What a document
keeps encrypted cannot be looked into, so such documents are told apart.
"""

import re
import zlib
from collections.abc import Iterator

# Actions and parts by the names that the format gives them.
_RUNS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData)(?![A-Za-z0-9])"
)
# Of the trailer, or of the stream that stands for it: both are never encrypted themselves.
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
# A name may spell any of its letters by a number: /Java#53cript.
_SPELT = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS = re.compile(rb"/ObjStm\b.{0,2000}?stream\r?\n", re.S)
# How much is unpacked of one stream, and of all: far more than programs write.
_MOST_OF_ONE = 4 * 1024**2
_MOST = 32 * 1024**2


def is_locked(content: bytes) -> bool:
    """Test if the PDF ``content`` is encrypted, even where it opens without a password."""
    return _LOCKED.search(_plain(content)) is not None


def runs_something(content: bytes) -> bool:
    """Test if a script, a program or another file seems to be in the PDF ``content``."""
    return any(_RUNS.search(_plain(part)) for part in (content, *_unpacked(content)))


def _plain(part: bytes) -> bytes:
    return _SPELT.sub(lambda found: bytes([int(found[1], 16)]), part)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield the streams of objects, as far as they can be unpacked."""
    room = _MOST
    for found in _OBJECTS.finditer(content):
        try:
            part = zlib.decompressobj().decompress(
                content[found.end() : found.end() + _MOST_OF_ONE],
                min(room, _MOST_OF_ONE),
            )
        except zlib.error:
            continue
        yield part
        room -= len(part)
        if room <= 0:
            return
