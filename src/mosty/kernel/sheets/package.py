"""
An XLSX as an archive, unpacked within bounds.

The directory of an archive may lie, so its numbers only allow an early refusal: what
really comes out of every part is counted.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from mosty.kernel import archives
from mosty.kernel.sheets import limits, refusals
from mosty.kernel.sheets.refusals import CannotRead
from mosty.kernel.sheets.scan import elements

_CHUNK = 64 * 1024
_OTHER_KINDS = (
    ("xl/vbaproject.bin", refusals.MACROS),
    ("xl/workbook.bin", refusals.BINARY_XLSX),
    ("word/document.xml", refusals.DOCUMENT),
    ("ppt/presentation.xml", refusals.DOCUMENT),
    ("content.xml", refusals.OPEN_DOCUMENT),
)
_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Part:
    """One worksheet: its name, and where it lies in the archive."""

    name: str
    path: str
    hidden: bool


class Package:
    """
    The parts of an XLSX that are read, each through a common budget.

    :raises CannotRead: on any archive that is no plain XLSX or grows too large.
    """

    def __init__(self, content: bytes) -> None:
        if archives.has_more_entries(content, limits.MAX_ENTRIES):
            raise CannotRead(refusals.UNPACKS_TOO_BIG)
        try:
            self._archive = archives.opened(content)
        except archives.BROKEN:
            raise CannotRead(refusals.DAMAGED) from None
        entries = self._archive.infolist()
        self._entries = {
            entry.filename.lower().replace("\\", "/"): entry for entry in entries
        }
        self._left = limits.MAX_UNPACKED
        self._refuse_other_kinds()
        if sum(entry.file_size for entry in entries) > limits.MAX_UNPACKED:
            raise CannotRead(refusals.UNPACKS_TOO_BIG)

    def _refuse_other_kinds(self) -> None:
        for path, sentence in _OTHER_KINDS:
            if path in self._entries:
                raise CannotRead(sentence)
        if not self.has(_TYPES):
            raise CannotRead(refusals.ARCHIVE)
        types = elements(self.chunks(_TYPES), {"Override", "Default"})
        if any(
            "macroenabled" in attrs.get("ContentType", "").lower() for _, attrs in types
        ):
            raise CannotRead(refusals.MACROS)

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield what ``path`` unpacks to, piece by piece."""
        entry = self._entries.get(path.lower())
        if entry is None:
            raise CannotRead(refusals.DAMAGED)
        if archives.is_encrypted(entry):
            raise CannotRead(refusals.PASSWORD)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise CannotRead(refusals.DAMAGED)
        size = 0
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self._left -= len(piece)
                    packed = size > limits.MAX_RATIO * max(entry.compress_size, 1)
                    if self._left < 0 or (size > limits.RATIO_FROM and packed):
                        raise CannotRead(refusals.UNPACKS_TOO_BIG)
                    yield piece
        except archives.BROKEN:
            raise CannotRead(refusals.DAMAGED) from None

    def has(self, path: str) -> bool:
        """Test if the archive holds ``path``."""
        return path.lower() in self._entries

    def workbook(self) -> "Workbook":
        """Return the workbook part: its worksheets in order, and its common parts."""
        start = self._related("")
        path = next(
            (target for kind, target in start.values() if kind == "officeDocument"), ""
        )
        listed = elements(self.chunks(path), {"sheet", "workbookPr"})
        related = self._related(path)
        sheets = tuple(
            Part(
                attrs.get("name", ""),
                related[attrs["id"]][1],
                attrs.get("state") in {"hidden", "veryHidden"},
            )
            for tag, attrs in listed
            if tag == "sheet"
            and related.get(attrs.get("id", ""), ("", ""))[0] == "worksheet"
        )
        by_kind = dict(related.values())
        return Workbook(
            sheets=sheets,
            strings=by_kind.get("sharedStrings", ""),
            styles=by_kind.get("styles", ""),
            from_1904=any(
                tag == "workbookPr" and attrs.get("date1904") in {"1", "true"}
                for tag, attrs in listed
            ),
        )

    def _related(self, path: str) -> dict[str, tuple[str, str]]:
        """Return id -> (kind, path) of the parts that the part at ``path`` names."""
        folder, name = posixpath.split(path)
        listed = self.chunks(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            attrs.get("Id", ""): (
                attrs.get("Type", "").rpartition("/")[2],
                posixpath.normpath(
                    posixpath.join(
                        "/", folder, attrs.get("Target", "").replace("\\", "/")
                    )
                ).lstrip("/"),
            )
            for _, attrs in elements(listed, {"Relationship"})
            if attrs.get("TargetMode") != "External"
        }


@dataclass(frozen=True, slots=True)
class Workbook:
    """What of a workbook is needed to read one of its sheets."""

    sheets: tuple[Part, ...]
    strings: str
    styles: str
    from_1904: bool
