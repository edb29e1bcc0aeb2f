"""What a read table is, and how it is found among the rows of a file."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from django.utils.functional import Promise

from mosty.kernel.names import fold
from mosty.kernel.sheets import limits, refusals
from mosty.kernel.sheets.refusals import CannotRead

# Text is clean (see names.clean); dates come from XLSX only, where cells have types.
Cell = str | date
# A row that is not empty, with its number in the file; cut after its last filled cell.
Record = tuple[int, list[Cell]]

_LONGEST_NAME = 120
_NUMBER = re.compile(r"[-+]?[\d\s.,]+%?")
_EMAIL = re.compile(r"\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data. ``line`` is its number as a spreadsheet program shows it."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A table: every row has as many cells as the header, and no two headers are alike.

    ``worksheet`` is set for XLSX; ``encoding`` and ``delimiter`` are set for CSV.
    ``notes`` are sentences about what was passed over or looks wrong.
    """

    kind: Literal["csv", "xlsx"]
    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    worksheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    notes: tuple[str | Promise, ...] = ()


def letter(index: int) -> str:
    """Return the name of the column at ``index`` (from 0): A, B, ..., Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def number_text(value: float) -> str:
    """Return ``value`` as a cell's text: 3 and not 3.0, 0.3 and not 0.30000000000000004."""
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e15)
    return str(int(value)) if whole else format(value, ".15g")


def moment_cell(moment: datetime) -> Cell:
    """Return a day as date, and a time of a day as text."""
    if moment.time() == time():
        return moment.date()
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")


def is_known(cell: str, known: Collection[str]) -> bool:
    """Test if ``cell`` holds one of the ``known`` names of columns, which are folded."""
    # No name is so long, and folding takes time.
    return len(cell) <= _LONGEST_NAME and fold(cell) in known


def bounded(records: Iterable[Record]) -> list[Record]:
    """
    Return the records as a list.

    :raises CannotRead: as soon as there are too many rows or columns, or a cell is too
        long; nothing beyond is kept.
    """
    kept = []
    for line, cells in records:
        if len(cells) > limits.MAX_COLUMNS:
            raise CannotRead(refusals.too_many_columns(letter(len(cells) - 1)))
        for index, cell in enumerate(cells):
            if isinstance(cell, str) and len(cell) > limits.MAX_CELL:
                raise CannotRead(refusals.cell_too_long(f"{letter(index)}{line}"))
        kept.append((line, cells))
        if len(kept) > limits.MAX_ROWS + limits.LEAD:
            raise CannotRead(refusals.TOO_MANY_ROWS)
    return kept


def find_header(records: Sequence[Record], known: Collection[str]) -> int:
    """
    Return which record is the header.

    It is the one with most names from ``known`` (folded); where none has any, the first
    with two filled cells; in a table of one column, the first.

    :raises CannotRead: if the row so found is already data.
    """
    lead = records[: limits.LEAD]
    scores = [
        sum(isinstance(cell, str) and is_known(cell, known) for cell in cells)
        for _, cells in lead
    ]
    if any(scores):
        return scores.index(max(scores))
    wide = [i for i, (_, cells) in enumerate(lead) if sum(map(bool, cells)) > 1]
    index = wide[0] if wide else 0
    if _is_data(lead[index][1]):
        raise CannotRead(refusals.NO_HEADER)
    return index


def _is_data(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell]
    texts = [cell for cell in filled if isinstance(cell, str)]
    return (
        len(texts) < len(filled)
        or any(_EMAIL.fullmatch(text) for text in texts)
        or all(_NUMBER.fullmatch(text) for text in texts)
    )


def shape(
    records: Sequence[Record], known: Collection[str]
) -> tuple[tuple[str, ...], int, tuple[Row, ...]]:
    """
    Return header, its line, and the rows under it, all of one width.

    A column without name and data is left out; one without name only is called by its
    letter, such as ``(D)``.

    :raises CannotRead: if there is no header or nothing under it.
    """
    if not records:
        raise CannotRead(refusals.EMPTY)
    at = find_header(records, known)
    header_line, names = records[at]
    data = records[at + 1 :]
    if not data:
        raise CannotRead(refusals.NO_ROWS)
    if len(data) > limits.MAX_ROWS:
        raise CannotRead(refusals.TOO_MANY_ROWS)

    width = max(len(names), *(len(cells) for _, cells in data))
    used = {i for _, cells in data for i, cell in enumerate(cells) if cell}
    used |= {i for i, name in enumerate(names) if name}
    columns = [i for i in range(width) if i in used]
    header = _distinct(
        str(names[i]) if i < len(names) and names[i] else f"({letter(i)})"
        for i in columns
    )
    rows = tuple(
        Row(line, tuple(cells[i] if i < len(cells) else "" for i in columns))
        for line, cells in data
    )
    return header, header_line, rows


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in names:
        new, count = name, 1
        while new in found:
            count += 1
            new = f"{name} ({count})"
        found[new] = None
    return tuple(found)
