"""
How the table in a list of consultations is read, and what of it is kept.

A kept row holds the cells of the columns that are used, in the header's order, and of no
others: what nobody needs is not read.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from mosty.importing.queries.tables import Table
from mosty.infopoint import notes
from mosty.infopoint.queries.imports.columns import DAY, KNOWN, guess
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.table import Cell, Sheet

# Stands in place of what looks like contact data of somebody, which is not kept.
HIDDEN = "•••"
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}.*")


def kept_places(table: Table) -> list[int]:
    """Return the places in the header of the cells that a row of ``table`` holds."""
    return sorted(table.columns.values())


def places_of(table: Table) -> dict[str, int]:
    """Return the place of each column among the cells of a row."""
    kept = kept_places(table)
    return {key: kept.index(at) for key, at in table.columns.items()}


def opened(content: bytes, name: str) -> tuple[Sheet, Table]:
    """
    Return what is in a file, with the columns that are known by their names.

    :raises CannotRead: if there is no table; the sentence says what to do.
    """
    sheet = read(content, name, KNOWN)
    return sheet, with_columns(sheet, guess(sheet.header), {})


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
    kept = kept_places(table)
    wanted = sorted(columns.values())
    if not set(wanted) <= set(kept):
        return None
    places = [kept.index(at) for at in wanted]
    rows = [(line, [cells[at] for at in places]) for line, cells in table.rows]
    return Table(table.header, rows, columns, fixed)
