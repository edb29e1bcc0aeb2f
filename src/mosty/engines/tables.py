"""Tables in CSV, as offices and sortition tools write them."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from mosty.engines.errors import BadProblem

DELIMITERS = ",;\t"
LONGEST_CELL = 10_000
LARGEST_FILE = 200_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: where it stands in the file, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the name of its file, its columns in order, and its rows."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    def column(self, name: str) -> str | None:
        """Return how the table writes the column ``name``, in whatever case."""
        for column in self.columns:
            if column.casefold() == name.strip().casefold():
                return column
        return None

    def needed(self, name: str) -> str:
        """
        Return how the table writes the column ``name``.

        :raises BadProblem: if it has none.
        """
        found = self.column(name)
        if found is None:
            columns = ", ".join(self.columns)
            raise BadProblem("no_column", file=self.name, column=name, columns=columns)
        return found


def read_table(path: Path) -> Table:
    """
    Return the table in ``path``: UTF-8, with a header; empty rows are left out.

    The delimiter is the comma, semicolon or tab that the header has most of.

    :raises BadProblem: if it cannot be read, naming row and column.
    """
    text = read_text(path)
    header = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    rows = _rows(path.name, text, delimiter)
    first = next(rows, None)
    if first is None or not any(cell.strip() for cell in first[1]):
        raise BadProblem("no_header", file=path.name)
    columns = tuple(cell.strip() for cell in first[1])
    seen: set[str] = set()
    for column in columns:
        if column and column.casefold() in seen:
            raise BadProblem("column_twice", file=path.name, column=column)
        seen.add(column.casefold())
    lines = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            raise BadProblem(
                "too_many_cells",
                file=path.name,
                row=number,
                cells=len(cells),
                columns=len(columns),
            )
        cells = [*cells, *[""] * (len(columns) - len(cells))]
        own = {
            column: cell.strip()
            for column, cell in zip(columns, cells, strict=True)
            if column
        }
        lines.append(Line(number, own))
    return Table(path.name, tuple(column for column in columns if column), tuple(lines))


def people_in(
    table: Table, attributes: Sequence[str], id_column: str | None
) -> dict[str, tuple[int, dict[str, str]]]:
    """
    Return the row and these ``attributes`` of everybody in ``table``, by code.

    Other columns are not read: a record holds what the rules ask about and no more.
    Without ``id_column`` people are numbered from 1.

    :raises BadProblem: if a column or a cell is missing, or a code comes twice.
    """
    id_ = None if id_column is None else table.needed(id_column)
    columns = {name: table.needed(name) for name in attributes}
    found: dict[str, tuple[int, dict[str, str]]] = {}
    for number, line in enumerate(table.lines, 1):
        code = str(number) if id_ is None else _filled(table, line, id_)
        if code in found:
            raise BadProblem(
                "code_twice",
                file=table.name,
                row=line.number,
                column=str(id_),
                code=code,
                before=found[code][0],
            )
        own = {name: _filled(table, line, column) for name, column in columns.items()}
        found[code] = line.number, own
    if not found:
        raise BadProblem("no_rows", file=table.name)
    return found


def read_text(path: Path, encoding: str = "utf-8-sig") -> str:
    """
    Return the text in ``path``, which must be UTF-8; a byte order mark is dropped.

    With the ``encoding`` ``utf-8`` it is kept.

    :raises BadProblem: if it cannot be read, naming the row of a wrong byte.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadProblem("file_too_large", file=path.name)
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise BadProblem("unreadable", file=path.name, reason=reason) from None
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        start = content.rfind(b"\n", 0, error.start) + 1
        column = len(content[start : error.start].decode("utf-8", "replace")) + 1
        raise BadProblem("not_utf8", file=path.name, row=row, column=column) from None


def whole(table: Table, line: Line, column: str, *, blank: int | None) -> int | None:
    """
    Return the whole number in a cell, or ``blank`` if it is empty.

    :raises BadProblem: if it is anything else.
    """
    text = line.cells[column]
    if not text:
        return blank
    if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 16:
        return int(text)
    raise BadProblem(
        "not_a_number", file=table.name, row=line.number, column=column, value=text
    )


def _filled(table: Table, line: Line, column: str) -> str:
    """Return a cell that may not be empty."""
    if not line.cells[column]:
        raise BadProblem("empty_cell", file=table.name, row=line.number, column=column)
    return line.cells[column]


def _rows(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its first line."""
    # A row ends where an office's program ends it, not at every separator of Unicode.
    lines = StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    csv.field_size_limit(LONGEST_CELL)
    start = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadProblem(
                "bad_row", file=name, row=start, reason=str(error)
            ) from None
        if "\0" in "".join(row):
            raise BadProblem("bad_row", file=name, row=start, reason="it holds a NUL")
        yield start, row
        start = reader.line_num + 1
