"""Linked tables as one system of equations over all that could be published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.joint import Joint, joints
from mosty.engines.disclosure.model import TOTAL, Hierarchy, Key, Statement
from mosty.engines.disclosure.shape import Shape


@dataclass(frozen=True, slots=True)
class Row:
    """One equation or inequality: low <= sum of factor * column <= high."""

    columns: tuple[int, ...]
    factors: tuple[int, ...]
    low: int | None
    high: int | None
    source: str


@dataclass
class System:
    """
    All cells of linked tables as columns, and what binds them as rows.

    ``keys`` names the first columns; those beyond are persons by all their traits at
    once, who appear in several tables and whom no table shows.
    """

    keys: list[Key] = field(default_factory=list)
    column: dict[Key, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    extra: int = 0
    not_joined: list[Joint] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.keys) + self.extra

    def place(self, key: Key) -> int:
        """Return the column of ``key``, a new one if it has none."""
        found = self.column.get(key)
        if found is None:
            if self.extra:
                msg = "cells come before persons"
                raise AssertionError(msg)
            found = self.column[key] = len(self.keys)
            self.keys.append(key)
        return found

    def add(self, statement: Statement) -> None:
        """Add what is known besides the tables."""
        sums: dict[int, int] = {}
        for key, factor in statement.terms:
            column = self.place(key)
            sums[column] = sums.get(column, 0) + factor
        self.rows.append(
            Row(
                tuple(sums),
                tuple(sums.values()),
                statement.low,
                statement.high,
                statement.source,
            )
        )


def system_of(
    shapes: Sequence[Shape],
    trees: Mapping[str, Hierarchy],
    statements: Sequence[Statement] = (),
) -> System:
    """
    Return the system of the tables' cells: every sum, and what links the tables.

    O(cells * dimensions). Persons by all traits are added by :func:`join`.
    """
    system = System()
    for shape in shapes:
        for codes in shape.cells():
            system.place(shape.key(codes))
    seen: set[tuple[Key, str, frozenset[Key]]] = set()
    for shape in shapes:
        for dimension, whole, parts in shape.sums():
            # A sum of one cell in a dimension without choice is that cell.
            _add_sum(
                system, seen, dimension, shape.key(whole), [*map(shape.key, parts)]
            )
    _close_filters(system, seen, shapes, trees)
    for statement in statements:
        system.add(statement)
    return system


def join(
    system: System,
    shapes: Sequence[Shape],
    trees: Mapping[str, Hierarchy],
    zero: Iterable[Key],
    most: int,
) -> None:
    """
    Add persons by all traits at once, where tables are linked in a ring.

    Readers know that the tables count the same persons. Where tables can be glued
    one after the other along what they share, that says nothing more; in a ring,
    such as A by B, B by C and C by A, it does. Rings with more than ``most`` kinds of
    persons are left out and noted in ``not_joined``.
    """
    zeros = frozenset(zero)
    for joint in joints(shapes, trees):
        atoms = joint.atoms(zeros, most)
        if atoms is None:
            system.not_joined.append(joint)
            continue
        start = system.width
        system.extra += atoms.number
        for key, members in atoms.members.items():
            columns = (system.column[key], *(start + int(one) for one in members))
            factors = (-1, *[1] * len(members))
            system.rows.append(Row(columns, factors, 0, 0, f"{key}: by all traits"))


def _add_sum(
    system: System,
    seen: set[tuple[Key, str, frozenset[Key]]],
    dimension: str,
    whole: Key,
    parts: Sequence[Key],
) -> None:
    mark = (whole, dimension, frozenset(parts))
    if mark in seen:
        return
    seen.add(mark)
    columns = (system.place(whole), *map(system.place, parts))
    factors = (-1, *[1] * len(parts))
    source = f"{whole}: the sum over {dimension}"
    system.rows.append(Row(columns, factors, 0, 0, source))


def _close_filters(
    system: System,
    seen: set[tuple[Key, str, frozenset[Key]]],
    shapes: Sequence[Shape],
    trees: Mapping[str, Hierarchy],
) -> None:
    """
    Link a table of a part, such as a month, to what is known of the whole.

    What is left over, such as the months that nobody published, becomes columns of
    their own, noted in ``missing``: they can be given away as well.
    """
    known: dict[tuple[str, str], set[str]] = {}
    for shape in shapes:
        for axis in shape.axes:
            known.setdefault((shape.measure, axis.dimension), set()).update(axis.nodes)
        for dimension, code in shape.where:
            known.setdefault((shape.measure, dimension), set()).add(code)
    for shape in shapes:
        for dimension, code in shape.where:
            tree = trees.get(dimension)
            codes = known[shape.measure, dimension]
            line = (*(tree.above(code) if tree else ()), TOTAL)
            child = code
            for parent in line:
                siblings = _siblings(parent, codes | {child}, tree)
                for cell in shape.cells():
                    own = shape.key(cell)
                    whole = own.moved(dimension, parent)
                    if whole not in system.column:
                        continue
                    parts = [own.moved(dimension, one) for one in siblings]
                    system.missing += [
                        system.place(one) for one in parts if one not in system.column
                    ]
                    _add_sum(system, seen, dimension, whole, parts)
                child = parent


def _siblings(parent: str, codes: set[str], tree: Hierarchy | None) -> list[str]:
    """Return what lies directly in ``parent``: all of the hierarchy, or all seen."""
    if tree is None:
        return sorted(codes - {TOTAL})
    below = tree.nodes | codes
    return sorted(
        one for one in below - {TOTAL} if tree.parents.get(one, TOTAL) == parent
    )


def check_statements(system: System, statements: Sequence[Statement]) -> None:
    """
    Refuse a statement that no cell of any table has to do with: it says nothing.

    :raises BadTables: naming the statement.
    """
    known = set(system.column)
    left = list(statements)
    while True:
        linked = [one for one in left if any(key in known for key, _ in one.terms)]
        if not linked:
            break
        known.update(key for one in linked for key, _ in one.terms)
        left = [one for one in left if not any(key in known for key, _ in one.terms)]
    for statement in left:
        cell = str(statement.terms[0][0]) if statement.terms else TOTAL
        raise BadTables("unknown_cell", source=statement.source, cell=cell)
