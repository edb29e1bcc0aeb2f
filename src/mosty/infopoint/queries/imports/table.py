"""A read table, and how its rows are kept with an imported file until they are not needed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from mosty.infopoint import notes
from mosty.infopoint.models import ImportedFile
from mosty.infopoint.queries.imports.columns import DAY, KNOWN, guess
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.table import Cell, Sheet

# Stands in place of what looks like contact data of somebody, which is not kept.
HIDDEN = "•••"
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}.*")


@dataclass(frozen=True, slots=True)
class Table:
    """
    A read table and what its columns are.

    ``rows`` holds the cells of the columns that are used, in the header's order, and of
    no others: what nobody needs is not read.
    """

    header: Sequence[str]
    # Each row: its number in the file and its cells, dates as ISO texts.
    rows: Sequence[tuple[int, Sequence[str]]]
    # Key of a column -> its place in the header.
    columns: Mapping[str, int]
    # Key of a column -> one answer for all rows.
    fixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def places(self) -> dict[str, int]:
        """Return the place of each column among the cells of a row."""
        kept = sorted(self.columns.values())
        return {key: kept.index(at) for key, at in self.columns.items()}

    @property
    def unread(self) -> list[str]:
        """Return the names of the columns that are not read."""
        used = set(self.columns.values())
        return [name for at, name in enumerate(self.header) if at not in used]


def opened(content: bytes, name: str) -> Sheet:
    """
    Return the table in a file.

    :raises CannotRead: if there is none; the sentence says what to do.
    """
    return read(content, name, KNOWN)


def guessed(sheet: Sheet) -> Table:
    """Return the table with the columns that are known by their names."""
    return with_columns(sheet, guess(sheet.header), {})


def with_columns(
    sheet: Sheet, columns: Mapping[str, int], fixed: Mapping[str, str]
) -> Table:
    """Return the table with these columns, and nothing of the others."""
    day = columns.get(DAY)
    kept = sorted(columns.values())
    rows = [
        (row.line, [_text(row.cells[at], is_day=at == day) for at in kept])
        for row in sheet.rows
    ]
    return Table(sheet.header, rows, columns, fixed)


def _text(cell: Cell, *, is_day: bool) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    if is_day:
        # As programs for forms write a moment.
        moment = _MOMENT.fullmatch(cell)
        return moment[1] if moment else cell[:40]
    return _harmless(cell)


@lru_cache(maxsize=4096)
def _harmless(cell: str) -> str:
    return HIDDEN if notes.why_not(cell) else cell


def narrowed(
    table: Table, columns: Mapping[str, int], fixed: Mapping[str, str]
) -> Table | None:
    """Return the table with these of its columns; None if it was not read with them all."""
    kept = sorted(table.columns.values())
    wanted = sorted(columns.values())
    if not set(wanted) <= set(kept):
        return None
    places = [kept.index(at) for at in wanted]
    rows = [(line, [cells[at] for at in places]) for line, cells in table.rows]
    return Table(table.header, rows, columns, fixed)


def table_of(imported: ImportedFile) -> Table:
    """Return the table that is kept with ``imported``, as it is mapped now."""
    return Table(
        header=imported.header,
        rows=[(line, cells) for line, cells in imported.rows],
        columns=imported.mapping.get("columns", {}),
        fixed=imported.mapping.get("fixed", {}),
    )


def kept_as(table: Table) -> dict[str, Any]:
    """Return the fields of an imported file that keep ``table``."""
    return {
        "header": list(table.header),
        "rows": [[line, list(cells)] for line, cells in table.rows],
        "mapping": {"columns": dict(table.columns), "fixed": dict(table.fixed)},
    }
