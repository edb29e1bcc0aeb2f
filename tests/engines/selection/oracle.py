"""
The rules written a second time, by brute force over all subsets.

Shares nothing with the engine but its data classes: what the two agree on has
been said twice.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, combinations

from hypothesis import strategies as st

from mosty.engines.selection import (
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    Memory,
    NamedLimit,
    Prefer,
    Priority,
    Problem,
    Quota,
)

Cohort = frozenset[str]
VALUES = {"organisation": "abc", "gender": "fm", "level": "xyz"}
CONDITIONS = (
    Condition.of({"level": ["x"]}),
    Condition.of({"level": ["x", "y"], "gender": ["f"]}),
    Condition.of({"organisation": ["b", "c"]}),
)
HISTORIES = (
    Memory("organisation", (("a", 3), ("b", 1), ("d", 9))),
    Memory("level", (("x", 1), ("y", 1))),
)


def cohorts(problem: Problem) -> list[Cohort]:
    """Return every set of people from the pool."""
    codes = [p.code for p in problem.candidates if p.code not in problem.must_out]
    sizes = range(len(codes) + 1)
    return [
        frozenset(some)
        for some in chain.from_iterable(combinations(codes, size) for size in sizes)
    ]


def named(problem: Problem) -> list[NamedLimit]:
    """Return each limit as the engine names it."""
    limits = problem.limits
    found = [NamedLimit("seats", {"seats": limits.seats})]
    if limits.per_organisation_least:
        least = limits.per_organisation_least
        found.append(NamedLimit("organisation_least", {"least": least}))
    if limits.per_organisation_most is not None:
        most = limits.per_organisation_most
        found.append(NamedLimit("organisation_most", {"most": most}))
    for quota in limits.quotas:
        what = {"attribute": quota.attribute, "value": quota.value}
        if quota.least:
            found.append(NamedLimit("quota_least", {**what, "least": quota.least}))
        if quota.most is not None:
            found.append(NamedLimit("quota_most", {**what, "most": quota.most}))
    found += [NamedLimit("must_in", {"code": code}) for code in problem.must_in]
    if limits.seats_least:
        found.append(NamedLimit("seats_least", {"seats": limits.seats_least}))
    return found


def keeps(problem: Problem, limit: NamedLimit, cohort: Cohort) -> bool:
    """Test if ``cohort`` keeps one limit."""
    pool = [p for p in problem.candidates if p.code not in problem.must_out]
    params = limit.params
    if limit.code == "seats":
        return len(cohort) <= params["seats"]
    if limit.code == "seats_least":
        return len(cohort) >= params["seats"]
    if limit.code == "must_in":
        return params["code"] in cohort
    if limit.code in {"quota_least", "quota_most"}:
        count = sum(
            person.code in cohort
            for person in pool
            if person.attributes[params["attribute"]] == params["value"]
        )
        return (
            count >= params["least"]
            if limit.code == "quota_least"
            else count <= params["most"]
        )
    for organisation in {person.attributes["organisation"] for person in pool}:
        nominees = [p for p in pool if p.attributes["organisation"] == organisation]
        count = sum(person.code in cohort for person in nominees)
        more = dict(problem.limits.organisation_more).get(organisation, 0)
        if limit.code == "organisation_most" and count > params["most"] + more:
            return False
        if limit.code == "organisation_least" and count < min(
            params["least"], len(nominees)
        ):
            return False
    return True


def lawful(
    problem: Problem, limits: Iterable[NamedLimit] | None = None
) -> list[Cohort]:
    """Return the cohorts that keep ``limits``, by default all of the problem's."""
    limits = named(problem) if limits is None else list(limits)
    return [
        cohort
        for cohort in cohorts(problem)
        if all(keeps(problem, limit, cohort) for limit in limits)
    ]


def score(problem: Problem, priority: Priority, cohort: Cohort) -> int:
    """Return what ``cohort`` reaches for ``priority``."""
    pool = {p.code: p.attributes for p in problem.candidates}
    present = {
        code: attributes
        for code, attributes in pool.items()
        if code not in problem.must_out
    }
    if isinstance(priority, Coverage):
        return len({pool[code][priority.attribute] for code in cohort})
    if isinstance(priority, Prefer):
        tests = dict(priority.condition.tests)
        return sum(
            all(pool[code][name] in values for name, values in tests.items())
            for code in cohort
        )
    if isinstance(priority, Memory):
        had = dict(priority.seats)
        return sum(had.get(pool[code][priority.attribute], 0) for code in cohort)
    values = {attributes[priority.attribute] for attributes in present.values()}
    total = 0
    for value in values:
        count = sum(pool[code][priority.attribute] == value for code in cohort)
        total += abs(len(values) * count - len(cohort))
    return total


def scores(problem: Problem, cohort: Cohort) -> tuple[int, ...]:
    """Return the size and what each priority reaches."""
    return (len(cohort), *(score(problem, p, cohort) for p in problem.priorities))


def rank(problem: Problem, cohort: Cohort) -> tuple[int, ...]:
    """Return a key by which the best cohort is the greatest."""
    size, *rest = scores(problem, cohort)
    signs = (-1 if isinstance(p, Balance | Memory) else 1 for p in problem.priorities)
    return (size, *(sign * n for sign, n in zip(signs, rest, strict=True)))


def optimal(problem: Problem, among: Sequence[Cohort] | None = None) -> list[Cohort]:
    """Return the best of the lawful cohorts, all of them."""
    among = lawful(problem) if among is None else among
    best = max((rank(problem, cohort) for cohort in among), default=None)
    return [cohort for cohort in among if rank(problem, cohort) == best]


def problems(
    most_people: int = 7, lotteries: Sequence[str] = ("leximin",)
) -> st.SearchStrategy[Problem]:
    """
    Return small problems of every shape, also such as have no cohort.

    Hypothesis likes small and equal things, which it can make smaller still; where
    a lottery has much to decide, people are many and differ.
    """
    return st.one_of(
        small(most_people, lotteries),
        varied(most_people, lotteries),
        varied(most_people, lotteries),
        tangled(most_people, lotteries),
    )


@st.composite
def tangled(
    draw: st.DrawFn, most_people: int = 7, lotteries: Sequence[str] = ("leximin",)
) -> Problem:
    """Return problems whose limits cross, so that half people would serve them best."""
    chance = draw(st.randoms(use_true_random=True))
    people = tuple(
        Candidate(
            f"P{number}",
            {
                **{name: chance.choice(own) for name, own in VALUES.items()},
                **{corner: chance.choice("x-") for corner in "qrst"},
            },
        )
        for number in range(most_people)
    )
    return Problem(
        candidates=people,
        limits=Limits(
            chance.randint(2, 4),
            quotas=tuple(Quota(corner, "x", 0, 1) for corner in "qrst"),
        ),
        priorities=tuple(
            chance.sample([Balance("gender"), Coverage("level")], chance.choice((0, 1)))
        ),
        lottery=chance.choice(lotteries),
    )


@st.composite
def varied(
    draw: st.DrawFn, most_people: int = 7, lotteries: Sequence[str] = ("leximin",)
) -> Problem:
    """Return problems of almost ``most_people`` unlike people, mostly with cohorts."""
    chance = draw(st.randoms(use_true_random=True))
    people = tuple(
        Candidate(
            f"P{number}", {name: chance.choice(own) for name, own in VALUES.items()}
        )
        for number in range(chance.randint(most_people - 2, most_people))
    )
    codes = [person.code for person in people]
    seats = chance.randint(2, most_people - 3)
    cells = [(name, value) for name, values in VALUES.items() for value in values]
    found = []
    for name, value in chance.sample(cells, chance.randint(0, 3)):
        least = chance.choice((0, 0, 1))
        found.append(Quota(name, value, least, chance.choice((None, least + 1, 2))))
    some: list[Priority] = [
        Coverage(chance.choice(sorted(VALUES))),
        Balance(chance.choice(sorted(VALUES))),
        chance.choice(HISTORIES),
        Prefer(chance.choice(CONDITIONS), "some"),
    ]
    must_in = frozenset(chance.sample(codes, chance.choice((0, 0, 1))))
    must_out = frozenset(chance.sample(codes, chance.choice((0, 0, 1))))
    return Problem(
        candidates=people,
        limits=Limits(
            seats=seats,
            per_organisation_least=chance.choice((0, 0, 0, 1)),
            per_organisation_most=chance.choice((None, 1, 2)),
            quotas=tuple(found),
            seats_least=chance.choice((0, 0, 2)),
            organisation_more=chance.choice(((), (("a", 1),))),
        ),
        priorities=tuple(chance.sample(some, chance.choice((0, 1, 1, 2)))),
        reserve=chance.randint(0, 4),
        must_in=must_in - must_out,
        must_out=must_out,
        lottery=chance.choice(lotteries),
    )


@st.composite
def small(
    draw: st.DrawFn, most_people: int = 7, lotteries: Sequence[str] = ("leximin",)
) -> Problem:
    """Return problems that hypothesis can make small, mostly with much to collide."""
    count = draw(st.integers(0, most_people))
    people = tuple(
        Candidate(
            f"P{number}",
            {name: draw(st.sampled_from(values)) for name, values in VALUES.items()},
        )
        for number in range(count)
    )
    codes = [person.code for person in people]
    seats = draw(st.integers(0, 5))
    must_in = draw(st.sets(st.sampled_from(codes), max_size=2)) if codes else set()
    must_out = draw(st.sets(st.sampled_from(codes), max_size=1)) if codes else set()
    least = draw(st.sampled_from((0, 0, 0, 1, 2)))
    return Problem(
        candidates=people,
        limits=Limits(
            seats=seats,
            per_organisation_least=min(least, seats),
            per_organisation_most=draw(st.sampled_from((None, 2, 3))),
            quotas=tuple(draw(quotas(seats))),
            seats_least=min(draw(st.sampled_from((0, 0, 0, 2, 5))), seats),
            organisation_more=draw(st.sampled_from(((), (), (("a", 1),)))),
        ),
        priorities=tuple(draw(st.lists(priorities(), max_size=3))),
        reserve=draw(st.integers(0, 4)),
        must_in=frozenset(must_in - must_out),
        must_out=frozenset(must_out),
        lottery=draw(st.sampled_from(lotteries)),
    )


@st.composite
def quotas(draw: st.DrawFn, seats: int) -> list[Quota]:
    """Return up to three quotas that fit ``seats``, some with bounds for moving."""
    cells = [(name, value) for name, values in VALUES.items() for value in values]
    found = []
    for name, value in draw(st.sets(st.sampled_from(cells), max_size=3)):
        least = draw(st.integers(0, min(2, seats)))
        most = draw(st.none() | st.integers(least, 3))
        least_flex = draw(st.none() | st.integers(0, least))
        most_flex = draw(st.none() | st.integers(most or 0, 4))
        found.append(Quota(name, value, least, most, least_flex, most_flex))
    return found


def priorities() -> st.SearchStrategy[Priority]:
    """Return priorities of every kind."""
    names = st.sampled_from(sorted(VALUES))
    return st.one_of(
        names.map(Coverage),
        names.map(Balance),
        st.sampled_from(HISTORIES),
        st.sampled_from(CONDITIONS).map(lambda some: Prefer(some, "some")),
    )
