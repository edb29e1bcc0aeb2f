"""
A table as one Ibis expression, the same on every engine.

It runs over two named relations. The table's own has a row for each record, with a
``point`` (its slug), a ``day`` and a column for each dimension, which holds keys of codes
or a list of them. ``codes`` has a row for each code: ``kind``, ``key``, ``code`` and
``common``, the code of the common list that it counts as. What keys are is the engine's:
numbers in the database, words in archives.

Records are counted by their keys first, which leaves some thousand rows of a million, and
only those are looked up, so that no engine joins a million rows to anything. A record whose
two topics are one on the common list mentions it once: whole lists of topics are counted,
and taken apart afterwards.

Import this where it is needed, not with the module: Ibis takes 0.8 s to import and 60 MiB,
which no web process should pay that shows no table.
"""

from functools import lru_cache
from typing import Literal

import ibis
from ibis import Table as Rows
from ibis import Value
from ibis.backends.sql.compilers import (
    DuckDBCompiler,
    PostgresCompiler,
    PySparkCompiler,
)

from mosty.figures.tables.definition import (
    UNMAPPED,
    UNSTATED,
    Coding,
    Days,
    Dimension,
    Scope,
    Source,
    Table,
)

Engine = Literal["postgres", "duckdb", "spark"]
COMPILERS = {
    "postgres": PostgresCompiler,
    "duckdb": DuckDBCompiler,
    "spark": PySparkCompiler,
}
# The name under which the count stands beside the dimensions.
COUNT = "cell_count"


# Making one takes 20 to 60 ms, as long as counting a city's year.
@lru_cache(maxsize=512)
def sql(
    table: Table,
    *,
    scope: Scope,
    period: Days,
    engine: Engine,
    keys_are_codes: bool = False,
) -> str:
    """Return the query of ``table`` in the words of ``engine``."""
    compiler = COMPILERS[engine]()
    rows = expression(
        table,
        scope=scope,
        period=period,
        is_live=engine == "postgres",
        keys_are_codes=keys_are_codes,
    )
    return str(compiler.to_sqlglot(rows).sql(dialect=compiler.dialect))


def expression(
    table: Table,
    *,
    scope: Scope,
    period: Days,
    is_live: bool,
    keys_are_codes: bool = False,
) -> Rows:
    """
    Return the rows of ``table``: a code for each dimension, and :data:`COUNT`.

    ``keys_are_codes`` says that no two keys of a list are one code, so that what a record
    says twice need not be looked for: lists are taken apart before they are counted,
    which column stores do faster.
    """
    relation = table.relation
    key = "int64" if is_live else "string"
    records = ibis.table(
        _columns(table, key), name=relation.view if is_live else relation.name
    )
    counted = records.filter(
        records.point.isin(sorted(set(scope.places))),
        records.day.between(period.first, period.last),
        *(records[only.column] == only.value for only in table.filters),
    )
    if keys_are_codes:
        for one in table.dimensions:
            if one.several:
                counted = counted.mutate(**{one.column: counted[one.column].unnest()})
    counted = counted.group_by(
        **{one.name: _key(counted, one) for one in table.dimensions}
    ).aggregate(
        **{COUNT: counted[table.weight].sum() if table.weight else counted.count()}
    )
    codes = ibis.table(
        {"kind": "string", "key": key, "code": "string", "common": "string"},
        name=relation.codes if is_live else "codes",
    )
    for one in sorted(table.dimensions, key=lambda one: not one.several):
        counted = _coded(
            counted,
            one,
            codes,
            scope.coding,
            is_list=one.several and not keys_are_codes,
        )
    by = [one.name for one in table.dimensions]
    return counted.group_by(by).aggregate(**{COUNT: counted[COUNT].sum().cast("int64")})


def _columns(table: Table, key: str) -> dict[str, str]:
    """Return the columns that ``table`` asks of its relation, with their types."""
    columns = {"point": "string", "day": "date"}
    columns |= {only.column: "string" for only in table.filters}
    for one in table.dimensions:
        if one.source == Source.LIST:
            columns[one.column] = f"array<{key}>" if one.several else key
        elif one.source == Source.VALUE:
            columns[one.column] = "string"
    return columns | ({table.weight: "int64"} if table.weight else {})


def _key(records: Rows, one: Dimension) -> Value:
    """Return what records are first told apart by."""
    if one.source == Source.MONTH:
        return records.day.truncate("M")
    return records[one.column]


def _coded(
    counted: Rows, one: Dimension, codes: Rows, coding: Coding, *, is_list: bool
) -> Rows:
    """Return ``counted`` with codes in place of the keys of the dimension ``one``."""
    if one.source == Source.MONTH:
        return counted.mutate(**{one.name: counted[one.name].strftime("%Y-%m")})
    if one.source == Source.VALUE:
        return counted.mutate(**{one.name: counted[one.name].fill_null(UNSTATED)})
    of_kind = codes.filter(codes.kind == one.kind)
    of_kind = of_kind.select(
        code_key=of_kind.key,
        code_said=of_kind.common if coding == Coding.COMMON else of_kind.code,
    )
    if is_list:
        # The list stays until its codes stand beside it: where two of them count as one
        # of the common list, the record counts once.
        counted = counted.mutate(code_list=counted[one.name])
        counted = counted.mutate(**{one.name: counted.code_list.unnest()})
    joined = counted.left_join(of_kind, counted[one.name] == of_kind.code_key)
    code = ibis.ifelse(
        joined[one.name].isnull(), UNSTATED, joined.code_said.fill_null(UNMAPPED)
    )
    joined = joined.mutate(**{one.name: code}).drop("code_key", "code_said")
    return joined.distinct().drop("code_list") if is_list else joined
