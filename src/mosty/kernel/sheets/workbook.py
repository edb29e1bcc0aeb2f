"""The rows of an XLSX: of its first sheet that holds anything, or of sheets by name."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from mosty.kernel.names import clean
from mosty.kernel.sheets import refusals
from mosty.kernel.sheets.kinds import kind_of
from mosty.kernel.sheets.numbers import STYLES, renderer
from mosty.kernel.sheets.package import Package, Part
from mosty.kernel.sheets.refusals import CannotRead
from mosty.kernel.sheets.scan import (
    Element,
    SheetScanner,
    StringScanner,
    elements,
    fill_merged,
    run,
)
from mosty.kernel.sheets.table import Cell, Record, bounded


@dataclass(frozen=True, slots=True)
class Contents:
    """The filled rows of one worksheet, and the names of other filled ones."""

    worksheet: str
    others: tuple[str, ...]
    records: Iterator[Record]
    merged: bool


@dataclass(frozen=True, slots=True)
class _Opened:
    """An XLSX whose sheets can be scanned."""

    package: Package
    sheets: tuple[Part, ...]
    new_scanner: Callable[[], SheetScanner]


def _opened(content: bytes) -> _Opened:
    package = Package(content)
    book = package.workbook()
    strings = StringScanner()
    if package.has(book.strings):
        run(strings, package.chunks(book.strings))
    styles: Sequence[Element] = ()
    if package.has(book.styles):
        styles = elements(package.chunks(book.styles), STYLES)
    try:
        render = renderer(styles, from_1904=book.from_1904)
    except ValueError:
        raise CannotRead(refusals.DAMAGED) from None
    return _Opened(package, book.sheets, lambda: SheetScanner(strings.texts, render))


def open_all(content: bytes, names: Collection[str]) -> dict[str, list[Record]]:
    """
    Return the filled rows of the worksheets called ``names``, of those that there are.

    Each is held to the limits of a table (:func:`.table.bounded`).

    :raises CannotRead: if the file is no XLSX or is beyond a limit.
    """
    if kind_of(content, "form.xlsx") != "xlsx":
        raise CannotRead(refusals.NOT_XLSX)
    opened = _opened(content)
    found = {}
    for part in opened.sheets:
        name = clean(part.name).lower()
        if name in names and name not in found:
            scanner = opened.new_scanner()
            run(scanner, opened.package.chunks(part.path))
            found[name] = bounded(_records(scanner.rows))
    return found


def open_first(content: bytes) -> Contents:
    """
    Return the first visible worksheet that is not empty.

    Values merged over several rows stand in each of these rows.

    :raises CannotRead: if the file is no XLSX, is beyond a limit, or is empty.
    """
    opened = _opened(content)
    package = opened.package
    visible = [part for part in opened.sheets if not part.hidden] or list(opened.sheets)
    for index, part in enumerate(visible):
        scanner = opened.new_scanner()
        run(scanner, package.chunks(part.path))
        if not scanner.rows:
            continue
        merged = fill_merged(scanner.rows, scanner.merged)
        others = [
            clean(other.name)
            for other in visible[index + 1 :]
            if _is_filled(package, other, opened.new_scanner())
        ]
        return Contents(clean(part.name), tuple(others), _records(scanner.rows), merged)
    raise CannotRead(refusals.NO_SHEET)


def _is_filled(package: Package, part: Part, scanner: SheetScanner) -> bool:
    with closing(scanner):
        try:
            for piece in package.chunks(part.path):
                scanner.feed(piece)
                if scanner.rows:
                    return True
        except CannotRead:
            # Not read anyway, so whatever is wrong with it refuses nothing.
            return True
    return False


def _records(rows: Mapping[int, Mapping[int, Cell]]) -> Iterator[Record]:
    for line in sorted(rows):
        cells = rows[line]
        yield line, [cells.get(column, "") for column in range(1, max(cells) + 1)]
