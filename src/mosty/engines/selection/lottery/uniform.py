"""
Every optimal cohort equally likely: counted, not listed.

Types are taken one by one. What matters of those before is how many people each rule
still open has so far: cohorts with the same such state have the same futures, so
their number is counted once. Whole numbers only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from mosty.engines.errors import BadProblem
from mosty.engines.selection.limits import named_limits, program_over
from mosty.engines.selection.lottery.lottery import Counts, Lottery
from mosty.engines.selection.model import Balance, Coverage, Memory, Prefer
from mosty.engines.selection.optimum import Optimum
from mosty.engines.selection.watch import Watch

# States kept at most, since all are in memory at once.
MOST_STATES = 1_000_000

State = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Meter:
    """
    One number that grows as people are seated, and its range when all have been.

    ``factors`` say by how much for one person of each type. With ``score``, it is no
    limit; when its last type is decided, the score is added to the meter ``into``.
    """

    factors: Mapping[int, int]
    lower: int | None
    upper: int | None
    last: int
    score: tuple[str, int, int] | None = None
    into: int = -1


class Uniform:
    """
    The optimal cohorts of a pool, counted.

    :raises BadProblem: if there are too many states to count them.
    """

    def __init__(self, found: Optimum, watch: Watch) -> None:
        self._types = found.pool.types
        self._meters = _meters(found)
        # Which meters are open before each type is decided.
        self._open = [
            [m for m, meter in enumerate(self._meters) if meter.last >= t]
            for t in range(len(self._types) + 1)
        ]
        self._steps: list[dict[State, int]] = []
        self._count(watch)

    @property
    def total(self) -> int:
        """The number of optimal cohorts, of people."""
        return self._steps[0][self._start()]

    def lottery(self) -> Lottery:
        """Return the lottery in which each cohort is equally likely."""
        return Lottery("uniform", total=self.total, odds=tuple(self._odds()))

    def drawn_by(self, ticket: int) -> Counts:
        """Return how many of each type sit in the cohort of ``ticket``, from 0."""
        state, counts = self._start(), []
        for t, type_ in enumerate(self._types):
            for count, after in self._next(t, state):
                ways = comb(len(type_.codes), count)
                tickets = ways * self._steps[t + 1].get(after, 0)
                if ticket < tickets:
                    counts.append(count)
                    state, ticket = after, ticket // ways
                    break
                ticket -= tickets
        return tuple(counts)

    def _start(self) -> State:
        return (0,) * len(self._open[0])

    def _count(self, watch: Watch) -> None:
        """Fill ``_steps``: for each type, state -> number of ways to go on."""
        layers: list[set[State]] = [{self._start()}]
        size = 1
        for t in range(len(self._types)):
            watch.step("cohorts", t)
            layers.append({a for state in layers[-1] for _, a in self._next(t, state)})
            size += len(layers[-1])
            if size > MOST_STATES:
                raise BadProblem("uniform_too_large", most=MOST_STATES)
        self._steps = [{} for _ in layers]
        self._steps[-1] = dict.fromkeys(layers[-1], 1)
        for t in range(len(self._types) - 1, -1, -1):
            people = len(self._types[t].codes)
            later = self._steps[t + 1]
            for state in layers[t]:
                self._steps[t][state] = sum(
                    comb(people, count) * later[after]
                    for count, after in self._next(t, state)
                )

    def _odds(self) -> Iterator[Fraction]:
        reach = {self._start(): 1}
        for t, type_ in enumerate(self._types):
            people, later = len(type_.codes), self._steps[t + 1]
            seats, onward = 0, dict.fromkeys(later, 0)
            for state, ways in reach.items():
                for count, after in self._next(t, state):
                    here = ways * comb(people, count)
                    onward[after] += here
                    seats += count * here * later[after]
            reach = onward
            yield Fraction(seats, self.total * people)

    def _next(self, t: int, state: State) -> Iterator[tuple[int, State]]:
        """Return each number of type ``t`` that may be seated, and the state after."""
        type_ = self._types[t]
        for count in range(type_.floor, len(type_.codes) + 1):
            if (after := self._after(t, state, count)) is not None:
                yield count, after

    def _after(self, t: int, state: State, count: int) -> State | None:
        values = dict(zip(self._open[t], state, strict=True))
        for m in self._open[t]:
            meter = self._meters[m]
            values[m] += count * meter.factors.get(t, 0)
            is_limit = meter.score is None and meter.upper is not None
            if is_limit and values[m] > (meter.upper or 0):
                return None
        for m in self._open[t]:
            meter = self._meters[m]
            if meter.last != t:
                continue
            value = values.pop(m)
            if meter.score is not None:
                values[meter.into] += _score(meter.score, value)
                total = self._meters[meter.into].upper
                if total is not None and values[meter.into] > total:
                    return None
            elif meter.lower is not None and value < meter.lower:
                return None
        return tuple(values[m] for m in self._open[t + 1])


def _score(score: tuple[str, int, int], count: int) -> int:
    kind, k, size = score
    return min(count, 1) if kind == "coverage" else abs(k * count - size)


def _meters(found: Optimum) -> list[_Meter]:
    """Return the meters of all limits and priorities, parts before their sums."""
    pool = found.pool
    end = len(pool) - 1
    rows = program_over(pool, named_limits(pool.problem)).rows
    meters = [
        _Meter(row.terms, row.lower, row.upper, max(row.terms))
        for row in rows
        if row.terms
    ]
    if end >= 0:
        everybody = dict.fromkeys(range(len(pool)), 1)
        meters.append(_Meter(everybody, found.size, found.size, end))
    for stage, priority in zip(found.stages[1:], pool.problem.priorities, strict=True):
        value = stage.value
        if isinstance(priority, Prefer | Memory):
            if stage.terms:
                meters.append(_Meter(stage.terms, value, value, max(stage.terms)))
            continue
        groups = pool.by_value(priority.attribute)
        kind = "coverage" if isinstance(priority, Coverage) else "balance"
        score = (kind, len(groups), found.size)
        into = len(meters) + len(groups)
        meters += [
            _Meter(dict.fromkeys(types, 1), None, None, max(types), score, into)
            for types in groups.values()
        ]
        # Scores only grow, so the best is an upper end too; balance reaches it as
        # its least, coverage as its greatest.
        if end >= 0:
            low = None if isinstance(priority, Balance) else value
            meters.append(_Meter({}, low, value, end))
    return meters
