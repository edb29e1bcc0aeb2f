"""
The board of the search: who sits where, and what every move would cost.

For round r, unit u and group h, ``costs[r][u][h]`` is the cost of u with all who sit
in h, so that the change by an exchange is a sum of four numbers. Whole numbers only.
One number stands for all aims: each aim weighs more than all later ones together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mosty.engines.grouping.model import Pair, Round
from mosty.engines.grouping.units import Units


@dataclass(frozen=True, slots=True)
class Weights:
    """What one breach, one move, one repeat and one pair alike weigh."""

    rule: int
    moved: int
    repeated: int
    spread: tuple[int, ...]


def weights(units: Units, rounds: int) -> Weights:
    """
    Return weights of which each outweighs the largest sum of all lower ones.

    ``rounds`` is how many are to come: the more, the larger the sums. Whole numbers
    without a unit, exact.
    """
    groups, places = units.task.rules.groups, units.places
    pairs = rounds * groups * places * (places - 1) // 2
    found = [1]
    for most in (*(pairs for _ in units.task.rules.spread), pairs):
        found.append(found[-1] * (most + 1))
    *spread, repeated, moved = found
    rule = moved * (rounds * groups * places + 1)
    return Weights(rule, moved, repeated, tuple(reversed(spread)))


# Lacks of groups that are remembered; then the memory begins anew.
MOST_LACKS = 200_000


class Board:
    """
    A seating in several rounds, changed by exchanges.

    ``homes[r][u]`` is the group that u should stay in, if it is moved at a cost.
    """

    def __init__(
        self,
        units: Units,
        weigh: Weights,
        rounds: int,
        met: frozenset[Pair],
        homes: Sequence[Mapping[int, int]] = (),
    ) -> None:
        self.units = units
        self.weigh = weigh
        self.rounds = range(rounds)
        self.groups = range(units.task.rules.groups)
        n = len(units.sizes)
        # What u and v cost together for the first time, and what every further time adds.
        self._first = _first_costs(units, weigh, met)
        self._again = _again_costs(units, weigh, met)
        # What u and v cost together once more than they are.
        self.next = [list(row) for row in self._first]
        self._times = [[0] * n for _ in range(n)]
        self.costs = [[[0] * len(self.groups) for _ in range(n)] for _ in self.rounds]
        self.group = [[-1] * n for _ in self.rounds]
        self.members: list[list[list[int]]] = [
            [[] for _ in self.groups] for _ in self.rounds
        ]
        self.lack = [[0] * len(self.groups) for _ in self.rounds]
        # The sum of the kinds in each group, and what such sums lack.
        self._kinds = [[0] * len(self.groups) for _ in self.rounds]
        self._lacks: dict[int, int] = {}
        for r, home in enumerate(homes):
            for u, own in home.items():
                for h in self.groups:
                    if h != own:
                        self.costs[r][u][h] += weigh.moved * units.sizes[u]
        self.homes = homes

    def leave(self, r: int, u: int) -> None:
        """Take u out of its group in round r."""
        g = self.group[r][u]
        self.members[r][g].remove(u)
        self.group[r][u] = -1
        times, again = self._times[u], self._again[u]
        for v in self.members[r][g]:
            left = times[v] - 1
            times[v] = self._times[v][u] = left
            if again[v] and left <= 1:
                self._ease(u, v, left, -again[v])
        costs = self.costs[r]
        for row, cost in zip(costs, self.next[u], strict=True):
            if cost:
                row[g] -= cost

    def join(self, r: int, u: int, h: int) -> None:
        """Put u, which sits nowhere in round r, into group h."""
        costs = self.costs[r]
        for row, cost in zip(costs, self.next[u], strict=True):
            if cost:
                row[h] += cost
        times, again = self._times[u], self._again[u]
        for v in self.members[r][h]:
            before = times[v]
            times[v] = self._times[v][u] = before + 1
            if again[v] and before <= 1:
                self._ease(u, v, before, again[v])
        self.members[r][h].append(u)
        self.group[r][u] = h

    def _ease(self, u: int, v: int, others: int, change: int) -> None:
        """
        Change what u and v cost in the rounds for which this meeting was decisive.

        With ``others`` meetings besides it, these are the rounds in which they sit apart
        (none besides) or the only other one in which they sit together.
        """
        if others == 0:
            self.next[u][v] += change
            self.next[v][u] += change
        for r in self.rounds:
            g, h = self.group[r][u], self.group[r][v]
            # While u is on its way in a round, that round's costs are kept by the caller.
            if (g == h) == (others == 1) and g >= 0 and h >= 0:
                self.costs[r][u][h] += change
                self.costs[r][v][g] += change

    def within(self, r: int, u: int, v: int) -> int:
        """Return what u and v cost, who sit together in round r."""
        more = self._times[u][v] > 1
        return self._first[u][v] + (self._again[u][v] if more else 0)

    def exchange(self, r: int, u: int, others: Sequence[int]) -> None:
        """Let u and the units ``others`` of one other group change places."""
        g, h = self.group[r][u], self.group[r][others[0]]
        self.leave(r, u)
        for v in others:
            self.leave(r, v)
            self.join(r, v, g)
        self.join(r, u, h)
        if self.units.whole_group_rules:
            for one in (g, h):
                self._count_lack(r, one)

    def seat(self, rounds: Sequence[Sequence[Sequence[int]]]) -> None:
        """Seat everybody anew."""
        for r in self.rounds:
            for u, g in enumerate(self.group[r]):
                if g >= 0:
                    self.leave(r, u)
            for h, members in enumerate(rounds[r]):
                for u in members:
                    self.join(r, u, h)
        self.measure_lack()

    def measure_lack(self) -> None:
        """Count anew how the groups miss the rules for whole groups."""
        for r in self.rounds:
            for h in self.groups:
                self._count_lack(r, h)

    def _count_lack(self, r: int, g: int) -> None:
        members = self.members[r][g]
        self._kinds[r][g] = sum(self.units.kinds[u] for u in members)
        self.lack[r][g] = self.units.lack(members)

    def lack_with(
        self, r: int, g: int, going: Sequence[int], coming: Sequence[int]
    ) -> int:
        """Return what group g lacks if some of it go and others come."""
        kinds = self.units.kinds
        key = self._kinds[r][g]
        for u in going:
            key -= kinds[u]
        for u in coming:
            key += kinds[u]
        found = self._lacks.get(key)
        if found is None:
            staying = [u for u in self.members[r][g] if u not in going]
            found = self.units.lack([*staying, *coming])
            if len(self._lacks) >= MOST_LACKS:
                self._lacks.clear()
            self._lacks[key] = found
        return found

    def seating(self) -> list[list[list[int]]]:
        """Return who sits where, in a copy."""
        return [[list(members) for members in own] for own in self.members]

    def total(self) -> int:
        """Return what the seating costs in all, counted anew."""
        found = self.weigh.rule * sum(map(sum, self.lack))
        n = range(len(self.units.sizes))
        for u in n:
            for v in n[u + 1 :]:
                if times := self._times[u][v]:
                    found += self._first[u][v] * times
                    found += self._again[u][v] * (times - 1)
        for r, home in enumerate(self.homes):
            for u, own in home.items():
                if self.group[r][u] != own:
                    found += self.weigh.moved * self.units.sizes[u]
        return found


def _first_costs(units: Units, weigh: Weights, met: frozenset[Pair]) -> list[list[int]]:
    n = len(units.sizes)
    found = [[0] * n for _ in range(n)]
    for attribute, weight in zip(units.task.rules.spread, weigh.spread, strict=True):
        values = {p.code: p.value(attribute) for p in units.task.people}
        alike: dict[str, dict[int, int]] = {}
        for code, u in units.of.items():
            counts = alike.setdefault(values[code], {})
            counts[u] = counts.get(u, 0) + 1
        for counts in alike.values():
            for u, of_u in counts.items():
                for v, of_v in counts.items():
                    if u != v:
                        found[u][v] += weight * of_u * of_v
    for a, b in met:
        if a in units.of and b in units.of and (u := units.of[a]) != (v := units.of[b]):
            found[u][v] += weigh.repeated
            found[v][u] += weigh.repeated
    for u, v in units.apart:
        found[u][v] += weigh.rule
    holes = range(len(units.codes), n)
    for u in holes:
        for v in holes:
            if u != v:
                found[u][v] += weigh.rule
    return found


def _again_costs(units: Units, weigh: Weights, met: frozenset[Pair]) -> list[list[int]]:
    """Return what a second meeting costs more than the first: its pairs that are new."""
    n = len(units.sizes)
    people = len(units.codes)
    found = [
        [
            weigh.repeated * units.sizes[u] * units.sizes[v]
            if u != v and u < people and v < people
            else 0
            for v in range(n)
        ]
        for u in range(n)
    ]
    for a, b in met:
        if a in units.of and b in units.of and (u := units.of[a]) != (v := units.of[b]):
            found[u][v] -= weigh.repeated
            found[v][u] -= weigh.repeated
    return found


def named(units: Units, rounds: Sequence[Sequence[Sequence[int]]]) -> tuple[Round, ...]:
    """Return rounds of units as rounds of codes, sorted within each group."""
    return tuple(
        tuple(
            tuple(
                sorted(
                    code
                    for u in members
                    if u < len(units.codes)
                    for code in units.codes[u]
                )
            )
            for members in own
        )
        for own in rounds
    )
