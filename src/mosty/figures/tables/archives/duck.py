"""
Tables over archives on this machine, by DuckDB.

Import this where it is needed: DuckDB takes 0.1 s and 35 MiB to import.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from mosty.figures.tables.archives.manifest import CODES, Archive, relations
from mosty.figures.tables.definition import (
    UNMAPPED,
    Cell,
    Coding,
    Days,
    Scope,
    Table,
)
from mosty.figures.tables.expression import sql

# It fetches nothing: what it needs is in the package.
QUIET: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


class Duck:
    """Counts tables over some archives."""

    def __init__(
        self, engine: duckdb.DuckDBPyConnection, archives: Sequence[Archive]
    ) -> None:
        """Lay the relations of ``archives`` before ``engine``."""
        self._engine = engine
        self._names = relations(archives)
        for name in self._names - {CODES}:
            engine.execute(f"create view {name} as {_rows(name, archives)}")
        engine.execute(f"create table {CODES} as {_codes(archives)}")
        self._doubled = {
            (coding, kind)
            for coding in Coding
            for (kind,) in engine.execute(doubled(coding)).fetchall()
        }

    def cells(self, table: Table, *, scope: Scope, period: Days) -> list[Cell]:
        """Return the inner cells of ``table``, sorted, without empty ones."""
        if table.relation.name not in self._names:
            return []
        query = sql(
            table,
            scope=scope,
            period=period,
            engine="duckdb",
            keys_are_codes=not has_doubled(table, scope, self._doubled),
        )
        rows = self._engine.execute(query).fetchall()
        return sorted(Cell(tuple(row[:-1]), int(row[-1])) for row in rows if row[-1])


@contextmanager
def opened(archives: Sequence[Archive]) -> Iterator[Duck]:
    """Yield what counts over ``archives``."""
    with duckdb.connect(config=QUIET) as engine:
        yield Duck(engine, archives)


def _rows(relation: str, archives: Sequence[Archive]) -> str:
    files = ", ".join(
        quoted(path) for archive in archives for path in archive.paths(relation)
    )
    return (
        f"select * from read_parquet([{files}], union_by_name = true,"  # noqa: S608
        # A slug may look like a number or a day, and is neither.
        " hive_partitioning = true, hive_types_autocast = false)"
    )


def _codes(archives: Sequence[Archive]) -> str:
    """Return the query of all codes: of each as the newest archive says it."""
    newest = sorted(archives, key=lambda archive: archive.made_at, reverse=True)
    said = " union all ".join(
        f"select kind, key, code, common, {age} as age"  # noqa: S608
        f" from ({_rows(CODES, [archive])})"
        for age, archive in enumerate(newest)
    )
    return f"select distinct on (kind, key) * from ({said}) order by age"  # noqa: S608


def doubled(coding: Coding) -> str:
    """Return the query of lists in which several keys are one code."""
    said = "common" if coding == Coding.COMMON else "code"
    return (
        f"select distinct kind from (select kind from {CODES}"  # noqa: S608
        f" group by kind, coalesce({said}, '{UNMAPPED}') having count(*) > 1)"
    )


def has_doubled(table: Table, scope: Scope, kinds: set[tuple[Coding, str]]) -> bool:
    """Test if a record of ``table`` may say one code twice."""
    return any(
        one.several and (scope.coding, one.kind) in kinds for one in table.dimensions
    )


def quoted(path: object) -> str:
    """Return a text of SQL."""
    text = str(path).replace("'", "''")
    return f"'{text}'"
