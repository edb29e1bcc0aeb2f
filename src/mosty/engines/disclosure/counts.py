"""The numbers of tables before protection: shapes, and every sum of inner cells."""

from collections.abc import Mapping, Sequence
from itertools import product

from mosty.engines.disclosure.model import Codes, Hierarchy, Table
from mosty.engines.disclosure.shape import (
    Shape,
    axis_of,
    innermost,
    shapes_of,
)
from mosty.engines.disclosure.system import System


def shapes_in(tables: Sequence[Table], trees_: Mapping[str, Hierarchy]) -> list[Shape]:
    """Return the shapes of ``tables``, each with the codes of all it is linked to."""
    mine = [[set(column) for column in zip(*one.values, strict=True)] for one in tables]
    for table, sets in zip(tables, mine, strict=True):
        for dimension, codes in zip(table.dimensions, sets, strict=True):
            if innermost(codes, trees_.get(dimension)) != codes:
                # One lies in another: said with both names when the axis is made.
                axis_of(table.name, dimension, codes, trees_.get(dimension))
    return shapes_of(tables, mine, trees_)


def sums_in(table: Table, shape: Shape, system: System) -> dict[int, int]:
    """Return every cell's number, by column: inner cells added up."""
    up: list[dict[str, tuple[str, ...]]] = []
    for axis in shape.axes:
        parent = {
            child: whole for whole, parts in axis.children.items() for child in parts
        }
        lines = {}
        for leaf in axis.leaves:
            line = [leaf]
            while line[-1] in parent:
                line.append(parent[line[-1]])
            lines[leaf] = tuple(line)
        up.append(lines)
    sums: dict[Codes, int] = dict.fromkeys(shape.cells(), 0)
    for codes, value in table.values.items():
        if value:
            for cell in product(*(up[i][code] for i, code in enumerate(codes))):
                sums[cell] += value
    return {system.column[shape.key(codes)]: value for codes, value in sums.items()}
