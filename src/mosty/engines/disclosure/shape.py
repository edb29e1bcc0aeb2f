"""Which cells a table has: its inner cells and every sum over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.model import (
    TOTAL,
    Codes,
    Hierarchy,
    Key,
    Protected,
    Table,
)

MOST_CELLS = 2_000_000


@dataclass(frozen=True)
class Axis:
    """
    One dimension of a table: its codes as a tree below ``Total``.

    ``children`` has every code that is a sum, ``Total`` included, the highest first.
    """

    dimension: str
    leaves: tuple[str, ...]
    children: Mapping[str, tuple[str, ...]]

    @property
    def nodes(self) -> tuple[str, ...]:
        """All codes, the inner ones first, ``Total`` last."""
        return (*self.leaves, *reversed(tuple(self.children)))


@dataclass(frozen=True)
class Shape:
    """A table without its numbers."""

    name: str
    measure: str
    where: tuple[tuple[str, str], ...]
    axes: tuple[Axis, ...]

    def cells(self) -> Iterable[Codes]:
        """Return the codes of every cell, sums included."""
        return product(*(axis.nodes for axis in self.axes))

    def size(self) -> int:
        """Return how many cells there are."""
        number = 1
        for axis in self.axes:
            number *= len(axis.nodes)
        return number

    def key(self, codes: Codes) -> Key:
        """Return the key of a cell."""
        pairs = [
            (axis.dimension, code)
            for axis, code in zip(self.axes, codes, strict=True)
            if code != TOTAL
        ]
        return Key(self.measure, frozenset((*pairs, *self.where)))

    def sums(self) -> Iterable[tuple[str, Codes, tuple[Codes, ...]]]:
        """Yield each equation: its dimension, the sum's codes, the summands' codes."""
        for place, axis in enumerate(self.axes):
            others = [
                one.nodes if i != place else ("",) for i, one in enumerate(self.axes)
            ]
            for rest in product(*others):
                before, after = rest[:place], rest[place + 1 :]
                for parent, children in axis.children.items():
                    yield (
                        axis.dimension,
                        (*before, parent, *after),
                        tuple((*before, child, *after) for child in children),
                    )


def trees(hierarchies: Sequence[Hierarchy]) -> dict[str, Hierarchy]:
    """
    Return the hierarchies by dimension; refuse two for one.

    :raises BadTables: naming the dimension that has two.
    """
    found: dict[str, Hierarchy] = {}
    for one in hierarchies:
        if one.dimension in found:
            raise BadTables("hierarchy_twice", dimension=one.dimension)
        found[one.dimension] = one
    return found


def axis_of(
    table: str, dimension: str, codes: Iterable[str], tree: Hierarchy | None
) -> Axis:
    """
    Return the axis with these innermost codes.

    :raises BadTables: if the hierarchy does not know one, or one lies in another.
    """
    tree = tree or Hierarchy(dimension, {})
    leaves = tuple(sorted(set(codes)))
    chosen = set(leaves)
    children: dict[str, list[str]] = {TOTAL: []}
    placed: set[str] = set()
    for leaf in leaves:
        if tree.parents and leaf not in tree.nodes:
            raise BadTables("unknown_code", table=table, dimension=dimension, code=leaf)
        line = [leaf, *tree.above(leaf)]
        for parent in line[1:]:
            if parent in chosen:
                raise BadTables(
                    "two_levels",
                    table=table,
                    dimension=dimension,
                    code=leaf,
                    parent=parent,
                )
        for child, parent in zip(line, [*line[1:], TOTAL], strict=True):
            if child in placed:
                break
            placed.add(child)
            children.setdefault(parent, []).append(child)
    order = sorted(children, key=lambda code: (_depth(tree, code), code))
    return Axis(
        dimension, leaves, {code: tuple(sorted(children[code])) for code in order}
    )


def innermost(codes: Iterable[str], tree: Hierarchy | None) -> set[str]:
    """Return those ``codes`` that no other of them lies in; ``Total`` is none."""
    found = set(codes) - {TOTAL}
    if tree is not None:
        for code in tuple(found):
            found.difference_update(tree.above(code))
    return found


def shared_codes(
    own: Mapping[tuple[str, str], list[set[str]]], trees_: Mapping[str, Hierarchy]
) -> None:
    """
    Give tables of one measure the codes that others of it have in a dimension.

    ``own`` has, by measure and dimension, each table's innermost codes; they are
    changed in place. What one table leaves out is 0 there, and it has to say so.
    """
    for (_, dimension), sets in own.items():
        tree = trees_.get(dimension) or Hierarchy(dimension, {})
        every = set().union(*sets)
        for codes in sets:
            below = {up for code in codes for up in tree.above(code)}
            for code in every - codes - below:
                if not codes.intersection(tree.above(code)):
                    codes.add(code)


def shapes_of(
    tables: Iterable[Table | Protected],
    codes: Iterable[Sequence[set[str]]],
    trees_: Mapping[str, Hierarchy],
) -> list[Shape]:
    """
    Return the shapes of ``tables``, each with the codes of all it is linked to.

    ``codes`` has, for each table, the innermost codes of each of its dimensions; those
    of linked tables are added in place.

    :raises BadTables: if a table is too large, or as :func:`axis_of`.
    """
    both = list(zip(tables, codes, strict=True))
    own: dict[tuple[str, str], list[set[str]]] = {}
    for table, sets in both:
        for dimension, mine in zip(table.dimensions, sets, strict=True):
            own.setdefault((table.measure, dimension), []).append(mine)
    shared_codes(own, trees_)
    return [
        checked(
            Shape(
                table.name,
                table.measure,
                table.where,
                tuple(
                    axis_of(table.name, dimension, mine, trees_.get(dimension))
                    for dimension, mine in zip(table.dimensions, sets, strict=True)
                ),
            )
        )
        for table, sets in both
    ]


def checked(shape: Shape) -> Shape:
    """
    Return ``shape``; refuse one that is too large to hold.

    :raises BadTables: if it has more than ``MOST_CELLS`` cells.
    """
    if shape.size() > MOST_CELLS:
        raise BadTables(
            "too_large", table=shape.name, cells=shape.size(), most=MOST_CELLS
        )
    return shape


def _depth(tree: Hierarchy, code: str) -> int:
    return -1 if code == TOTAL else len(tree.above(code))
