"""The rows of an XLSX, from its first sheet that holds anything."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from mosty.kernel.names import clean
from mosty.kernel.sheets import refusals
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
from mosty.kernel.sheets.table import Cell, Record


@dataclass(frozen=True, slots=True)
class Contents:
    """The filled rows of one worksheet, and the names of other filled ones."""

    worksheet: str
    others: tuple[str, ...]
    records: Iterator[Record]
    merged: bool


def open_first(content: bytes) -> Contents:
    """
    Return the first visible worksheet that is not empty.

    Values merged over several rows stand in each of these rows.

    :raises CannotRead: if the file is no XLSX, is beyond a limit, or is empty.
    """
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

    visible = [part for part in book.sheets if not part.hidden] or list(book.sheets)
    for index, part in enumerate(visible):
        scanner = SheetScanner(strings.texts, render)
        run(scanner, package.chunks(part.path))
        if not scanner.rows:
            continue
        merged = fill_merged(scanner.rows, scanner.merged)
        others = [
            clean(other.name)
            for other in visible[index + 1 :]
            if _is_filled(package, other, SheetScanner(strings.texts, render))
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
