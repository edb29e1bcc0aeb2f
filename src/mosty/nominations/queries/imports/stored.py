"""How a read table is kept with an imported file, until it is taken over or dropped."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mosty.kernel.sheets import mapping
from mosty.kernel.sheets.table import Cell, Sheet
from mosty.nominations.models import ImportedFile
from mosty.nominations.queries.imports.columns import COLUMNS
from mosty.nominations.queries.imports.rows import Table


def guessed(sheet: Sheet, fixed: Mapping[str, str] | None = None) -> Table:
    """Return the table in ``sheet``, its columns recognised by their names."""
    columns = mapping.guess(sheet.header, COLUMNS)
    given = dict(fixed or {})
    return Table(
        header=sheet.header,
        rows=[(row.line, [_text(cell) for cell in row.cells]) for row in sheet.rows],
        columns={key: at for key, at in columns.items() if key not in given},
        fixed=given,
    )


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell


def table_of(imported: ImportedFile) -> Table:
    """Return the table that is kept with ``imported``, as it is mapped now."""
    return Table(
        header=imported.header,
        rows=[(line, cells) for line, cells in imported.rows],
        columns=imported.mapping.get("columns", {}),
        fixed=imported.mapping.get("fixed", {}),
    )


def mapping_json(table: Table) -> dict[str, Any]:
    """Return the form in which a table's mapping is kept."""
    return {"columns": dict(table.columns), "fixed": dict(table.fixed)}
