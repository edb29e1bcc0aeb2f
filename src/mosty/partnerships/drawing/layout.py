"""
Where the actors of a network stand: near whom they are tied to, apart from the others.

The forces are those of Fruchterman and Reingold, calculated by rustworkx for each part
that hangs together; parts are set side by side. A fixed seed makes the layout the same
each time. Nobody ends up under anybody else.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np
import rustworkx as rx

Place = tuple[float, float]
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Indices = np.ndarray[Any, np.dtype[np.intp]]
SEED = 20_240_319
STEPS = 100
# Between two marks, across and down: names need more room across.
APART = (92.0, 46.0)
# Who is near whom is looked up anew after so many pushes, so many times.
_LOOKS, _PUSHES, _NEAR = 8, 5, 2.0


def layout(
    keys: Sequence[str], pairs: Iterable[tuple[str, str]], width: float
) -> tuple[dict[str, Place], float]:
    """
    Return where each of ``keys`` stands, in ``width``, and how high all is.

    Each key is an end of one of ``pairs``. O(n²) in the largest part.
    """
    graph: rx.PyGraph[str, None] = rx.PyGraph(multigraph=False)
    index = dict(zip(keys, graph.add_nodes_from(list(keys)), strict=True))
    graph.add_edges_from([(index[a], index[b], None) for a, b in pairs])
    parts = sorted(
        (sorted(part) for part in rx.connected_components(graph)),
        key=lambda part: (-len(part), part[0]),
    )
    found: dict[str, Place] = {}
    x = y = shelf = 0.0
    for part in parts:
        places, wide, high = _part(graph.subgraph(part), width)
        if x and x + wide > width:
            x, y, shelf = 0.0, y + shelf, 0.0
        for node, (at_x, at_y) in zip(part, places, strict=True):
            found[graph[node]] = (x + at_x, y + at_y)
        x, shelf = x + wide, max(shelf, high)
    return found, y + shelf


def _part(
    graph: "rx.PyGraph[str, None]", most: float
) -> tuple[list[Place], float, float]:
    """Return the places of a part that hangs together, and the room it takes."""
    number = graph.num_nodes()
    # A few times the room of the marks themselves, in a lying shape; few have more.
    wide = min(most, max(300.0, 230 * sqrt(number)))
    times = max(3.0, 8 - number / 8)
    high = max(120.0, times * number * APART[0] * APART[1] / wide)
    raw: Mapping[int, Sequence[float]] = rx.spring_layout(
        graph, seed=SEED, num_iter=STEPS
    )
    at = np.array([raw[node] for node in graph.node_indices()], dtype=float)
    room = np.array([wide - APART[0], high - APART[1]])
    spread = at.max(axis=0) - at.min(axis=0)
    at = (at - at.min(axis=0)) / np.where(spread > 0, spread, 1) * room
    at = _apart(at, room)
    at += np.array(APART) / 2
    return [(float(a), float(b)) for a, b in at], wide, high


def _apart(at: Numbers, room: Numbers) -> Numbers:
    """Push marks that stand too near each other, until none do or patience ends."""
    unit = np.array(APART)
    at = at / unit
    for _look in range(_LOOKS):
        one, other = _neighbours(at)
        for _push in range(_PUSHES):
            gap = at[one] - at[other]
            far = np.sqrt((gap**2).sum(axis=1))
            near = far < 1
            if not near.any():
                break
            # Two in one place part along the order in which they come.
            gap[far < 1e-6] = (0.01, 0.01)
            force = np.where(near, (1 - far) / np.maximum(far, 0.05) / 2, 0)
            step = gap * force[:, None]
            moved = np.zeros_like(at)
            np.add.at(moved, one, step)
            np.add.at(moved, other, -step)
            at = np.clip(at + np.clip(moved, -0.4, 0.4), 0, room / unit)
        else:
            continue
        if _push == 0:
            # Nobody was too near at once: nor is anybody who was further away.
            break
    apart: Numbers = at * unit
    return apart


def _neighbours(at: Numbers) -> tuple[Indices, Indices]:
    """Return the pairs that a few pushes may bring too near each other."""
    gap = at[:, None, :] - at[None, :, :]
    near = np.triu((gap**2).sum(axis=2) < _NEAR**2, 1)
    one, other = np.nonzero(near)
    return one, other
