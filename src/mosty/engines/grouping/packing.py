"""Whether blocks of people fit into the groups at all, by size alone."""

from collections.abc import Sequence

from mosty.engines.grouping.model import NoPlan

# Ways to fill the groups that are tried; real courses need a handful.
MOST_STATES = 20_000


def packed(sizes: Sequence[int], rooms: Sequence[int]) -> list[list[int]] | None:
    """
    Return for each room the positions of the ``sizes`` that go there, or None.

    ``sizes`` fall. What has one place only always fits, so it is left out by callers.

    :raises NoPlan: if it was not found out.
    """
    placed: list[list[int]] = [[] for _ in rooms]
    left = list(rooms)
    # Rooms that look alike are alike: what failed once fails again.
    failed: set[tuple[int, tuple[int, ...]]] = set()

    def place(position: int) -> bool:
        if position == len(sizes):
            return True
        state = position, tuple(sorted(left))
        if state in failed:
            return False
        tried = set()
        for room, places in enumerate(left):
            if places < sizes[position] or places in tried:
                continue
            tried.add(places)
            left[room] -= sizes[position]
            placed[room].append(position)
            if place(position + 1):
                return True
            placed[room].pop()
            left[room] += sizes[position]
        failed.add(state)
        if len(failed) > MOST_STATES:
            raise NoPlan(proven=False)
        return False

    return placed if place(0) else None
