"""
Rings of linked tables: what they say together that no two of them say.

Tables A by B and B by C always fit together, whatever numbers they have, if they agree
on B: the persons of each B can be paired at will. With C by A besides, they do not.
Graham's reduction (also Yu & Ozsoyoglu 1979) takes away what can be glued on; what is
left is a ring. Dobra & Fienberg, PNAS 97 (2000), on bounds for decomposable tables.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mosty.engines.disclosure.model import Hierarchy, Key
from mosty.engines.disclosure.shape import Shape

Attribute = tuple[str, int]  # a dimension, to a level


@dataclass(frozen=True)
class Atoms:
    """
    Kinds of persons: how many, and which of them each cell counts.

    ``members`` has, for each cell, the numbers of its kinds, from 0 to ``number`` - 1.
    """

    number: int
    members: Mapping[Key, np.ndarray]


@dataclass(frozen=True)
class Joint:
    """
    A ring: its dimensions with their finest codes, and the tables that form it.

    Each table has, by dimension of the ring, its own finest codes there.
    """

    measure: str
    codes: Mapping[str, tuple[str, ...]]
    tables: tuple[tuple[Shape, Mapping[str, tuple[str, ...]]], ...]
    trees: Mapping[str, Hierarchy]

    def __str__(self) -> str:
        """Return which dimensions, in words."""
        return " x ".join(self.codes)

    def atoms(self, zero: Collection[Key], most: int) -> Atoms | None:
        """
        Return the kinds of persons that can exist, or ``None`` if over ``most``.

        A kind that any table shows to be 0 does not exist.
        """
        names = list(self.codes)
        lengths = [len(self.codes[name]) for name in names]
        total = int(np.prod(lengths, dtype=np.int64))
        if total > 50 * most:
            return None
        alive = np.ones(lengths, dtype=bool)
        maps = []
        for shape, leaves in self.tables:
            place = self._places(leaves)
            cells = self._cells(shape, leaves)
            shown = np.array([cell in zero for cell in cells], dtype=bool)
            number = self._numbers(names, lengths, leaves, place)
            maps.append((cells, number))
            alive &= ~shown[number]
        where = np.flatnonzero(alive.ravel())
        if len(where) > most:
            return None
        members: dict[Key, np.ndarray] = {}
        for cells, number in maps:
            own = number.ravel()[where]
            order = np.argsort(own, kind="stable")
            bounds = np.searchsorted(own[order], np.arange(len(cells) + 1))
            for i, cell in enumerate(cells):
                members[cell] = order[bounds[i] : bounds[i + 1]]
        return Atoms(len(where), members)

    def _places(self, leaves: Mapping[str, tuple[str, ...]]) -> dict[str, np.ndarray]:
        """Return, for each dimension, at which of the table's codes each finest is."""
        found = {}
        for name, own in leaves.items():
            tree = self.trees.get(name)
            index = {code: i for i, code in enumerate(own)}
            found[name] = np.array(
                [
                    next(
                        index[up]
                        for up in (code, *(tree.above(code) if tree else ()))
                        if up in index
                    )
                    for code in self.codes[name]
                ],
                dtype=np.int64,
            )
        return found

    def _cells(self, shape: Shape, leaves: Mapping[str, tuple[str, ...]]) -> list[Key]:
        """Return the table's cells at these codes, the last dimension fastest."""
        cells = [Key(shape.measure, frozenset(shape.where))]
        for name, own in leaves.items():
            cells = [cell.moved(name, code) for cell in cells for code in own]
        return cells

    def _numbers(
        self,
        names: Sequence[str],
        lengths: Sequence[int],
        leaves: Mapping[str, tuple[str, ...]],
        place: Mapping[str, np.ndarray],
    ) -> np.ndarray:
        """Return for each kind of person the number of the table's cell it is in."""
        number = np.zeros(lengths, dtype=np.int64)
        for name, own in leaves.items():
            shape = [1] * len(names)
            shape[names.index(name)] = len(place[name])
            number = number * len(own) + place[name].reshape(shape)
        return number


