"""
The same tables over the same archives by Spark, where they outgrow a machine.

Spark is not among Mosty's dependencies: whoever has a cluster has its session. With a
cluster, folders are addresses that all of it can read.
"""

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from mosty.figures.tables.archives.duck import doubled, has_doubled
from mosty.figures.tables.archives.manifest import CODES, Archive, relations
from mosty.figures.tables.definition import Cell, Coding, Days, Scope, Table
from mosty.figures.tables.expression import sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class Spark:
    """Counts tables over some archives in a session of Spark."""

    def __init__(self, session: "SparkSession", archives: Sequence[Archive]) -> None:
        """Lay the relations of ``archives`` before ``session``."""
        self._session = session
        self._names = relations(archives)
        for name in self._names - {CODES}:
            self._rows(name, archives).createOrReplaceTempView(name)
        self._codes(archives).cache().createOrReplaceTempView(CODES)
        self._doubled = {
            (coding, row.kind)
            for coding in Coding
            for row in session.sql(doubled(coding)).collect()
        }

    def cells(self, table: Table, *, scope: Scope, period: Days) -> list[Cell]:
        """Return the inner cells of ``table``, sorted, without empty ones."""
        if table.relation.name not in self._names:
            return []
        query = sql(
            table,
            scope=scope,
            period=period,
            engine="spark",
            keys_are_codes=not has_doubled(table, scope, self._doubled),
        )
        rows = self._session.sql(query).collect()
        return sorted(Cell(tuple(row[:-1]), int(row[-1])) for row in rows if row[-1])

    def _rows(self, relation: str, archives: Sequence[Archive]) -> "DataFrame":
        found = [
            self._of_one(relation, archive)
            for archive in archives
            if archive.paths(relation)
        ]
        return reduce(
            lambda one, other: one.unionByName(other, allowMissingColumns=True), found
        )

    def _of_one(self, relation: str, archive: Archive) -> "DataFrame":
        paths = archive.paths(relation)
        schema = self._session.read.parquet(paths[0]).schema
        # Folders' names are values of columns. Spark would guess a type from them, and a
        # slug may look like a number or a day, and is neither.
        inside = paths[0].removeprefix(f"{archive.folder}/")
        for part in inside.split("/"):
            name, said, _value = part.partition("=")
            if said:
                schema = schema.add(name, "string")
        base = f"{archive.folder}/{relation}"
        return (
            self._session.read.option("basePath", base).schema(schema).parquet(*paths)
        )

    def _codes(self, archives: Sequence[Archive]) -> "DataFrame":
        """Return all codes: each as the newest archive says it."""
        newest = sorted(archives, key=lambda archive: archive.made_at, reverse=True)
        first, *others = (
            self._of_one(CODES, archive).select("kind", "key", "code", "common")
            for archive in newest
        )
        found = first
        for said in others:
            newer = found.select("kind", "key")
            found = found.unionByName(said.join(newer, ["kind", "key"], "left_anti"))
        return found
