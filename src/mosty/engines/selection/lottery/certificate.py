"""
Checking a lottery without a solver and without the code that made it.

Everything is counted again from the problem and the record, in whole numbers and
fractions. The rows of a proof are written down here a second time, from their names.

What this cannot check is what the integer programme alone says: that the values of
the priorities are the best possible, and that the cuts hold. ``verify --full`` does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mosty.engines.selection.model import (
    ORGANISATION,
    Balance,
    Coverage,
    Memory,
    Prefer,
    Problem,
    Quota,
)

Sides = tuple[int | None, int | None]


Name = tuple[str | int, ...]
# A type's number, or an auxiliary number by kind, priority and value.
Key = int | tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class LevelClaim:
    """Types that are said to rise no further than ``odds``, and rows that prove it."""

    odds: Fraction
    types: tuple[int, ...]
    rows: tuple[tuple[Name, int], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a record says of its lottery, as read from JSON."""

    types: Sequence[Sequence[str]]
    cohorts: Sequence[tuple[Mapping[int, int], int]]
    total: int
    values: Sequence[int]
    size: int
    levels: Sequence[LevelClaim]
    cuts: Sequence[tuple[Mapping[int, int], int]]


def faults(problem: Problem, claim: Claim, odds: Mapping[str, Fraction]) -> list[str]:
    """Return what is wrong with a lottery over listed cohorts; none if it is right."""
    checker = _Checker(problem, claim)
    found = list(checker.types_differ())
    if found:
        return found
    found += checker.cohorts_break()
    found += checker.odds_differ(odds)
    # A proof is about these odds: where they are wrong, it says nothing.
    return found or list(checker.levels_fail(odds))


