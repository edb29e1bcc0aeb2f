"""A certificate stands for every lottery made, and for no other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.engines.selection import (
    Balance,
    Candidate,
    Coverage,
    Limits,
    NoCohort,
    Outcome,
    Priority,
    Problem,
    Quota,
    select,
)
from mosty.engines.selection.lottery.certificate import Claim, LevelClaim, Name, faults
from tests.engines.selection import oracle
from tests.engines.selection.exact_lp import greatest

FAIR = ("leximin", "maximin")
Odds = dict[str, Fraction]
T = TypeVar("T")


def claimed(problem: Problem, outcome: Outcome) -> tuple[Claim, Odds]:
    """Return what a record would say of the lottery of ``outcome``."""
    lottery = outcome.lottery
    return Claim(
        types=outcome.types,
        cohorts=[
            ({t: n for t, n in enumerate(counts) if n}, weight)
            for counts, weight in zip(lottery.cohorts, lottery.weights, strict=True)
        ],
        total=lottery.total,
        values=[achieved.value for achieved in outcome.priorities],
        size=len(outcome.selected),
        levels=[LevelClaim(one.odds, one.types, one.proof) for one in lottery.levels],
        cuts=[(cut.terms, cut.upper or 0) for cut in lottery.cuts],
    ), {p.code: p.odds for p in outcome.people if p.odds is not None}


@settings(max_examples=120, deadline=None)
@given(oracle.problems(most_people=8, lotteries=FAIR))
def test_every_lottery_has_a_certificate(problem):
    outcome = select(problem, "seed", explain=False)
    if isinstance(outcome, NoCohort):
        return

    assert faults(problem, *claimed(problem, outcome)) == []


@st.composite
def lotteries(draw: st.DrawFn, problem: Problem) -> list[tuple[frozenset[str], int]]:
    """Return some lottery over the optimal cohorts of ``problem``."""
    best = oracle.optimal(problem)
    chosen = draw(st.sets(st.sampled_from(best), min_size=1, max_size=4))
    return [
        (cohort, draw(st.integers(1, 3)))
        for cohort in sorted(chosen, key=lambda one: sorted(one))
    ]


@settings(max_examples=120, deadline=None)
@given(oracle.problems(most_people=8, lotteries=FAIR), st.data())
def test_no_other_lottery_has_it(problem, data):
    """With the same proof, another lottery passes only if it is as fair."""
    outcome = select(problem, "seed", explain=False)
    if isinstance(outcome, NoCohort):
        return
    claim, odds = claimed(problem, outcome)
    other = data.draw(lotteries(problem))
    total = sum(weight for _, weight in other)
    # Equal people take turns: by types only.
    counts = [
        (
            {
                t: number
                for t, codes in enumerate(outcome.types)
                if (number := sum(code in cohort for code in codes))
            },
            weight,
        )
        for cohort, weight in other
    ]
    theirs = {
        code: Fraction(
            sum(own.get(t, 0) * weight for own, weight in counts), total * len(codes)
        )
        for t, codes in enumerate(outcome.types)
        for code in codes
    }

    found = faults(problem, replace(claim, cohorts=counts, total=total), theirs)

    if problem.lottery == "leximin":
        assert (found == []) == (theirs == odds)
    else:
        least = min((v for v in odds.values() if v), default=None)
        as_fair = least == min((v for v in theirs.values() if v), default=None) and {
            code for code in odds if odds[code]
        } == {code for code in theirs if theirs[code]}
        assert as_fair or found
        # A proof that fits this lottery must not be refused; the stored one may be
        # of another with the same least odds.


def drawn_from(rows: str, limits: Limits, *priorities: Priority) -> Problem:
    """Return a problem of people such as ``cfy``: organisation c, gender f, level y."""
    names = ("organisation", "gender", "level")
    return Problem(
        tuple(
            Candidate(f"P{number:02}", dict(zip(names, values, strict=True)))
            for number, values in enumerate(rows.split())
        ),
        limits,
        priorities,
        must_in=frozenset({"P03"}),
        must_out=frozenset({"P09"}),
    )


# With several levels, sums of rows in proofs, lower sides, and a cut in the first.
TAMPERED = (
    drawn_from(
        "cfy bmy cmx bfz bfx bmx bmy bmx cmy amx bmy",
        Limits(
            5,
            per_organisation_most=2,
            quotas=(Quota("gender", "f", 2, 2), Quota("level", "x", 1, 3)),
            seats_least=2,
        ),
        Coverage("level"),
    ),
    drawn_from(
        "cmz cfz bfz cfx bfy amx cmy bfx cmx bmy bmz",
        Limits(
            5,
            per_organisation_most=3,
            quotas=(Quota("gender", "f", 0, 2), Quota("level", "x", 1, 2)),
            seats_least=2,
        ),
        Balance("level"),
    ),
)


@dataclass(frozen=True)
class Honest:
    """A problem, and a true claim about its lottery."""

    problem: Problem
    claim: Claim
    odds: Odds

    def faults(self, odds: Odds | None = None, **changes: object) -> list[str]:
        """Return the faults of the claim with ``changes``."""
        changed = replace(self.claim, **changes)  # type: ignore[arg-type]
        return faults(self.problem, changed, self.odds if odds is None else odds)


@pytest.fixture(params=TAMPERED, scope="module")
def honest(request: pytest.FixtureRequest) -> Honest:
    outcome = select(request.param, "seed", explain=False)
    assert isinstance(outcome, Outcome)
    return Honest(request.param, *claimed(request.param, outcome))


def exchanged(items: Sequence[T], number: int, item: T) -> list[T]:
    """Return ``items`` with another one at ``number``."""
    return [*items[:number], item, *items[number + 1 :]]


def test_an_honest_claim_has_no_fault(honest):
    levels = honest.claim.levels

    assert honest.faults() == []
    assert (len(honest.claim.cohorts) > 2, len(levels) > 3) == (True, True)
    assert len({level.odds for level in levels}) == len(levels)


def test_each_weight_counts(honest):
    claim = honest.claim
    for number, (counts, weight) in enumerate(claim.cohorts):
        for now in (weight + 1, weight - 1, 0, -weight):
            cohorts = exchanged(claim.cohorts, number, (counts, now))
            total = claim.total + now - weight
            assert honest.faults(cohorts=cohorts) != []
            assert honest.faults(cohorts=cohorts, total=total) != []
    for total in (0, 1, claim.total + 1, claim.total * 2):
        assert honest.faults(total=total)[0] == "the tickets do not sum to the total"
    idle = [*claim.cohorts, (claim.cohorts[0][0], 0)]
    assert honest.faults(cohorts=idle) == [f"cohort {len(idle) - 1} has no tickets"]


def test_each_count_counts(honest):
    claim = honest.claim
    for number, (counts, weight) in enumerate(claim.cohorts):
        for t in (-1, *range(len(claim.types) + 1)):
            for now in {0, 1, 2, 9, -1} - {counts.get(t, 0)}:
                other = {**counts, t: now}, weight
                cohorts = exchanged(claim.cohorts, number, other)
                assert honest.faults(cohorts=cohorts) != []


def test_the_odds_of_each_person_count(honest):
    odds = honest.odds
    for code, value in odds.items():
        for now in {Fraction(0), Fraction(1), value + Fraction(1, 10**9)} - {value}:
            assert honest.faults(odds={**odds, code: now}) != []
        rest = {other: odds[other] for other in odds if other != code}
        assert honest.faults(odds=rest) == [f"the odds of {code} are {value}, not None"]
    assert honest.faults(odds={**odds, "P09": Fraction(0)}) == [
        "P09 has odds, but is not in the pool"
    ]


def test_each_level_counts(honest):
    claim = honest.claim
    everybody = range(len(claim.types))
    for number, level in enumerate(claim.levels):
        others = exchanged(claim.levels, number, replace(level, types=()))
        assert honest.faults(levels=others) != []
        changes = [
            replace(level, odds=level.odds / 2),
            replace(level, rows=()),
            replace(level, types=(*level.types, -1)),
            replace(level, types=(*level.types, len(claim.types))),
        ]
        changes += [
            replace(level, types=(*level.types, t))
            for t in everybody
            if t not in level.types
        ]
        for place, (name, times) in enumerate(level.rows):
            # Once more would add a proof of smaller odds, which is true as well.
            changes += [
                replace(level, rows=tuple(exchanged(level.rows, place, (name, now))))
                for now in {-times, 0, times - 1}
            ]
        for changed in changes:
            levels = exchanged(claim.levels, number, changed)
            assert honest.faults(levels=levels) != []


def first_row(honest: Honest, name: Name, times: int) -> list[str]:
    """Return the faults if the first level is proven by another row."""
    first = replace(honest.claim.levels[0], rows=((name, times),))
    return honest.faults(levels=exchanged(honest.claim.levels, 0, first))


@pytest.mark.parametrize(
    "name",
    (
        (),
        ("cut", 7),
        ("stage", 9),
        ("people", 99),
        ("covered", 4, "f"),
        ("over", 9, "x"),
        ("quota_most", "gender", "x"),
        ("seats", 1),
    ),
)
def test_a_row_that_the_problem_does_not_have_proves_nothing(honest, name):
    assert first_row(honest, name, 1)[0] == f"level 0: there is no row {list(name)}"


@pytest.mark.parametrize(
    ("name", "times"),
    (
        (("seats",), -1),
        (("seats_least",), 1),
        (("people", 0), -1),
        (("quota_least", "gender", "f"), 1),
        (("quota_most", "gender", "f"), -1),
        (("organisation_most", "b"), -1),
        (("organisation_least", "b"), 1),
        (("covered", 1, "x"), 1),
        (("under", 1, "x"), 1),
    ),
)
def test_a_side_that_a_row_does_not_have_proves_nothing(honest, name, times):
    assert first_row(honest, name, times)[0] == (
        f"level 0: the row {name} has no such side"
    )


def test_the_types_count(honest):
    first, second, *rest = (list(codes) for codes in honest.claim.types)
    for changed in (
        [second, *rest],
        [first, second, *rest, []],
        [[*first, "P09"], second, *rest],
        [[*first, first[0]], second, *rest],
        [first + second, *rest],
        [first[:-1], [*second, first[-1]], *rest],
    ):
        assert honest.faults(types=changed) != []


def test_values_and_size_count(honest):
    claim = honest.claim
    for number, value in enumerate(claim.values):
        assert honest.faults(values=exchanged(claim.values, number, value + 1)) != []
    for size in (claim.size - 1, claim.size + 1):
        assert honest.faults(size=size)[0] == f"cohort 0: it has {claim.size} people"


@pytest.mark.parametrize(
    "change",
    (
        {"seats": 3, "quotas": ()},
        {"seats": 6, "seats_least": 6},
        {"per_organisation_most": 1},
        {"per_organisation_least": 3, "per_organisation_most": 3},
        {"quotas": (Quota("gender", "f", 3, 4), Quota("level", "x", 1, 3))},
        {"quotas": (Quota("gender", "f", 0, 0), Quota("level", "x", 1, 3))},
        {"quotas": (Quota("gender", "f", 0, 2), Quota("level", "x", 0, 0))},
    ),
)
def test_each_limit_counts(honest, change):
    """A limit made tighter is broken by every cohort of the lottery."""
    claim, problem = honest.claim, honest.problem
    changed = replace(problem, limits=replace(problem.limits, **change))

    found = faults(changed, claim, honest.odds)

    broken = {line.split(":")[0] for line in found if line.startswith("cohort")}
    assert broken == {f"cohort {number}" for number in range(len(claim.cohorts))}


def test_an_organisation_that_may_have_more_counts():
    """Cohorts are judged by what each organisation may have."""
    people = tuple(Candidate(code, {"organisation": code[0]}) for code in ("aA", "bA"))
    people += (Candidate("aB", {"organisation": "a"}),)
    limits = Limits(3, per_organisation_most=1, organisation_more=(("a", 1),))
    problem = Problem(people, limits)
    outcome = select(problem, "seed")
    assert isinstance(outcome, Outcome)
    claim, odds = claimed(problem, outcome)

    assert faults(problem, claim, odds) == []
    less = replace(problem, limits=replace(limits, organisation_more=()))
    assert faults(less, claim, odds)[0] == "cohort 0: 2 people from a"


def test_must_ins_count(honest):
    problem, claim = honest.problem, honest.claim
    nobody = replace(problem, must_in=frozenset())
    alone = next(
        t
        for t, codes in enumerate(claim.types)
        if len(codes) == 1 and honest.odds[codes[0]] < 1
    )
    more = replace(problem, must_in=problem.must_in | {claim.types[alone][0]})

    assert faults(nobody, claim, honest.odds) != []
    assert "somebody who must be in is not" in "".join(faults(more, claim, honest.odds))


TRIANGLE = Problem(
    tuple(
        Candidate(code, dict(zip("abc", marks, strict=True)))
        for code, marks in (("ab", "xx-"), ("bc", "-xx"), ("ca", "x-x"), ("no", "---"))
    ),
    Limits(2, quotas=tuple(Quota(corner, "x", 0, 1) for corner in "abc")),
)


@pytest.mark.parametrize("lottery", FAIR)
def test_each_cut_counts(lottery):
    problem = replace(TRIANGLE, lottery=lottery)
    outcome = select(problem, "seed")
    assert isinstance(outcome, Outcome)
    claim, odds = claimed(problem, outcome)

    assert faults(problem, claim, odds) == []
    assert claim.cuts != []
    assert faults(problem, replace(claim, cuts=[]), odds) != []
    used = {
        name[1] for level in claim.levels for name, _ in level.rows if name[0] == "cut"
    }
    for number in used:
        terms, most = claim.cuts[number]
        for changed in ((terms, most + 1), ({0: 1}, most), ({**terms, 99: 1}, most)):
            cuts = list(claim.cuts)
            cuts[number] = changed
            assert faults(problem, replace(claim, cuts=cuts), odds) != []


def test_maximin_that_leaves_somebody_out_for_nothing_is_refused():
    """One of two people: all tickets for one of them is no maximin lottery."""
    problem = Problem(
        (Candidate("A", {"g": "f"}), Candidate("B", {"g": "m"})),
        Limits(1, quotas=(Quota("g", "f"),)),
        lottery="maximin",
    )
    row = ((("stage", 0), 1),)
    for cohorts, odds in (
        ([({0: 1}, 1)], {"A": Fraction(1), "B": Fraction(0)}),
        ([({0: 1}, 1), ({1: 1}, 3)], {"A": Fraction(1, 4), "B": Fraction(3, 4)}),
    ):
        total = sum(weight for _, weight in cohorts)
        for levels in (
            [],
            [LevelClaim(value, (), ()) for value in odds.values()],
            [LevelClaim(value, (), row) for value in odds.values()],
            [LevelClaim(value, (t,), row) for t, value in enumerate(odds.values())],
        ):
            claim = Claim([["A"], ["B"]], cohorts, total, [], 1, levels, [])
            assert faults(problem, claim, odds) != []


def test_the_small_simplex_is_right():
    # max x + y with x + 2y = 4 (slack 0), x <= 2: x = 2, y = 1.
    assert greatest([1, 1, 0], [[1, 2, 0], [1, 0, 1]], [4, 2]) == 3
    assert greatest([1], [[0]], [1]) is None
