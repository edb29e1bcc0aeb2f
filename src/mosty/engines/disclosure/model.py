"""Tables of counts, their hierarchies, and what of them is published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from mosty.engines.disclosure.errors import BadTables

TOTAL = "Total"
LEAST_THRESHOLD = 3
# Beyond it the solver's tolerance would no longer tell whole numbers apart.
LARGEST = 10**8

Codes: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """
    One number of the world: what is counted, and for which codes.

    Two tables that have a cell with the same key have the same number there. A
    dimension that is not named is summed over.
    """

    measure: str
    codes: frozenset[tuple[str, str]]

    def __str__(self) -> str:
        """Return it in words, such as ``region=North, topic=Total``."""
        words = ", ".join(f"{d}={c}" for d, c in sorted(self.codes))
        return words or TOTAL

    def moved(self, dimension: str, code: str) -> "Key":
        """Return the key with another code, or the sum, in one dimension."""
        kept = frozenset(pair for pair in self.codes if pair[0] != dimension)
        if code == TOTAL:
            return Key(self.measure, kept)
        return Key(self.measure, kept | {(dimension, code)})


def key(measure: str, **codes: str) -> Key:
    """Return the key of a cell; dimensions left out, or ``Total``, are summed."""
    return Key(measure, frozenset(pair for pair in codes.items() if pair[1] != TOTAL))


@dataclass(frozen=True)
class Hierarchy:
    """
    Which code lies in which: country in continent, month in quarter.

    Args:
        dimension: whose codes they are, in all tables.
        parents: code -> the code it lies in; ``Total`` for the highest.

    Raises:
        BadTables: if it has a loop, or a code without a name.
    """

    dimension: str
    parents: Mapping[str, str]

    def __post_init__(self) -> None:
        """Freeze, and refuse loops."""
        object.__setattr__(self, "parents", MappingProxyType(dict(self.parents)))
        for code in sorted(self.nodes):
            if code == "" or TOTAL in self.parents:
                name = f"The hierarchy of {self.dimension}"
                raise BadTables("total_code", table=name, code=code or TOTAL)
            seen = [code]
            while (up := self.parents.get(seen[-1], TOTAL)) != TOTAL:
                if up in seen:
                    loop = " > ".join([*seen[seen.index(up) :], up])
                    raise BadTables(
                        "hierarchy_loop", dimension=self.dimension, codes=loop
                    )
                seen.append(up)

    @cached_property
    def nodes(self) -> frozenset[str]:
        """All codes it names."""
        return frozenset((*self.parents, *self.parents.values())) - {TOTAL}

    def above(self, code: str) -> tuple[str, ...]:
        """Return what ``code`` lies in, the nearest first, without ``Total``."""
        found: list[str] = []
        up = self.parents.get(code, TOTAL)
        while up != TOTAL:
            found.append(up)
            up = self.parents.get(up, TOTAL)
        return tuple(found)


@dataclass(frozen=True)
class Table:
    """
    A table of counts, as it is before protection.

    Args:
        name: for reports.
        dimensions: names of its dimensions, in order.
        values: inner cells only, codes in that order -> a count, in the measure's
            unit; a whole number >= 0. A cell that is left out is 0.
        threshold: counts from 1 to one less are small; >= 3.
        sensitive: (dimension, code) -> a higher threshold for every cell there.
        measure: what is counted. Tables of one measure are linked: cells with the
            same codes are the same number.
        where: (dimension, code) pairs that hold for the whole table, such as a
            period or a filter.
        zeros_are_small: hide zeros, too.
        width: how far apart the least and the greatest possible value of a hidden cell
            must be; the cell's threshold where that is more.

    Raises:
        BadTables: if anything in it cannot be.
    """

    name: str
    dimensions: tuple[str, ...]
    values: Mapping[Codes, int]
    threshold: int = 5
    sensitive: Mapping[tuple[str, str], int] = field(default_factory=dict)
    measure: str = "n"
    where: tuple[tuple[str, str], ...] = ()
    zeros_are_small: bool = False
    width: int = 0

    def __post_init__(self) -> None:
        """Freeze, and refuse what cannot be."""
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "sensitive", MappingProxyType(dict(self.sensitive)))
        check_dimensions(self.name, self.dimensions, self.where)
        for value in (self.threshold, *self.sensitive.values()):
            check_threshold(value)
        for dimension, _ in self.sensitive:
            if dimension not in self.dimensions:
                raise BadTables(
                    "dimension_unknown", table=self.name, dimension=dimension
                )
        if not self.values:
            raise BadTables("no_cells", table=self.name)
        for codes, value in self.values.items():
            check_cell(self.name, self.dimensions, codes, value)

    def limit(self, codes: Codes) -> int:
        """Return the threshold of a cell: the highest of those that it touches."""
        pairs = zip(self.dimensions, codes, strict=True)
        own = (self.sensitive[pair] for pair in pairs if pair in self.sensitive)
        return max(self.threshold, *own, 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as published: its number, or why it has none; and its threshold."""

    value: int | None
    status: str = ""
    threshold: int = 5


