"""
Units: people who stay together are moved as one, and empty places are units, too.

With one empty place in each smaller group all groups are equally large, so that every
change is an exchange of as many places for as many.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from mosty.engines.errors import BadProblem
from mosty.engines.grouping.model import Pair, Task, pair_of


@dataclass(frozen=True)
class Units:
    """
    The units of a task: the larger first, then by their first code; holes last.

    ``languages`` and ``bands`` are sets of bits, for all units that are no holes: what
    all people of a unit speak, and the bands that any of them is of. A hole speaks
    everything and is of no band.
    """

    task: Task
    codes: tuple[tuple[str, ...], ...]
    holes: int
    places: int
    languages: tuple[int, ...]
    bands: tuple[int, ...]
    all_bands: int
    apart: frozenset[tuple[int, int]]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many places each takes."""
        return tuple(len(one) for one in self.codes) + (1,) * self.holes

    @cached_property
    def of(self) -> dict[str, int]:
        """The unit of each code."""
        return {code: u for u, codes in enumerate(self.codes) for code in codes}

    @cached_property
    def kinds(self) -> tuple[int, ...]:
        """
        A number for each unit, whose sum over a group says how many of each kind it has.

        Units of a kind are alike in languages and bands: a group's lack depends on the
        sum alone.
        """
        people = range(len(self.codes))
        alike = [
            (self.languages[u], self.bands[u], u in people)
            for u in range(len(self.sizes))
        ]
        place = {kind: n for n, kind in enumerate(dict.fromkeys(alike))}
        return tuple((self.places + 1) ** place[kind] for kind in alike)

    @cached_property
    def whole_group_rules(self) -> bool:
        """If there are rules that a pair alone can neither keep nor break."""
        return self.task.rules.language is not None or self.all_bands != 0

    @cached_property
    def within(self) -> frozenset[Pair]:
        """The pairs that stay together by the rules: they are no repeats."""
        return frozenset(
            pair_of(a, b)
            for codes in self.codes
            for i, a in enumerate(codes)
            for b in codes[i + 1 :]
        )

    def lack(self, members: Sequence[int]) -> int:
        """Return by how many people or bands a group misses the rules for groups."""
        missing = 0
        if self.all_bands:
            present = 0
            for u in members:
                present |= self.bands[u]
            missing = (self.all_bands & ~present).bit_count()
        common = -1
        for u in members:
            common &= self.languages[u]
        if not common:
            spoken = Counter(
                bit
                for u in members
                if u < len(self.codes)
                for bit in range(self.languages[u].bit_length())
                if self.languages[u] >> bit & 1
            )
            people = sum(1 for u in members if u < len(self.codes))
            missing += people - max(spoken.values(), default=0)
        return missing


def units(task: Task) -> Units:
    """
    Return the units of ``task``.

    :raises BadProblem: if two rules contradict each other, or one asks for more people
        than there are.
    """
    blocks = _blocks(task)
    places = task.sizes()[0]
    for block in blocks:
        if len(block) > places:
            raise BadProblem(
                "together_too_large",
                people=len(block),
                code=block[0],
                places=places,
            )
    of = {code: number for number, block in enumerate(blocks) for code in block}
    apart = set()
    for a, b in task.rules.apart:
        if of[a] == of[b]:
            raise BadProblem("together_and_apart", first=a, second=b)
        apart |= {(of[a], of[b]), (of[b], of[a])}
    bands, all_bands = _bands(task, blocks)
    holes = places * task.rules.groups - len(task.people)
    return Units(
        task=task,
        codes=blocks,
        holes=holes,
        places=places,
        languages=_languages(task, blocks) + (-1,) * holes,
        bands=bands + (0,) * holes,
        all_bands=all_bands,
        apart=frozenset(apart),
    )


def _blocks(task: Task) -> tuple[tuple[str, ...], ...]:
    """Return the sets of people who must be together, directly or through others."""
    block = {code: [code] for code in task.codes()}
    for a, b in task.rules.together:
        if block[a] is not block[b]:
            joined = sorted(block[a] + block[b])
            for code in joined:
                block[code] = joined
    distinct = {tuple(codes) for codes in block.values()}
    return tuple(sorted(distinct, key=lambda codes: (-len(codes), codes)))


def _languages(task: Task, blocks: Sequence[Sequence[str]]) -> tuple[int, ...]:
    attribute = task.rules.language
    if attribute is None:
        return (-1,) * len(blocks)
    spoken = {person.code: person.languages(attribute) for person in task.people}
    counts = Counter(one for own in spoken.values() for one in own)
    least = task.sizes()[-1]
    for code in task.codes():
        if not any(counts[one] >= least for one in spoken[code]):
            names = ", ".join(sorted(spoken[code]))
            raise BadProblem(
                "language_of_too_few",
                code=code,
                languages=names or "-",
                attribute=attribute,
                people=max((counts[one] for one in spoken[code]), default=0),
                least=least,
            )
    bit = {one: 1 << number for number, one in enumerate(sorted(counts))}
    found = []
    for block in blocks:
        common = frozenset.intersection(*(spoken[code] for code in block))
        if not common:
            raise BadProblem("together_without_language", code=block[0])
        found.append(sum(bit[one] for one in common))
    return tuple(found)


def _bands(task: Task, blocks: Sequence[Sequence[str]]) -> tuple[tuple[int, ...], int]:
    """Return the bands of each block, of those that every group can have; and all."""
    attribute = task.rules.band
    if attribute is None:
        return (0,) * len(blocks), 0
    band = {person.code: person.value(attribute) for person in task.people}
    counts = Counter(band.values())
    # Fewer people than groups: then not every group can have one of them. Bands with
    # enough people are never more than the places of the smallest group.
    enough = sorted(one for one, n in counts.items() if n >= task.rules.groups)
    bit = {one: 1 << number for number, one in enumerate(enough)}
    masks = []
    for block in blocks:
        mask = 0
        for code in block:
            mask |= bit.get(band[code], 0)
        masks.append(mask)
    return tuple(masks), (1 << len(enough)) - 1
