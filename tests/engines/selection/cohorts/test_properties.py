"""What holds of every cohort, checked by enumeration."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.engines.selection import (
    Balance,
    Candidate,
    Coverage,
    NoCohort,
    Outcome,
    Reason,
    program,
    select,
)
from mosty.engines.selection.types import Types
from tests.engines.selection import oracle

SEEDS = st.sampled_from(("one", "two", "three"))


thorough = settings(max_examples=80, deadline=None)


@thorough
@given(oracle.problems(lotteries=("order",)), SEEDS)
def test_cohort_is_the_best_lawful_one_that_the_order_picks(problem, seed):
    outcome = select(problem, seed, explain=False)

    left = oracle.optimal(problem)
    if not left:
        assert isinstance(outcome, NoCohort)
        return
    assert isinstance(outcome, Outcome)
    values = tuple(a.value for a in outcome.priorities)
    assert (len(outcome.selected), *values) == oracle.scores(problem, left[0])
    assert values == tuple(a.bound for a in outcome.priorities)
    for code in outcome.drawn:
        left = [cohort for cohort in left if code in cohort] or left
    assert [frozenset(outcome.selected)] == left


@thorough
@given(oracle.problems(lotteries=("leximin", "maximin", "uniform")), SEEDS)
def test_cohort_is_an_optimal_one_of_the_types_that_the_ticket_draws(problem, seed):
    outcome = select(problem, seed, explain=False)

    best = oracle.optimal(problem)
    if not best:
        assert isinstance(outcome, NoCohort)
        return
    assert isinstance(outcome, Outcome)
    assert frozenset(outcome.selected) in best
    assert outcome.ticket is not None
    assert 0 <= outcome.ticket < outcome.lottery.total
    if outcome.lottery.cohorts:
        counts = outcome.lottery.drawn_by(outcome.ticket)
        assert counts == tuple(
            sum(code in outcome.selected for code in codes) for codes in outcome.types
        )
    for codes in outcome.types:
        order = [code for code in outcome.drawn if code in codes]
        seated = [code for code in order if code in outcome.selected]
        assert seated == order[: len(seated)]


@thorough
@given(oracle.problems(lotteries=("leximin", "maximin", "uniform")))
def test_odds_are_exact_and_equal_for_equals(problem):
    outcome = select(problem, "seed", explain=False)

    if isinstance(outcome, NoCohort):
        return
    best = oracle.optimal(problem)
    odds = {p.code: p.odds for p in outcome.people if p.result != "excluded"}
    assert set(odds) == {code for codes in outcome.types for code in codes}
    assert sum(odds.values()) == len(outcome.selected)
    assert all(isinstance(value, Fraction) for value in odds.values())
    for codes in outcome.types:
        assert len({odds[code] for code in codes}) == 1
    for code, value in odds.items():
        assert 0 <= value <= 1
        assert (value == 0) == (not any(code in cohort for cohort in best))
        if all(code in cohort for cohort in best):
            assert value == 1
    assert all(odds[code] == 1 for code in problem.must_in)
    assert [p.code for p in outcome.people if p.odds is None] == sorted(
        problem.must_out
    )


@thorough
@given(oracle.problems())
def test_types_are_the_people_whom_no_rule_tells_apart(problem):
    pool = Types(problem)

    def mark(person: Candidate) -> tuple[object, ...]:
        own, limits = person.attributes, problem.limits
        alone = frozenset({person.code})
        return (
            person.code in problem.must_in,
            own["organisation"] if limits.per_organisation else "",
            *(own[quota.attribute] == quota.value for quota in limits.quotas),
            *(
                own[priority.attribute]
                if isinstance(priority, Coverage | Balance)
                else oracle.score(problem, priority, alone)
                for priority in problem.priorities
            ),
        )

    groups: dict[object, list[str]] = {}
    for person in problem.pool:
        groups.setdefault(mark(person), []).append(person.code)
    assert sorted(list(t.codes) for t in pool.types) == sorted(groups.values())


@thorough
@given(
    oracle.problems(lotteries=("leximin", "maximin", "uniform", "order")),
    SEEDS,
    st.randoms(use_true_random=False),
)
def test_order_of_the_input_changes_nothing(problem, seed, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    limits = problem.limits
    again = replace(
        problem,
        candidates=shuffled(problem.candidates),
        limits=replace(limits, quotas=shuffled(limits.quotas)),
    )

    assert again == problem
    assert select(again, seed) == select(problem, seed)


@thorough
@given(oracle.problems())
def test_colliding_limits_are_irreducible(problem):
    outcome = select(problem, "seed")

    if isinstance(outcome, NoCohort):
        assert_irreducible(problem, outcome.limits, oracle.cohorts(problem))


@thorough
@given(oracle.problems())
def test_empty_seats_are_explained_by_an_irreducible_set(problem):
    outcome = select(problem, "seed", explain=False)

    if isinstance(outcome, NoCohort):
        return
    filled = len(outcome.selected)
    if filled == min(problem.limits.seats, len(outcome.drawn)):
        assert outcome.empty_because == ()
    else:
        more = [c for c in oracle.cohorts(problem) if len(c) > filled]
        assert_irreducible(problem, outcome.empty_because, more)


@thorough
@given(oracle.problems(lotteries=("leximin", "leximin", "order")))
def test_every_reason_is_true(problem):
    outcome = select(problem, "seed")

    if isinstance(outcome, NoCohort):
        return
    for person in outcome.people:
        seated = person.result == "selected"
        if person.code in problem.must_out | problem.must_in:
            expected = "excluded" if person.code in problem.must_out else "must_in"
            assert person.reason == Reason(expected)
        elif seated and person.odds == 1:
            assert_reason_without(problem, person.code, person.reason)
        elif not seated:
            assert_reason_with(problem, person.code, person.reason)
        else:
            assert person.reason == Reason("drawn")


def assert_reason_with(problem, code, reason):
    """Assert that ``reason`` says why ``code`` has no seat."""
    cohorts = oracle.lawful(problem)
    with_her = [cohort for cohort in cohorts if code in cohort]
    if not with_her:
        assert reason == Reason("limit", limits=reason.limits)
        every = [c for c in oracle.cohorts(problem) if code in c]
        assert_irreducible(problem, reason.limits, every)
        return
    assert reason == expected(problem, cohorts, with_her, "", "not_drawn")


def assert_reason_without(problem, code, reason):
    """Assert that ``reason`` says why ``code`` has a seat in any case."""
    cohorts = oracle.lawful(problem)
    without = [cohort for cohort in cohorts if code not in cohort]
    if not without:
        assert reason == Reason("limit_without", limits=reason.limits)
        every = [c for c in oracle.cohorts(problem) if code not in c]
        assert_irreducible(problem, reason.limits, every)
        return
    assert reason == expected(problem, cohorts, without, "_without", "nobody_gains")


def expected(problem, cohorts, changed, ending, otherwise):
    now = oracle.scores(problem, oracle.optimal(problem, cohorts)[0])
    then = oracle.scores(problem, oracle.optimal(problem, changed)[0])
    for number, (before, after) in enumerate(zip(now, then, strict=True)):
        if before != after and number == 0:
            return Reason(f"fewer_seats{ending}", {"before": before, "after": after})
        if before != after:
            change = {"priority": number, "before": before, "after": after}
            return Reason(f"would_harm{ending}", change)
    return Reason(otherwise)


def assert_irreducible(problem, limits, wanted):
    def possible(kept):
        return any(
            all(oracle.keeps(problem, limit, cohort) for limit in kept)
            for cohort in wanted
        )

    assert not possible(limits)
    for limit in limits:
        assert possible([other for other in limits if other is not limit])
    everything = oracle.named(problem)
    assert all(limit in everything for limit in limits)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(problem=oracle.problems(lotteries=("leximin", "uniform", "order")))
def test_which_equal_answer_the_solver_gives_changes_nothing(monkeypatch, problem):
    usual = select(problem, "seed")

    with monkeypatch.context() as patch:
        patch.setitem(program.OPTIONS, "random_seed", 7)
        patch.setitem(program.OPTIONS, "presolve", "off")
        other = select(problem, "seed")
    if problem.lottery == "leximin" and isinstance(usual, Outcome):
        # Which cohorts give the odds may differ; the odds may not.
        assert [(p.code, p.odds) for p in other.people] == [
            (p.code, p.odds) for p in usual.people
        ]
        assert other.priorities == usual.priorities
    else:
        assert other == usual
