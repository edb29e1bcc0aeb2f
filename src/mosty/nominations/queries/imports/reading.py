"""How the table in a file of nominations is read: every column is kept."""

from collections.abc import Mapping
from datetime import date

from mosty.importing.queries.tables import Table
from mosty.kernel.sheets import mapping
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.table import Cell, Sheet
from mosty.nominations.queries.imports.columns import COLUMNS, KNOWN


def opened(
    content: bytes, name: str, fixed: Mapping[str, str] | None = None
) -> tuple[Sheet, Table]:
    """
    Return what is in a file, its columns recognised by their names.

    :raises CannotRead: if there is no table; the sentence says what to do.
    """
    sheet = read(content, name, KNOWN)
    columns = mapping.guess(sheet.header, COLUMNS)
    given = dict(fixed or {})
    return sheet, Table(
        header=sheet.header,
        rows=[(row.line, [_text(cell) for cell in row.cells]) for row in sheet.rows],
        columns={key: at for key, at in columns.items() if key not in given},
        fixed=given,
    )


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell
