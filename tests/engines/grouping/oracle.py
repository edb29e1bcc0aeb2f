"""Small tasks at random, and what is best for them by trying everything."""

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import strategies as st

from mosty.engines.grouping import Person, Rules, Task

Groups = tuple[tuple[str, ...], ...]


@st.composite
def tasks(draw: st.DrawFn, most: int = 12, rounds: int = 4) -> Task:
    """Return a task: some are impossible, some contradict themselves."""
    n = draw(st.integers(1, most))
    codes = [f"P{number}" for number in range(n)]
    pick = st.sampled_from(codes)
    people = tuple(
        Person(
            code,
            {
                "city": draw(st.sampled_from("abcd")),
                "unit": draw(st.sampled_from("xyz")),
                "speaks": draw(st.sampled_from(("pl", "pl, en", "en", "uk/en", "PL"))),
                "band": draw(st.sampled_from(("new", "old"))),
            },
        )
        for code in codes
    )
    pairs = st.lists(st.tuples(pick, pick).filter(lambda p: p[0] != p[1]), max_size=2)
    some = n > 1 and draw(st.booleans())
    rules = Rules(
        draw(st.integers(1, min(n, 4))),
        draw(st.integers(1, rounds)),
        draw(st.sampled_from(((), ("city",), ("city", "unit"), ("unit", "city")))),
        together=tuple(draw(pairs)) if some else (),
        apart=tuple(draw(pairs)) if some else (),
        language=draw(st.sampled_from((None, None, "speaks"))),
        band=draw(st.sampled_from((None, None, "band"))),
    )
    earlier = []
    if draw(st.booleans()):
        order = draw(st.permutations([*codes, "gone"]))
        cut = draw(st.integers(0, n))
        earlier.append((tuple(order[:cut]), tuple(order[cut:])))
    return Task(people, rules, draw(st.sampled_from(("a", "b"))), tuple(earlier))


def partitions(codes: tuple[str, ...], sizes: tuple[int, ...]) -> Iterator[Groups]:
    """Yield every way to part ``codes`` into groups of these sizes, each once."""
    if not codes:
        yield ()
        return
    first, rest = codes[0], codes[1:]
    for size in sorted(set(sizes)):
        left = list(sizes)
        left.remove(size)
        for mates in combinations(rest, size - 1):
            others = tuple(code for code in rest if code not in mates)
            for more in partitions(others, tuple(left)):
                yield ((first, *mates), *more)


def lawful(task: Task) -> list[Groups]:
    """Return every round that keeps the rules."""
    codes = tuple(sorted(person.code for person in task.people))
    least, more = divmod(len(codes), task.rules.groups)
    sizes = (least + 1,) * more + (least,) * (task.rules.groups - more)
    return [groups for groups in partitions(codes, sizes) if keeps(task, groups)]


def keeps(task: Task, groups: Groups) -> bool:
    """Test if one round keeps the rules."""
    rules = task.rules
    own = {person.code: person.attributes for person in task.people}
    at = {code: number for number, group in enumerate(groups) for code in group}
    if any(at[a] != at[b] for a, b in rules.together):
        return False
    if any(at[a] == at[b] for a, b in rules.apart):
        return False
    for group in groups:
        if rules.language:
            spoken = [
                set(own[c]["speaks"].lower().replace("/", ", ").split(", "))
                for c in group
            ]
            if not set.intersection(*spoken):
                return False
        if rules.band:
            everybody = [one["band"] for one in own.values()]
            for band in set(everybody):
                enough = everybody.count(band) >= rules.groups
                if enough and all(own[code]["band"] != band for code in group):
                    return False
    return True


def values(task: Task, rounds: tuple[Groups, ...]) -> tuple[int, ...]:
    """Return what ``rounds`` come to, aim by aim."""
    own = {person.code: person.attributes for person in task.people}
    kept = _together(task)
    known = {p for groups in task.earlier for g in groups for p in _pairs(g)}
    again = 0
    for groups in rounds:
        now = {pair for group in groups for pair in _pairs(group)} - kept
        again += len(now & known)
        known |= now
    alike = [
        sum(
            own[a][attribute] == own[b][attribute]
            for groups in rounds
            for group in groups
            for a, b in combinations(group, 2)
        )
        for attribute in task.rules.spread
    ]
    return (again, *alike)


def best(task: Task, choices: list[Groups]) -> tuple[int, ...]:
    """Return the best values of any plan, the first aim first."""
    return min(
        values(task, rounds) for rounds in product(choices, repeat=task.rules.rounds)
    )


def _pairs(group: tuple[str, ...]) -> set[frozenset[str]]:
    return set(map(frozenset, combinations(group, 2)))


def _together(task: Task) -> set[frozenset[str]]:
    """Return the pairs that are together in every lawful round because of the rules."""
    linked = {person.code: {person.code} for person in task.people}
    for a, b in task.rules.together * len(task.people):
        joined = linked[a] | linked[b]
        for code in joined:
            linked[code] = joined
    return {pair for group in linked.values() for pair in _pairs(tuple(sorted(group)))}
