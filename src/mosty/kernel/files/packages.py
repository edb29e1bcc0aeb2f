"""
Office documents, which are archives: looked through within bounds.

The directory of an archive may lie, so that every part is unpacked (and forgotten) as far
as it says: what it says too small, does not have its checksum.
"""

import re
import zipfile
from pathlib import PurePosixPath

from mosty.kernel import archives
from mosty.kernel.files import refusals
from mosty.kernel.files.kinds import KINDS, Kind
from mosty.kernel.files.refusals import CannotTake

MAX_ENTRIES = 5_000
# Pictures inside do not shrink: what is sent unpacks to little more than it is.
MAX_UNPACKED = 120 * 1024**2
_CHUNK = 256 * 1024
_SMALL = 1024**2
_TYPES = "[content_types].xml"
_MAIN = {
    "docx": ("word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", b"presentationml.presentation.main+xml"),
}
_OPEN = {
    KINDS[ending].content_type.encode(): KINDS[ending]
    for ending in ("odt", "ods", "odp")
}
_MACROS = re.compile(
    r"(^|/)vba(project|data)|(^|/)(macrosheets|activex|customui)/|^(basic|scripts)/"
)
# What a document may carry inside and somebody could run or unpack.
_INSIDE = re.compile(
    r"(^|/)embeddings/(?!.*\.(xlsx|docx|pptx)$)|"
    r"\.(exe|dll|com|scr|msi|js|jse|vbs|vbe|wsf|hta|bat|cmd|ps1|sh|py|jar|lnk|html?|svg"
    r"|zip|7z|rar|gz|class)$"
)


def kind_of_package(content: bytes) -> Kind:
    """
    Return which kind of office document ``content`` is.

    :raises CannotTake: if it is another archive, is not whole, or holds what runs.
    """
    if archives.has_more_entries(content, MAX_ENTRIES):
        raise CannotTake(refusals.TOO_LARGE_INSIDE)
    try:
        with archives.opened(content) as archive:
            return _looked_through(archive)
    except archives.BROKEN:
        raise CannotTake(refusals.DAMAGED) from None


def _looked_through(archive: zipfile.ZipFile) -> Kind:
    entries = archive.infolist()
    if any(archives.is_encrypted(entry) for entry in entries):
        raise CannotTake(refusals.LOCKED)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise CannotTake(refusals.TOO_LARGE_INSIDE)
    by_name = {entry.filename.lower(): entry for entry in entries}
    if len(by_name) < len(entries):
        # Which of two is read, is each program's own choice.
        raise CannotTake(refusals.DAMAGED)
    kind = _kind(archive, by_name)
    for name in by_name:
        _refuse_part(name, kind)
    for entry in entries:
        with archive.open(entry) as stream:
            # No further than the directory says; then the checksum is compared.
            while stream.read(_CHUNK):
                pass
    return kind


def _kind(archive: zipfile.ZipFile, by_name: dict[str, zipfile.ZipInfo]) -> Kind:
    if "mimetype" in by_name:
        kind = _OPEN.get(_small(archive, by_name["mimetype"]).strip())
        if kind is not None and {"content.xml", "meta-inf/manifest.xml"} <= set(
            by_name
        ):
            return kind
    if _TYPES in by_name:
        types = _small(archive, by_name[_TYPES])
        if b"macroenabled" in types.lower():
            raise CannotTake(refusals.MACROS)
        for ending, (part, main) in _MAIN.items():
            if part in by_name and main in types:
                return KINDS[ending]
    raise CannotTake(refusals.ARCHIVE)


def _small(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return stream.read(_SMALL)


def _refuse_part(name: str, kind: Kind) -> None:
    """Refuse a part that runs, or that would be unpacked beside the document."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or "\0" in name or ":" in parts[0]:
        raise CannotTake(refusals.DAMAGED)
    if _MACROS.search(name):
        raise CannotTake(refusals.MACROS)
    # An open document keeps drawings of its charts as objects of its own.
    if _INSIDE.search(name) and not (name.endswith(".svg") and "media/" in name):
        shown = PurePosixPath(name).name[:60]
        raise CannotTake(str(refusals.ATTACHED) % {"name": shown})