@dataclass(frozen=True)
class Protected:
    """
    A table as published: inner cells and sums, the hidden ones without a number.

    ``cells`` has the codes of every cell, ``Total`` included. Statuses are
    ``primary`` (small), ``secondary`` (hidden so that a small one cannot be
    computed) or ``hidden`` (one of the two). ``hidden_are_positive`` says that
    readers know that a hidden cell is not 0, since zeros are shown.
    """

    name: str
    dimensions: tuple[str, ...]
    cells: Mapping[Codes, Cell]
    measure: str = "n"
    where: tuple[tuple[str, str], ...] = ()
    hidden_are_positive: bool = True

    def __post_init__(self) -> None:
        """Freeze."""
        object.__setattr__(self, "cells", MappingProxyType(dict(self.cells)))
        check_dimensions(self.name, self.dimensions, self.where)
        if not self.cells:
            raise BadTables("no_cells", table=self.name)

    def merged(self) -> "Protected":
        """Return the same without telling small cells from those hidden with them."""
        cells = {
            codes: Cell(cell.value, "hidden" if cell.status else "", cell.threshold)
            for codes, cell in self.cells.items()
        }
        return Protected(
            self.name,
            self.dimensions,
            cells,
            self.measure,
            self.where,
            self.hidden_are_positive,
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """
    Something else that readers know: low <= sum of factor * cell <= high.

    Args:
        terms: keys of cells, each with a whole factor.
        low, high: whole numbers; ``None`` is no limit.
        source: where it is published, for reports.

    A key that is in no table is a number of its own that readers do not know.
    """

    terms: tuple[tuple[Key, int], ...]
    low: int | None
    high: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Guard:
    """
    A number that is published nowhere and must not be computed either.

    It is given away where readers can compute it to less than ``width``, and it may
    be from 1 to ``width`` - 1.
    """

    terms: tuple[tuple[Key, int], ...]
    width: int
    name: str


def check_dimensions(
    table: str, dimensions: Sequence[str], where: Iterable[tuple[str, str]]
) -> None:
    """
    Refuse a table without dimensions, or with one twice.

    :raises BadTables: naming the table and the dimension.
    """
    if not dimensions:
        raise BadTables("no_dimensions", table=table)
    seen: set[str] = set()
    for name in (*dimensions, *(pair[0] for pair in where)):
        if name in seen:
            raise BadTables("dimension_twice", table=table, dimension=name)
        seen.add(name)


def check_threshold(value: int) -> None:
    """
    Refuse a threshold under which a hidden number could only be 1.

    :raises BadTables: if ``value``, a count, is under ``LEAST_THRESHOLD``.
    """
    if value < LEAST_THRESHOLD:
        raise BadTables("threshold_low", value=value)


def check_cell(
    table: str, dimensions: Sequence[str], codes: Codes, value: object
) -> None:
    """
    Refuse a cell whose codes or count cannot be.

    :raises BadTables: naming the table and the codes.
    """
    cell = ", ".join(codes)
    if len(codes) != len(dimensions):
        raise BadTables(
            "number_of_codes", table=table, cell=cell, number=len(dimensions)
        )
    for code in codes:
        if code in (TOTAL, ""):
            raise BadTables("total_code", table=table, code=code)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadTables("fraction", table=table, cell=cell, value=str(value))
    if value < 0:
        raise BadTables("negative_count", table=table, cell=cell, value=value)
    if value > LARGEST:
        raise BadTables(
            "too_large_a_count", table=table, cell=cell, value=value, most=LARGEST
        )
