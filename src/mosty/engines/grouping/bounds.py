"""
Below which no plan can be: counting only, true whatever else is given up.

``docs/explanation/grouping.md`` has the proofs.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from mosty.engines.grouping.model import Pair, Round
from mosty.engines.grouping.units import Units


def least_alike(blocks: Sequence[int], groups: int) -> int:
    """
    Return the least number of pairs alike in a group, for one value in one round.

    ``blocks`` are the numbers of its people who stay together, one for each unit, and
    ``groups`` is how many groups there are. The
    largest go to a group each, and the rest is spread as evenly as can be: the most
    even of all vectors whose j largest entries can hold the j largest blocks.
    """
    ordered = sorted(blocks, reverse=True)
    loads = ordered[:groups] + [0] * (groups - len(ordered))
    rest = sum(ordered[groups:]) + sum(1 for n in loads if n == 1)
    # Single people are spread like water; only blocks stay where they are.
    loads = sorted(0 if n == 1 else n for n in loads)
    even = sum(n * (n - 1) // 2 for n in _levelled(loads, rest))
    return max(even, sum(n * (n - 1) // 2 for n in blocks))


def least_spread(units: Units, attribute: str) -> int:
    """
    Return the least number of pairs alike in ``attribute`` in one round.

    The sum of :func:`least_alike` over its values: exact for each, a bound for all.
    """
    values = {p.code: p.value(attribute) for p in units.task.people}
    blocks: dict[str, list[int]] = {}
    for codes in units.codes:
        for value, n in Counter(values[code] for code in codes).items():
            blocks.setdefault(value, []).append(n)
    groups = units.task.rules.groups
    return sum(least_alike(own, groups) for own in blocks.values())


def least_repeated(
    units: Units, rounds: int, met: frozenset[Pair], before: Iterable[Round]
) -> int:
    """
    Return the least number of repeats in ``rounds`` rounds to come.

    ``met`` are the pairs that have sat together, ``before`` the rounds in which.
    """
    return max(
        _by_company(units, rounds, met),
        _by_pigeonholes(units, rounds, before),
    )


def _by_company(units: Units, rounds: int, met: frozenset[Pair]) -> int:
    """
    Count company: everybody sits with so many in all, and has so many not yet met.

    Nobody can sit for the first time with more people than there are.
    """
    sizes = units.task.sizes()
    known: Counter[str] = Counter()
    barred = {pair for pair in met if pair not in units.within}
    barred |= {
        (a, b) if a < b else (b, a)
        for u, v in units.apart
        for a in units.codes[u]
        for b in units.codes[v]
    }
    barred |= _without_language(units)
    for a, b in barred:
        known[a] += 1
        known[b] += 1
    people = len(units.of)
    least = slack = 0
    taken = 0
    for codes in units.codes:
        for code in codes:
            mates = len(codes) - 1
            company = rounds * (sizes[-1] - 1 - mates)
            unmet = people - 1 - mates - known[code]
            taken += company
            least += max(0, company - unmet)
            if sizes[0] > sizes[-1]:
                slack += min(rounds, max(0, unmet - company))
    within = sum(len(codes) * (len(codes) - 1) for codes in units.codes)
    seats = rounds * (sum(size * (size - 1) for size in sizes) - within)
    least += max(0, seats - taken - slack)
    return -(-least // 2)


def _without_language(units: Units) -> set[Pair]:
    """Return the pairs who never sit together, since they have no language in common."""
    if units.task.rules.language is None:
        return set()
    return {
        (a, b) if a < b else (b, a)
        for u, some in enumerate(units.codes)
        for v, others in enumerate(units.codes[:u])
        if not units.languages[u] & units.languages[v]
        for a in some
        for b in others
    }


def _by_pigeonholes(units: Units, rounds: int, before: Iterable[Round]) -> int:
    """
    Count pigeonholes: who sat in few large groups cannot all be parted.

    A group of the next round draws on the groups of an earlier one; if it has more
    people than these are, some of them know each other.
    """
    task = units.task
    here = units.of.keys()
    within = len(units.within)
    least = task.sizes()
    at_once = max(0, _least_kept(least, task.rules.groups) - within)
    first = max(
        (_least_kept_of(groups, here, task.rules.groups) - within for groups in before),
        default=0,
    )
    first = max(0, first)
    return first + (rounds - 1) * max(first, at_once) if rounds else 0


def _least_kept(sizes: Sequence[int], groups: int) -> int:
    """Return the fewest pairs that stay in a group when groups are formed anew."""
    return sum(least_alike((1,) * size, groups) for size in sizes)


def _least_kept_of(groups: Round, here: Iterable[str], into: int) -> int:
    present = set(here)
    return _least_kept([len(present.intersection(group)) for group in groups], into)


def _levelled(loads: list[int], rest: int) -> list[int]:
    """Return rising ``loads`` after ``rest`` more were each put to the least."""
    loads = list(loads)
    # Raise the lowest together, level by level.
    while rest:
        level = loads[0]
        low = 0
        while low < len(loads) and loads[low] == level:
            low += 1
        up_to = loads[low] if low < len(loads) else level + rest
        rise = min(up_to - level, rest // low)
        if rise == 0:
            for n in range(rest):
                loads[n] += 1
            return sorted(loads)
        for n in range(low):
            loads[n] += rise
        rest -= rise * low
    return loads