class _Checker:
    def __init__(self, problem: Problem, claim: Claim) -> None:
        self.problem = problem
        self.claim = claim
        self.people = {person.code: person.attributes for person in problem.pool}
        self.samples = [self.people.get(one[0], {}) for one in claim.types if one]
        self.sizes = [len(one) for one in claim.types]
        self.certain = [one[0] in problem.must_in for one in claim.types if one]

    def types_differ(self) -> Iterator[str]:
        """Tell if the types are not a division of the pool into equal people."""
        listed = Counter(code for one in self.claim.types for code in one)
        if listed != Counter(dict.fromkeys(self.people, 1)):
            yield "the types do not hold everybody once"
            return
        for number, codes in enumerate(self.claim.types):
            marks = {self._mark(code) for code in codes}
            if len(marks) != 1:
                yield f"type {number} mixes people whom the rules tell apart"

    def _mark(self, code: str) -> tuple[object, ...]:
        attributes, limits = self.people[code], self.problem.limits
        mark: list[object] = [code in self.problem.must_in]
        if limits.per_organisation:
            mark.append(attributes[ORGANISATION])
        mark += [attributes[q.attribute] == q.value for q in limits.quotas]
        for priority in self.problem.priorities:
            match priority:
                case Prefer(condition, _):
                    mark.append(condition.matches(attributes))
                case Memory(attribute, seats):
                    mark.append(dict(seats).get(attributes[attribute], 0))
                case Coverage(attribute) | Balance(attribute):
                    mark.append(attributes[attribute])
        return tuple(mark)

    def cohorts_break(self) -> Iterator[str]:
        """Tell which cohorts break a limit or serve a priority less well."""
        if sum(weight for _, weight in self.claim.cohorts) != self.claim.total:
            yield "the tickets do not sum to the total"
        for number, (counts, weight) in enumerate(self.claim.cohorts):
            if weight <= 0:
                yield f"cohort {number} has no tickets"
            if not all(
                0 <= t < len(self.sizes) and 0 <= count <= self.sizes[t]
                for t, count in counts.items()
            ):
                yield f"cohort {number} seats more people than there are"
                continue
            if fault := self._cohort_fault(counts):
                yield f"cohort {number}: {fault}"

    def _cohort_fault(self, counts: Mapping[int, int]) -> str:
        limits = self.problem.limits
        size = sum(counts.values())
        if size != self.claim.size or not limits.seats_least <= size <= limits.seats:
            return f"it has {size} people"
        if any(
            one and counts.get(t, 0) != self.sizes[t]
            for t, one in enumerate(self.certain)
        ):
            return "somebody who must be in is not"
        for quota in limits.quotas:
            number = self._with(counts, quota.attribute, quota.value)
            if number < quota.least or (quota.most is not None and number > quota.most):
                return f"{number} people with {quota.attribute} = {quota.value}"
        if limits.per_organisation:
            available = self._by_value(dict(enumerate(self.sizes)), ORGANISATION)
            seated = self._by_value(counts, ORGANISATION)
            for organisation, nominees in available.items():
                number = seated[organisation]
                least = min(limits.per_organisation_least, nominees)
                most = limits.most_of(organisation)
                if number < least or (most is not None and number > most):
                    return f"{number} people from {organisation}"
        for number, priority in enumerate(self.problem.priorities):
            value = self._value(priority, counts, size)
            if value != self.claim.values[number]:
                return f"priority {number + 1} reaches {value}"
        return ""

    def _value(self, priority: object, counts: Mapping[int, int], size: int) -> int:
        match priority:
            case Prefer(condition, _):
                return sum(
                    n for t, n in counts.items() if condition.matches(self.samples[t])
                )
            case Memory(attribute, seats):
                had = dict(seats)
                return sum(
                    n * had.get(self.samples[t][attribute], 0)
                    for t, n in counts.items()
                )
            case Coverage(attribute):
                return len({self.samples[t][attribute] for t, n in counts.items() if n})
            case Balance(attribute):
                present = {sample[attribute] for sample in self.samples}
                seated = self._by_value(counts, attribute)
                return sum(abs(len(present) * seated[v] - size) for v in present)
        raise TypeError(priority)

    def _with(self, counts: Mapping[int, int], attribute: str, value: str) -> int:
        return sum(n for t, n in counts.items() if self.samples[t][attribute] == value)

    def _by_value(self, counts: Mapping[int, int], attribute: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for t, number in counts.items():
            found[self.samples[t][attribute]] += number
        return found

    def odds_differ(self, odds: Mapping[str, Fraction]) -> Iterator[str]:
        """Tell whose odds are not those that the cohorts give."""
        seats: defaultdict[int, int] = defaultdict(int)
        for counts, weight in self.claim.cohorts:
            for t, number in counts.items():
                seats[t] += number * weight
        for t, codes in enumerate(self.claim.types):
            given = Fraction(seats[t], (self.claim.total or 1) * len(codes))
            for code in codes:
                if odds.get(code) != given:
                    yield f"the odds of {code} are {given}, not {odds.get(code)}"
        for code in sorted(odds.keys() - self.people.keys()):
            yield f"{code} has odds, but is not in the pool"

    def levels_fail(self, odds: Mapping[str, Fraction]) -> Iterator[str]:
        """Tell which levels do not follow from their rows."""
        of_type = [odds[codes[0]] for codes in self.claim.types]
        proven = set()
        for number, level in enumerate(self.claim.levels):
            fault = self._level_fault(level, of_type)
            if fault:
                yield f"level {number}: {fault}"
            else:
                proven |= set(level.types)
        first = self.problem.lottery == "maximin"
        some = [t for t, certain in enumerate(self.certain) if not certain]
        for t in some:
            # By maximin, those who have none need a proof, and one with the least.
            if t not in proven and not (first and of_type[t]):
                yield f"the odds of type {t} are not proven"
        least = min((of_type[t] for t in some if of_type[t]), default=None)
        if first and least not in {None, *(of_type[t] for t in proven)}:
            yield "the smallest odds are not proven"

    def _level_fault(self, level: LevelClaim, of_type: Sequence[Fraction]) -> str:
        """
        Sum the rows of a level.

        The sum must give no weight below zero, weigh nobody with greater odds, weigh
        all of the level, and be met with equality by these odds: then none of them
        can rise unless somebody with no greater odds falls.
        """
        value = level.odds
        weights: defaultdict[Key, int] = defaultdict(int)
        bound = 0
        for name, times in level.rows:
            try:
                terms, (lower, upper) = self._row(name)
            except (IndexError, TypeError, ValueError):
                return f"there is no row {list(name)}"
            side = upper if times > 0 else lower
            if side is None:
                return f"the row {name} has no such side"
            bound += times * side
            for key, factor in terms.items():
                weights[key] += times * factor
        reached = Fraction(0)
        for key, weight in weights.items():
            if isinstance(key, int):
                if not 0 <= key < len(self.sizes):
                    return f"there is no type {key}"
                reached += weight * self.sizes[key] * of_type[key]
                if weight < 0 and not self.certain[key]:
                    return f"type {key} has a weight below zero"
                greater = of_type[key] > value and not self.certain[key]
                if weight > 0 and greater:
                    return f"type {key} has greater odds, but a weight"
            else:
                # An auxiliary number from 0 up to what its row name says.
                bound -= min(0, weight * self._most(key))
        types = level.types
        if not all(0 <= t < len(self.sizes) for t in types):
            return "there is no such type"
        if any(weights[t] <= 0 for t in types):
            return "somebody of this level has no weight"
        if any(of_type[t] != value for t in types):
            return "somebody of this level has other odds"
        if reached != bound:
            return "the odds do not reach the bound"
        return ""

    def _most(self, key: tuple[str, int, str]) -> int:
        kind, number, _ = key
        if kind == "covered":
            return 1
        present = {sample[self._attribute(number)] for sample in self.samples}
        return len(present) * self.claim.size

    def _attribute(self, number: int) -> str:
        """Return the attribute of the coverage or balance with this number."""
        priority = self.problem.priorities[number - 1]
        if isinstance(priority, Prefer):
            raise TypeError(priority)
        return priority.attribute

    def _row(self, name: Name) -> tuple[dict[Key, int], Sides]:
        """Return the terms and sides of a row, from its name."""
        limits = self.problem.limits
        everybody: dict[Key, int] = dict.fromkeys(range(len(self.sizes)), 1)
        match list(name):
            case ["seats"]:
                return everybody, (None, limits.seats)
            case ["seats_least"]:
                return everybody, (limits.seats_least, None)
            case ["people", int(t)]:
                return {t: 1}, (None, self.sizes[t])
            case ["organisation_most", str(value)]:
                return self._group(ORGANISATION, value), (None, limits.most_of(value))
            case ["organisation_least", str(value)]:
                group = self._group(ORGANISATION, value)
                nominees = sum(self.sizes[t] for t in group if isinstance(t, int))
                return group, (min(limits.per_organisation_least, nominees), None)
            case ["quota_least", str(attribute), str(value)]:
                quota = self._quota(attribute, value)
                return self._group(attribute, value), (quota.least, None)
            case ["quota_most", str(attribute), str(value)]:
                quota = self._quota(attribute, value)
                return self._group(attribute, value), (None, quota.most)
            case ["stage", 0]:
                return everybody, (self.claim.size, self.claim.size)
            case ["stage", int(number)]:
                value_of = self.claim.values[number - 1]
                return self._stage(number), (value_of, value_of)
            case ["covered", int(number), str(value)]:
                group = self._group(self._attribute(number), value)
                return {("covered", number, value): -1, **group}, (0, None)
            case [("over" | "under" | "chord") as kind, int(number), str(value)]:
                return self._deviation(kind, number, value)
            case ["cut", int(number)]:
                terms, most = self.claim.cuts[number]
                return dict(terms.items()), (None, most)
        raise ValueError(f"there is no row {name}")

    def _group(self, attribute: str, value: str) -> dict[Key, int]:
        return {
            t: 1 for t, sample in enumerate(self.samples) if sample[attribute] == value
        }

    def _quota(self, attribute: str, value: str) -> Quota:
        for quota in self.problem.limits.quotas:
            if (quota.attribute, quota.value) == (attribute, value):
                return quota
        raise ValueError(f"there is no quota for {attribute} = {value}")

    def _stage(self, number: int) -> dict[Key, int]:
        priority = self.problem.priorities[number - 1]
        match priority:
            case Prefer(condition, _):
                return {
                    t: 1 for t, one in enumerate(self.samples) if condition.matches(one)
                }
            case Memory(attribute, seats):
                had = dict(seats)
                return {t: had.get(s[attribute], 0) for t, s in enumerate(self.samples)}
            case Coverage(attribute):
                present = sorted({sample[attribute] for sample in self.samples})
                return {("covered", number, value): 1 for value in present}
            case Balance(attribute):
                present = sorted({sample[attribute] for sample in self.samples})
                return {("off", number, value): 1 for value in present}

    def _deviation(
        self, kind: str, number: int, value: str
    ) -> tuple[dict[Key, int], Sides]:
        attribute = self._attribute(number)
        k = len({sample[attribute] for sample in self.samples})
        size = self.claim.size
        whole, over = divmod(size, k)
        factor, least = {
            "over": (-k, -size),
            "under": (k, size),
            "chord": (2 * over - k, over - (k - 2 * over) * whole),
        }[kind]
        group = dict.fromkeys(self._group(attribute, value), factor)
        return {("off", number, value): 1, **group}, (least, None)
