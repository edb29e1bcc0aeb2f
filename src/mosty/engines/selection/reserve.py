"""The reserve list: who would be best to add, one at a time."""

from collections import Counter
from collections.abc import Collection

from mosty.engines.selection.model import (
    ORGANISATION,
    Coverage,
    Memory,
    Prefer,
    Priority,
)
from mosty.engines.selection.types import Types


def reserve_list(
    pool: Types, selected: Collection[str], drawn: tuple[str, ...]
) -> tuple[str, ...]:
    """
    Return the first ``reserve`` people of the rest of the pool, best first.

    Each place goes to the person whose seat, added to those selected and those
    before her on the list, is best for the ordered priorities; ties go to the
    earlier drawn. People with whom the most per organisation and the most of each
    quota hold come first; the others follow by the same rule, since they can
    still come in when somebody of their own leaves.

    O(places x types x rules); integers only.
    """
    waiting: dict[int, list[str]] = {}
    for code in reversed(drawn):
        if code not in selected:
            waiting.setdefault(pool.type_of[code], []).append(code)
    position = {code: place for place, code in enumerate(drawn)}
    tally = _Tally(pool)
    for code in selected:
        tally.add(pool.type_of[code])

    places: list[str] = []
    while waiting and len(places) < pool.problem.reserve:
        costs = tally.costs()
        best = min(
            waiting,
            key=lambda t: (
                not tally.has_room(t),
                [cost[t] for cost in costs],
                position[waiting[t][-1]],
            ),
        )
        places.append(waiting[best].pop())
        if not waiting[best]:
            del waiting[best]
        tally.add(best)
    return tuple(places)


class _Tally:
    """How many have each value, among those selected and listed so far."""

    def __init__(self, pool: Types) -> None:
        self._pool = pool
        self._priorities = pool.problem.priorities
        self._size = 0
        self._counts: dict[str, Counter[str]] = {
            attribute: Counter() for attribute in pool.problem.attributes_in_use()
        }

    def add(self, t: int) -> None:
        self._size += 1
        sample = self._pool.types[t].sample
        for attribute, counts in self._counts.items():
            counts[sample[attribute]] += 1

    def has_room(self, t: int) -> bool:
        """Test if one more of type ``t`` breaks no upper limit but the seats."""
        limits, sample = self._pool.problem.limits, self._pool.types[t].sample
        if limits.per_organisation_most is not None:
            organisation = sample[ORGANISATION]
            most = limits.most_of(organisation)
            if most is not None and self._counts[ORGANISATION][organisation] >= most:
                return False
        return all(
            quota.most is None
            or sample[quota.attribute] != quota.value
            or self._counts[quota.attribute][quota.value] < quota.most
            for quota in limits.quotas
        )

    def costs(self) -> list[list[int]]:
        """Return for each priority the cost of one more of each type, less is better."""
        return [self._cost(priority) for priority in self._priorities]

    def _cost(self, priority: Priority) -> list[int]:
        samples = [type_.sample for type_ in self._pool.types]
        if isinstance(priority, Memory):
            return [priority.had(sample) for sample in samples]
        if isinstance(priority, Prefer):
            return [-priority.condition.matches(sample) for sample in samples]
        attribute = priority.attribute
        counts = self._counts[attribute]
        present = self._pool.by_value(attribute)
        if isinstance(priority, Coverage):
            cost = {value: -(counts[value] == 0) for value in present}
        else:
            k, size = len(present), self._size + 1
            # Only the counted value's own term differs from the common sum.
            cost = {
                value: abs(k * (counts[value] + 1) - size)
                - abs(k * counts[value] - size)
                for value in present
            }
        return [cost[sample[attribute]] for sample in samples]
