"""Tables of small numbers as CSV: inner cells in, cells with sums and statuses out."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.model import (
    TOTAL,
    Cell,
    Codes,
    Hierarchy,
    Protected,
    Table,
    check_cell,
)
from mosty.engines.errors import BadProblem
from mosty.engines.tables import Line, read_table, whole
from mosty.engines.tables import Table as Sheet

STATUS = "status"
STATUSES = ("primary", "secondary", "hidden")


def read_cells(
    path: Path,
    dimensions: Sequence[str],
    value: str,
    threshold: int,
    sensitive: Mapping[tuple[str, str], int],
    *,
    zeros_are_small: bool,
) -> Table:
    """
    Return the table in ``path``: one row for each inner cell.

    ``value`` names the column of the counts; ``threshold``, ``sensitive`` and
    ``zeros_are_small`` are those of :class:`.model.Table`.

    :raises BadProblem: if it cannot be used, naming file, row and column.
    :raises BadTables: if a cell stands there twice, or as :func:`.model.check_cell`.
    """
    sheet = read_table(path)
    columns = [sheet.needed(name) for name in dimensions]
    counts = sheet.needed(value)
    values: dict[Codes, int] = {}
    rows: dict[Codes, int] = {}
    for line in sheet.lines:
        codes = _codes(sheet, line, columns)
        number = _count(sheet, line, counts)
        if number is None:
            raise BadProblem(
                "empty_cell", file=sheet.name, row=line.number, column=counts
            )
        _once(sheet, line, codes, rows)
        try:
            check_cell(sheet.name, columns, codes, number)
        except BadTables as fault:
            raise BadProblem(
                "in_row", file=sheet.name, row=line.number, fault=str(fault)
            ) from None
        values[codes] = number
    if not values:
        raise BadProblem("no_rows", file=sheet.name)
    return Table(
        sheet.name,
        tuple(columns),
        values,
        threshold,
        {
            (sheet.column(name) or name, code): limit
            for (name, code), limit in sensitive.items()
        },
        zeros_are_small=zeros_are_small,
    )


def read_protected(
    path: Path,
    dimensions: Sequence[str],
    value: str | None,
    threshold: int,
    sensitive: Mapping[tuple[str, str], int],
    *,
    zeros_are_small: bool,
) -> Protected:
    """
    Return the published table in ``path``, as :func:`written` writes it.

    Without ``dimensions`` they are all columns but the last two, value and status. The
    others are as for :func:`read_cells`: a ``threshold`` is a count, and no file has it.

    :raises BadProblem: if it cannot be used, naming file, row and column.
    :raises BadTables: if a cell stands there twice, or its number and status disagree.
    """
    sheet = read_table(path)
    status = sheet.column(STATUS)
    if status is None or len(sheet.columns) < 3:
        raise BadTables("not_protected", file=sheet.name)
    others = [name for name in sheet.columns if name != status]
    counts = others[-1] if value is None else sheet.needed(value)
    columns = [sheet.needed(name) for name in dimensions] or [
        name for name in others if name != counts
    ]
    cells: dict[Codes, Cell] = {}
    rows: dict[Codes, int] = {}
    for line in sheet.lines:
        codes = _codes(sheet, line, columns)
        _once(sheet, line, codes, rows)
        number = _count(sheet, line, counts)
        told = line.cells[status]
        if (number is None) != (told in STATUSES) or (number is not None and told):
            raise BadTables("status_unclear", file=sheet.name, row=line.number)
        pairs = zip(columns, codes, strict=True)
        own = (sensitive[pair] for pair in pairs if pair in sensitive)
        cells[codes] = Cell(number, told, max(threshold, *own, 0))
    if not cells:
        raise BadProblem("no_rows", file=sheet.name)
    return Protected(
        sheet.name,
        tuple(columns),
        cells,
        hidden_are_positive=not zeros_are_small,
    )


def read_hierarchy(dimension: str, path: Path) -> Hierarchy:
    """
    Return the hierarchy in ``path``: columns code and parent, or the first two.

    :raises BadProblem: if it cannot be used, naming file, row and column.
    :raises BadTables: if a code lies in two others, or in itself.
    """
    sheet = read_table(path)
    if len(sheet.columns) < 2:
        columns = ", ".join(sheet.columns)
        raise BadProblem("no_column", file=sheet.name, column="parent", columns=columns)
    code_column = sheet.column("code") or sheet.columns[0]
    parent_column = sheet.column("parent") or sheet.columns[1]
    parents: dict[str, str] = {}
    for line in sheet.lines:
        code, parent = line.cells[code_column], line.cells[parent_column]
        if not code:
            raise BadProblem(
                "empty_cell", file=sheet.name, row=line.number, column=code_column
            )
        parent = parent or TOTAL
        if parents.setdefault(code, parent) != parent:
            raise BadTables(
                "in_hierarchy",
                file=sheet.name,
                row=line.number,
                code=code,
                one=parents[code],
                other=parent,
            )
    return Hierarchy(dimension, parents)


def written(table: Protected, value: str) -> str:
    """Return the table as CSV: inner cells first, the grand total last."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow((*table.dimensions, value, STATUS))
    for codes, cell in table.cells.items():
        number = "" if cell.value is None else cell.value
        rows.writerow((*codes, number, cell.status))
    return out.getvalue()


def _codes(sheet: Sheet, line: Line, columns: Sequence[str]) -> Codes:
    codes = tuple(line.cells[column] for column in columns)
    for column, code in zip(columns, codes, strict=True):
        if not code:
            raise BadProblem(
                "empty_cell", file=sheet.name, row=line.number, column=column
            )
    return codes


def _count(sheet: Sheet, line: Line, column: str) -> int | None:
    number = whole(sheet, line, column, blank=None)
    if number is not None and number < 0:
        raise BadTables(
            "negative_in_file",
            file=sheet.name,
            row=line.number,
            column=column,
            value=number,
        )
    return number


def _once(sheet: Sheet, line: Line, codes: Codes, rows: dict[Codes, int]) -> None:
    if codes in rows:
        raise BadTables(
            "cell_twice",
            file=sheet.name,
            row=line.number,
            cell=", ".join(codes),
            before=rows[codes],
        )
    rows[codes] = line.number
