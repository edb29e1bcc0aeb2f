"""
Worlds that somebody has seen, for the next search to begin with.

None of them is trusted: whoever uses one checks in whole numbers that it is a world.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from mosty.engines.disclosure.model import Key


class Seen:
    """
    Worlds over the columns of a system, of which the first ``keys`` have names.

    Each is one whole number >= 0 for each column, or -1 where it says nothing of it.
    """

    def __init__(
        self, keys: Sequence[Key] = (), worlds: Sequence[Sequence[int]] = ()
    ) -> None:
        self._keys = tuple(keys)
        self._worlds = [np.array(one, dtype=np.int64) for one in worlds]

    def over(self, keys: Sequence[Key], width: int) -> "Seen":
        """Return the same worlds over ``width`` columns of which these have names."""
        found = Seen(keys)
        same = found._keys == self._keys
        mine = {} if same else {key: i for i, key in enumerate(self._keys)}
        place = np.array([mine.get(key, -1) for key in keys], dtype=np.int64)
        for one in self._worlds:
            if same and len(one) == width:
                found._worlds.append(one)
                continue
            world = np.full(width, -1, dtype=np.int64)
            known = one[: len(keys)] if same else np.where(place < 0, -1, one[place])
            world[: len(keys)] = known
            found._worlds.append(world)
        return found

    def among(self, columns: np.ndarray) -> Iterator[np.ndarray]:
        """Yield what each world says of these k columns, if of all: k numbers >= 0."""
        for one in self._worlds:
            part = one[columns]
            if part.min(initial=0) >= 0:
                yield part

    def add(self, columns: np.ndarray, point: np.ndarray, known: np.ndarray) -> None:
        """
        Keep a world of these k ``columns``; of others it says what the first one does.

        ``point`` has k numbers; ``known`` one for each column of the system, taken
        where there is no first one.
        """
        world = (self._worlds[0] if self._worlds else known).copy()
        world[columns] = point
        self._worlds.append(world)
