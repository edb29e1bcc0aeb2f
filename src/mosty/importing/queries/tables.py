"""A read table, and how it is kept with its file until nobody needs its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mosty.importing.models import WaitingFile

# So many rows are looked at for an example of what a column holds.
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Table:
    """A read table and what its columns are."""

    header: Sequence[str]
    # Each row: its number in the file and its cells, dates as ISO texts.
    rows: Sequence[tuple[int, Sequence[str]]]
    # Key of a column -> its place in the header.
    columns: Mapping[str, int]
    # Key of a column -> one answer for all rows.
    fixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def unused(self) -> tuple[str, ...]:
        """Return the names of the columns that mean nothing here."""
        used = set(self.columns.values())
        return tuple(name for at, name in enumerate(self.header) if at not in used)


def table_of(imported: WaitingFile) -> Table:
    """Return the table that is kept with ``imported``, as it is mapped now."""
    return Table(
        header=imported.header,
        rows=[(line, cells) for line, cells in imported.rows],
        columns=imported.mapping.get("columns", {}),
        fixed=imported.mapping.get("fixed", {}),
    )


def kept_as(table: Table) -> dict[str, Any]:
    """Return the fields of a file that keep ``table``."""
    return {
        "header": list(table.header),
        "rows": [[line, list(cells)] for line, cells in table.rows],
        "mapping": {"columns": dict(table.columns), "fixed": dict(table.fixed)},
    }


def samples(table: Table, places: Iterable[int]) -> list[str]:
    """
    Return the first filled cell under each name of the header, where there is one.

    ``places`` are those of the rows' cells in the header.
    """
    found = [""] * len(table.header)
    places = list(places)
    for _line, cells in table.rows[:_LOOKED_AT]:
        for at, cell in zip(places, cells, strict=True):
            found[at] = found[at] or cell
    return found
