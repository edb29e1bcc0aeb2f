"""
What a file is, by what is in it. Its name only tells one kind of plain text from another.

Two must agree: the library of signatures (puremagic) and our own look at the structure.
Nobody looks for viruses here; see SECURITY.md.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

import puremagic

from mosty.kernel.files import refusals, text
from mosty.kernel.files.kinds import KINDS, Kind
from mosty.kernel.files.packages import kind_of_package
from mosty.kernel.files.pdf import is_locked, runs_something
from mosty.kernel.files.refusals import CannotTake

_PROGRAMS = frozenset(
    {".exe", ".dll", ".com", ".scr", ".msi", ".class", ".appimage", ".elf", ".dex", ".wasm"}
)  # fmt: skip
_PROGRAM_STARTS = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\0asm", b"dex\n", b"L\0\0\0\x01\x14\x02\0",
)  # fmt: skip
_ARCHIVES = frozenset(
    {".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".cab", ".iso", ".zst", ".lz", ".z", ".arj"}
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The end of an archive, with its comment: what makes any file an archive as well.
_ARCHIVE_END = b"PK\x05\x06"
_ARCHIVE_END_IN = 66_000


def examine(content: bytes, name: str) -> Kind:
    """
    Return what kind of file ``content`` is.

    :raises CannotTake: if it is none that is taken, or not whole, or holds what runs.
    """
    if not content:
        raise CannotTake(refusals.EMPTY)
    # A PDF may be written in letters alone.
    plain = None if content.startswith(b"%PDF-") else text.decoded(content)
    if plain is not None:
        return text.kind_of_text(plain, PurePosixPath(name).suffix.lower())
    if content.startswith(b"PK\x03\x04"):
        return kind_of_package(content)
    guessed = _guessed(content)
    for ending, is_it in _SIGNS.items():
        if is_it(content) and guessed & _AGREE[ending]:
            return _whole(content, KINDS[ending])
    raise CannotTake(_why_not(content, guessed))


def _guessed(content: bytes) -> frozenset[str]:
    """Return the endings of all that the library takes the content for."""
    try:
        found = puremagic.magic_string(content)
    except puremagic.PureError:
        return frozenset()
    return frozenset(one.extension.lower() for one in found)


def _is_mp3(content: bytes) -> bool:
    """Test for a tag in front, or a frame of layer III with a bit rate there is."""
    if content.startswith(b"ID3"):
        return True
    return (
        len(content) > 4
        and content[0] == 0xFF
        and content[1] & 0xE6 == 0xE2
        and content[2] >> 4 not in {0, 15}
    )


# Only at the very beginning: a reader that looks further finds another file in it.
_SIGNS: Mapping[str, Callable[[bytes], bool]] = {
    "pdf": lambda content: re.match(rb"%PDF-[12]\.\d", content) is not None,
    "png": lambda content: content.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    "jpg": lambda content: content.startswith(b"\xff\xd8\xff"),
    "webp": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP",
    "mp4": lambda content: content[4:8] == b"ftyp",
    "mp3": _is_mp3,
}
_AGREE: Mapping[str, frozenset[str]] = {
    "pdf": frozenset({".pdf"}),
    "png": frozenset({".png"}),
    "jpg": frozenset({".jpg", ".jpeg", ".jfif", ".jpe"}),
    "webp": frozenset({".webp"}),
    "mp4": frozenset({".mp4", ".m4v"}),
    "mp3": frozenset({".mp3", ".mpga"}),
}


def _whole(content: bytes, kind: Kind) -> Kind:
    """
    Return the kind of a file that has its end, no archive behind it, and nothing that runs.

    :raises CannotTake: if it has not.
    """
    ends = {
        "pdf": b"%%EOF" in content[-2048:],
        "png": b"IEND\xaeB`\x82" in content,
        "jpg": b"\xff\xd9" in content,
        "webp": len(content) >= int.from_bytes(content[4:8], "little") + 8,
        "mp4": b"moov" in content,
    }
    if not ends.get(kind.ending, True):
        raise CannotTake(refusals.DAMAGED)
    if _ARCHIVE_END in content[-_ARCHIVE_END_IN:]:
        raise CannotTake(refusals.TWO_IN_ONE)
    if kind.ending == "pdf" and runs_something(content):
        raise CannotTake(refusals.RUNS)
    if kind.ending == "pdf" and is_locked(content):
        raise CannotTake(refusals.LOCKED_PDF)
    return kind


def _why_not(content: bytes, guessed: frozenset[str]) -> object:
    """Return the sentence that helps most."""
    # Before the rest: a PDF may begin with a page that browsers would show.
    if text.looks_like_web(content[:4096].decode("latin-1")):
        return refusals.WEB_PAGE
    if content.startswith(_OLE):
        return refusals.OLD_OFFICE
    if content.startswith(_PROGRAM_STARTS) or guessed & _PROGRAMS:
        return refusals.PROGRAM
    if b"%PDF-" in content[:1024]:
        return refusals.DAMAGED
    if guessed & _ARCHIVES or content[257:262] == b"ustar":
        return refusals.ARCHIVE
    if text.mostly_letters(content):
        return refusals.NOT_UTF8
    return refusals.UNKNOWN
