"""
The search: a greedy start, then tabu search over exchanges of places.

Min-conflicts with a short memory, as Dotú and Van Hentenryck (2005) seat golfers: take
a person whom something troubles, make the exchange that helps most, though it may make
things worse, and do not undo it for some steps. The number of steps ends it, never a
clock, and all chance comes from the seed's own numbers: the same on every machine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from mosty.engines.draw import Draw
from mosty.engines.grouping.board import Board
from mosty.engines.grouping.model import NoPlan
from mosty.engines.grouping.packing import packed

Seating = list[list[list[int]]]

# For how many steps nobody goes back: from the first number up to the sum of both.
TENURE = 2, 4
# Of a group's sets of so many units, how many are looked at for one larger unit.
MOST_SETS = 120


@dataclass(frozen=True, slots=True)
class Found:
    """The best seating, what it costs, and the steps that it took to end."""

    seating: Seating
    cost: int
    steps: int


def search(board: Board, draw: Draw, steps: int, enough: int) -> Found:
    """
    Improve the seating on ``board`` in at most ``steps`` steps.

    Ends as soon as it costs no more than ``enough``.
    """
    cost = board.total()
    best, kept = cost, board.seating()
    banned = _nothing_banned(board)
    levels = [
        weight for weight in (board.weigh.repeated, *board.weigh.spread) if weight
    ]
    if board.homes:
        levels.append(board.weigh.moved)
    step = 0
    while step < steps and best > enough:
        step += 1
        # Now this aim is looked at, now that one; a broken rule before all.
        level = board.weigh.rule if cost >= board.weigh.rule else 0
        level = level or levels[draw.below(len(levels))]
        where = _troubled(board, draw, level) or _troubled(board, draw, 1)
        if where is None:
            break
        r, u = where
        found = _best_exchange(board, draw, banned, step, best - cost, r, u)
        if found is None:
            continue
        change, others = found
        tenure = step + TENURE[0] + draw.below(TENURE[1] + 1)
        banned[r][u][board.group[r][u]] = tenure
        for v in others:
            banned[r][v][board.group[r][v]] = tenure
        board.exchange(r, u, others)
        cost += change
        if cost < best:
            best, kept = cost, board.seating()
    board.seat(kept)
    return Found(kept, best, step)


def start(board: Board, draw: Draw, fixed: Sequence[Mapping[int, int]] = ()) -> None:
    """
    Seat everybody, one after the other where she costs least, in drawn order.

    ``fixed`` says for each round who sits where already. Larger units come first, then
    empty places, so that there is room for all.

    :raises NoPlan: if those to be kept together fit into no groups, or no way is found.
    """
    sizes = board.units.sizes
    for r in board.rounds:
        own = dict(fixed[r]) if fixed else {}
        left = [board.units.places for _ in board.groups]
        for u, g in own.items():
            board.join(r, u, g)
            left[g] -= sizes[u]
        order = [u for u in _drawn(draw, len(sizes)) if u not in own]
        order.sort(key=lambda u: (-sizes[u], u < len(board.units.codes)))
        if not _fill(board, draw, r, order, left):
            _refill(board, r)
    board.measure_lack()


def _fill(
    board: Board, draw: Draw, r: int, order: Sequence[int], left: list[int]
) -> bool:
    sizes = board.units.sizes
    for u in order:
        first = draw.below(len(left))
        costs = board.costs[r][u]
        room = [
            g
            for g in (*board.groups[first:], *board.groups[:first])
            if left[g] >= sizes[u]
        ]
        if not room:
            return False
        g = min(room, key=costs.__getitem__)
        board.join(r, u, g)
        left[g] -= sizes[u]
    return True


def _refill(board: Board, r: int) -> None:
    """Seat a round anew by size alone."""
    units = board.units
    for u, g in enumerate(board.group[r]):
        if g >= 0:
            board.leave(r, u)
    blocks = [size for size in units.sizes if size > 1]
    holes = list(range(len(units.codes), len(units.sizes)))
    # An empty place for each of the last groups.
    rooms = [units.places] * (len(board.groups) - len(holes))
    rooms += [units.places - 1] * len(holes)
    placed = packed(blocks, rooms)
    if placed is None:
        raise NoPlan(proven=True)
    singles = iter(range(len(blocks), len(units.codes)))
    for g, own in enumerate(placed):
        for u in own:
            board.join(r, u, g)
        for _ in range(rooms[g] - sum(blocks[u] for u in own)):
            board.join(r, next(singles), g)
    for hole, g in zip(
        holes, range(len(board.groups) - len(holes), len(board.groups)), strict=True
    ):
        board.join(r, hole, g)


def _drawn(draw: Draw, n: int) -> list[int]:
    """Return the numbers below ``n`` in drawn order."""
    order = list(range(n))
    for last in range(n - 1, 0, -1):
        chosen = draw.below(last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    return order


def _nothing_banned(board: Board) -> list[list[list[int]]]:
    return [[[0] * len(board.groups) for _ in board.units.sizes] for _ in board.rounds]


def _troubled(board: Board, draw: Draw, level: int) -> tuple[int, int] | None:
    """Return a round and a unit with costs of ``level`` at least, from a drawn place on."""
    people = len(board.units.codes)
    places = len(board.rounds) * people
    first = draw.below(places)
    for place in range(first, first + places):
        r, u = divmod(place % places, people)
        g = board.group[r][u]
        if board.costs[r][u][g] >= level or board.lack[r][g]:
            return r, u
    return None


def _exchanges(board: Board, draw: Draw, r: int, u: int) -> Iterator[tuple[int, ...]]:
    """
    Yield sets of units in one other group that take as many places as ``u``.

    All of them in small groups; in large ones those from a drawn place on.
    """
    sizes = board.units.sizes
    own = board.group[r][u]
    for h in board.groups:
        if h == own:
            continue
        members = board.members[r][h]
        if sizes[u] == 1:
            yield from ((v,) for v in members if sizes[v] == 1)
            continue
        first = draw.below(len(members))
        members = members[first:] + members[:first]
        for count in range(1, sizes[u] + 1):
            for others in islice(combinations(members, count), MOST_SETS):
                if sum(sizes[v] for v in others) == sizes[u]:
                    yield others


def _best_exchange(
    board: Board,
    draw: Draw,
    banned: list[list[list[int]]],
    step: int,
    record: int,
    r: int,
    u: int,
) -> tuple[int, tuple[int, ...]] | None:
    """
    Return the exchange of ``u`` that changes the costs best, and by how much.

    Banned ones count only where they make a new best, that is, change the costs by
    less than ``record``. Of equals a drawn one is taken.
    """
    g = board.group[r][u]
    best: int | None = None
    equals: list[tuple[int, ...]] = []
    for change, others in _changes(board, draw, r, u):
        if best is not None and change - _most_relief(board, r) > best:
            continue
        if board.units.whole_group_rules:
            change += _lack_change(board, r, u, others)
        if best is not None and change > best:
            continue
        h = board.group[r][others[0]]
        is_banned = banned[r][u][h] > step or any(
            banned[r][v][g] > step for v in others
        )
        if is_banned and change >= record:
            continue
        if best is None or change < best:
            best, equals = change, [others]
        else:
            equals.append(others)
    if best is None:
        return None
    return best, equals[draw.below(len(equals))]


def _changes(
    board: Board, draw: Draw, r: int, u: int
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each exchange of ``u`` with the change of what pairs and moves cost."""
    sizes, costs, meet = board.units.sizes, board.costs[r], board.next[u]
    g = board.group[r][u]
    own = costs[u]
    if sizes[u] > 1:
        for others in _exchanges(board, draw, r, u):
            yield _change(board, r, u, others), others
        return
    for h, members in enumerate(board.members[r]):
        if h == g:
            continue
        base = own[h] - own[g]
        for v in members:
            if sizes[v] == 1:
                row = costs[v]
                yield base + row[g] - row[h] - 2 * meet[v], (v,)


def _change(board: Board, r: int, u: int, others: Sequence[int]) -> int:
    costs = board.costs[r]
    g, h = board.group[r][u], board.group[r][others[0]]
    found = costs[u][h] - costs[u][g]
    for v in others:
        found += costs[v][g] - costs[v][h] - 2 * board.next[u][v]
    # Those who go together were counted as parting from each other, twice.
    return found + 2 * sum(board.within(r, v, w) for v, w in combinations(others, 2))


def _most_relief(board: Board, r: int) -> int:
    """Return by how much the rules for whole groups can make an exchange cheaper."""
    if not board.units.whole_group_rules:
        return 0
    return board.weigh.rule * 2 * max(board.lack[r])


def _lack_change(board: Board, r: int, u: int, others: Sequence[int]) -> int:
    g, h = board.group[r][u], board.group[r][others[0]]
    after = board.lack_with(r, g, (u,), others) + board.lack_with(r, h, others, (u,))
    return board.weigh.rule * (after - board.lack[r][g] - board.lack[r][h])