def joints(shapes: Sequence[Shape], trees: Mapping[str, Hierarchy]) -> list[Joint]:
    """Return the rings among ``shapes``: one at most for each measure and filter."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Shape]] = {}
    for shape in shapes:
        groups.setdefault((shape.measure, tuple(sorted(shape.where))), []).append(shape)
    found = []
    for (measure, _), members in groups.items():
        joint = _ring(measure, members, trees)
        if joint is not None:
            found.append(joint)
    return found


def _ring(
    measure: str, shapes: Sequence[Shape], trees: Mapping[str, Hierarchy]
) -> Joint | None:
    edges, glued = _edges(shapes, trees)
    left = reduce_edges(edges) if glued else dict(enumerate(edges))
    if len(left) < 2:
        return None
    codes: dict[str, tuple[str, ...]] = {}
    tables = []
    for i, attributes in left.items():
        leaves: dict[str, tuple[str, ...]] = {}
        for axis in shapes[i].axes:
            if any(dimension == axis.dimension for dimension, _ in attributes):
                leaves[axis.dimension] = axis.leaves
                held = codes.get(axis.dimension, ())
                if len(axis.leaves) > len(held):
                    codes[axis.dimension] = axis.leaves
        tables.append((shapes[i], leaves))
    return Joint(measure, _finest(codes, tables, trees), tuple(tables), trees)


def _finest(
    codes: Mapping[str, tuple[str, ...]],
    tables: Sequence[tuple[Shape, Mapping[str, tuple[str, ...]]]],
    trees: Mapping[str, Hierarchy],
) -> dict[str, tuple[str, ...]]:
    """Return each dimension's codes, cut as finely as any of the tables cuts them."""
    found = {}
    for name in codes:
        every = {code for _, leaves in tables for code in leaves.get(name, ())}
        tree = trees.get(name)
        coarse = {up for code in every for up in (tree.above(code) if tree else ())}
        found[name] = tuple(sorted(every - coarse))
    return found


def _edges(
    shapes: Sequence[Shape], trees: Mapping[str, Hierarchy]
) -> tuple[list[frozenset[Attribute]], bool]:
    """
    Return each table's attributes: a dimension to a level counts for all above it.

    The second is false where two tables cut a dimension in ways of which neither is
    finer: then levels say nothing, and nothing is taken to be glued.
    """
    glued = True
    cuts: dict[str, list[tuple[str, ...]]] = {}
    for shape in shapes:
        for axis in shape.axes:
            own = cuts.setdefault(axis.dimension, [])
            if axis.leaves not in own:
                own.append(axis.leaves)
    for name, own in cuts.items():
        own.sort(key=len)
        tree = trees.get(name)
        for coarse, fine in pairwise(own):
            if not _finer(fine, coarse, tree):
                glued = False
    edges = []
    for shape in shapes:
        attributes: set[Attribute] = set()
        for axis in shape.axes:
            last = cuts[axis.dimension].index(axis.leaves)
            attributes |= {(axis.dimension, level) for level in range(last + 1)}
        edges.append(frozenset(attributes))
    return edges, glued


def _finer(fine: Sequence[str], coarse: Sequence[str], tree: Hierarchy | None) -> bool:
    held = set(coarse)
    return all(
        held.intersection((code, *(tree.above(code) if tree else ()))) for code in fine
    )


def reduce_edges(
    edges: Sequence[frozenset[Attribute]],
) -> dict[int, frozenset[Attribute]]:
    """
    Return what Graham's reduction leaves of ``edges``, by their places.

    At most one is left if and only if the hypergraph is acyclic.
    """
    left = dict(enumerate(edges))
    while True:
        before = dict(left)
        for i, edge in tuple(left.items()):
            others = [other for j, other in left.items() if j != i]
            kept = frozenset(a for a in edge if any(a in other for other in others))
            left[i] = kept
            if not kept or any(kept <= other for other in others):
                del left[i]
        if left == before:
            return left
