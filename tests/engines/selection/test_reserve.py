"""The reserve list and who replaces whom."""

from collections import Counter
from dataclasses import replace as replaced

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.engines.selection import (
    BadProblem,
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    NamedLimit,
    NoCohort,
    Outcome,
    Prefer,
    Problem,
    Quota,
    Reason,
    Replacement,
    replace,
    select,
)
from tests.engines.selection import oracle

thorough = settings(max_examples=80, deadline=None)


def person(code: str, organisation: str, gender: str = "f") -> Candidate:
    return Candidate(code, {"organisation": organisation, "gender": gender})


@thorough
@given(oracle.problems(lotteries=("leximin", "order")))
def test_each_place_goes_to_the_best_person_to_add(problem):
    outcome = select(problem, "seed", explain=False)

    if isinstance(outcome, NoCohort):
        return
    rest = [code for code in outcome.drawn if code not in outcome.selected]
    assert len(outcome.reserve) == min(problem.reserve, len(rest))
    cohort = frozenset(outcome.selected)
    for code in outcome.reserve:
        assert code == max(
            rest,
            key=lambda c: (
                room(problem, cohort, c),
                oracle.rank(problem, cohort | {c}),
                -rest.index(c),
            ),
        )
        rest.remove(code)
        cohort |= {code}


def room(problem: Problem, cohort: frozenset[str], code: str) -> bool:
    """Test if ``code`` has a place below each upper limit but the seats."""
    attributes = {p.code: p.attributes for p in problem.candidates}
    seated = [attributes[c] for c in cohort]
    hers = attributes[code]
    most = problem.limits.per_organisation_most
    if most is not None:
        most += dict(problem.limits.organisation_more).get(hers["organisation"], 0)
    places = [("organisation", hers["organisation"], most)]
    places += [
        (q.attribute, q.value, q.most)
        for q in problem.limits.quotas
        if hers[q.attribute] == q.value
    ]
    return all(
        most is None or Counter(p[name] for p in seated)[value] < most
        for name, value, most in places
    )


def test_reserve_serves_the_priorities_and_then_the_draw():
    problem = Problem(
        candidates=(
            person("A", "krakow"),
            person("B", "krakow"),
            person("C", "lublin"),
            person("D", "krakow", "m"),
        ),
        limits=Limits(1),
        priorities=(
            Prefer(Condition.of({"gender": ["m"]}), "men"),
            Coverage("organisation"),
        ),
        reserve=3,
    )

    outcome = select(problem, "seed")

    assert outcome.selected == ("D",)
    ties = sorted("AB", key=outcome.drawn.index)
    assert outcome.reserve == ("C", *ties)


def test_those_at_an_upper_limit_come_last():
    problem = Problem(
        candidates=(person("A", "krakow"), person("B", "krakow"), person("C", "lodz")),
        limits=Limits(1, per_organisation_most=1),
        priorities=(
            Prefer(Condition.of({"organisation": ["krakow"]}), "Krakow"),
            Balance("gender"),
        ),
        reserve=2,
    )

    outcome = select(problem, "seed")

    assert outcome.reserve == ("C", *sorted({"A", "B"} - set(outcome.selected)))


@st.composite
def gone_from(draw: st.DrawFn, outcome: Outcome) -> frozenset[str]:
    """Return who of those selected still sits after some have left, mostly one."""
    if not outcome.selected:
        return frozenset()
    gone = draw(
        st.sets(st.sampled_from(outcome.selected), max_size=1)
        | st.sets(st.sampled_from(outcome.selected))
    )
    return frozenset(outcome.selected) - gone


@settings(max_examples=300, deadline=None)
@given(oracle.problems(most_people=8), st.data())
def test_replacement_is_the_first_of_the_list_in_a_best_completion(problem, data):
    # All who have no seat are on the list, or there would be little to choose from.
    problem = replaced(problem, reserve=8)
    outcome = select(problem, "seed", explain=False)
    if isinstance(outcome, NoCohort):
        return
    seated = data.draw(gone_from(outcome))
    stayed = data.draw(st.sets(st.sampled_from(outcome.reserve or ("",)))) or set()
    reserve = [code for code in outcome.reserve if code in stayed]

    found = replace(problem, seated, reserve)

    left = Problem(
        tuple(p for p in problem.candidates if p.code in {*seated, *reserve}),
        problem.limits,
        problem.priorities,
    )
    completions = [c for c in oracle.lawful(left) if seated <= c]
    best = oracle.optimal(left, completions) if problem.priorities else completions
    fitting = [code for code in reserve if any(code in cohort for cohort in best)]
    assert found.code == next(iter(fitting), None)
    before = reserve.index(found.code) if found.code else len(reserve)
    assert [code for code, _ in found.skipped] == reserve[:before]
    for code, reason in found.skipped:
        hers = [cohort for cohort in completions if code in cohort]
        if hers:
            assert reason == suffers(left, best[0], oracle.optimal(left, hers)[0])
            continue
        assert reason.code == "limit"
        wanted = [c for c in oracle.cohorts(left) if seated | {code} <= c]
        assert not any(lawful_by(left, reason.limits, c) for c in wanted)
        for limit in reason.limits:
            rest = [other for other in reason.limits if other is not limit]
            assert any(lawful_by(left, rest, c) for c in wanted)


def suffers(problem: Problem, best: frozenset[str], hers: frozenset[str]) -> Reason:
    """Return what is worse in the best completion with her, and by how much."""
    values = zip(
        oracle.scores(problem, best), oracle.scores(problem, hers), strict=True
    )
    number, (before, after) = next(
        (number, pair) for number, pair in enumerate(values) if pair[0] != pair[1]
    )
    change = {"before": before, "after": after}
    if number == 0:
        return Reason("fewer_seats", change)
    return Reason("would_harm", {"priority": number, **change})


@thorough
@given(oracle.problems(most_people=8), st.data())
def test_seats_filled_one_after_the_other_are_filled_as_well_as_all_at_once(
    problem, data
):
    problem = replaced(problem, reserve=8)
    outcome = select(problem, "seed", explain=False)
    if isinstance(outcome, NoCohort) or not problem.priorities:
        return
    seated = data.draw(gone_from(outcome))
    left = Problem(
        tuple(p for p in problem.candidates if p.code in {*seated, *outcome.reserve}),
        problem.limits,
        problem.priorities,
    )
    completions = [c for c in oracle.lawful(left) if seated <= c]

    filled, waiting = seated, list(outcome.reserve)
    while (code := replace(problem, filled, waiting).code) is not None:
        filled |= {code}
        waiting.remove(code)

    if completions:
        assert filled in oracle.optimal(left, completions)
    else:
        assert filled == seated


def lawful_by(problem, limits, cohort):
    return all(oracle.keeps(problem, limit, cohort) for limit in limits)


CALL = Problem(
    candidates=(
        person("A", "krakow"),
        person("B", "krakow"),
        person("C", "lublin", "m"),
        person("D", "krakow"),
        person("E", "lodz", "m"),
        person("F", "lodz"),
    ),
    limits=Limits(3, per_organisation_most=2, quotas=(Quota("gender", "m", least=1),)),
    must_out=frozenset("F"),
)
WOMEN_ONLY = NamedLimit(
    "quota_least", {"attribute": "gender", "value": "m", "least": 1}
)


def test_replacement_passes_over_whom_the_limits_forbid():
    found = replace(CALL, frozenset("AB"), ("F", "A", "D", "E"))

    assert found == Replacement(
        "E",
        (
            ("F", Reason("excluded")),
            ("A", Reason("already_seated")),
            (
                "D",
                Reason("limit", limits=(NamedLimit("organisation_most", {"most": 2}),)),
            ),
        ),
    )


def test_least_number_may_be_reached_with_the_seats_still_free():
    assert replace(CALL, frozenset("A"), ("B", "E")).code == "B"


def test_least_number_may_not_be_given_up():
    # The last seat: with B no man could come in any more.
    found = replace(CALL, frozenset("AF"), ("B", "E"))

    assert found.code == "E"
    assert found.skipped[0][1].limits == (WOMEN_ONLY, NamedLimit("seats", {"seats": 3}))


def test_nobody_replaces_nobody():
    found = replace(CALL, frozenset("ABC"), ("E",))

    assert found == Replacement(
        None, (("E", Reason("limit", limits=(NamedLimit("seats", {"seats": 3}),))),)
    )


def test_organisation_whose_people_all_withdrew_blocks_nobody():
    problem = Problem(
        candidates=(person("A", "krakow"), person("B", "lodz"), person("C", "lodz")),
        limits=Limits(2, per_organisation_least=1),
    )

    assert replace(problem, frozenset("B"), ("C",)).code == "C"


def test_must_in_who_withdrew_blocks_nobody():
    problem = Problem(
        (person("A", "krakow"), person("B", "lodz")), Limits(1), must_in=frozenset("A")
    )

    assert replace(problem, frozenset(), ("B",)).code == "B"


def test_priorities_are_asked_as_they_stand_now():
    # At the draw both cities had a seat. Then the only person from Lublin left: with B
    # one city is covered, with C two, so C comes in although B is first on the list.
    problem = Problem(
        candidates=(
            person("A", "krakow"),
            person("B", "krakow"),
            person("C", "lublin"),
            person("D", "lublin"),
        ),
        limits=Limits(2),
        priorities=(Coverage("organisation"),),
    )

    found = replace(problem, frozenset("A"), ("B", "C"))

    harm = {"priority": 1, "before": 2, "after": 1}
    assert found == Replacement("C", (("B", Reason("would_harm", harm)),))
    assert replace(problem, frozenset("D"), ("B", "C")) == Replacement("B", ())


TWO_IN_ONE = Problem(
    candidates=(
        Candidate("A", {"gender": "m", "level": "x"}),
        Candidate("B", {"gender": "m", "level": "y"}),
        Candidate("C", {"gender": "f", "level": "x"}),
    ),
    limits=Limits(
        2, quotas=(Quota("gender", "m", most=1), Quota("level", "x", most=1))
    ),
    priorities=(Coverage("level"),),
)


def test_who_would_keep_a_seat_empty_is_passed_over():
    found = replace(TWO_IN_ONE, frozenset(), "ABC")

    harm = {"before": 2, "after": 1}
    assert found == Replacement("B", (("A", Reason("fewer_seats", harm)),))


def test_without_priorities_the_list_alone_decides():
    problem = replaced(TWO_IN_ONE, priorities=())

    assert replace(problem, frozenset(), "ABC") == Replacement("A", ())


def test_balance_is_over_the_groups_that_are_left():
    # Of the third level everybody has left: x and y are to be even between them.
    problem = Problem(
        candidates=tuple(
            Candidate(code, {"level": level})
            for code, level in zip("ABCDEFG", "xxxyxyz", strict=True)
        ),
        limits=Limits(5),
        priorities=(Balance("level"),),
    )

    found = replace(problem, frozenset("ABCD"), "EF")

    # With F |2*3-5| + |2*2-5| = 2, with E |2*4-5| + |2*1-5| = 6.
    harm = {"priority": 1, "before": 2, "after": 6}
    assert found == Replacement("F", (("E", Reason("would_harm", harm)),))


def test_unknown_code_is_refused():
    with pytest.raises(BadProblem) as refusal:
        replace(CALL, frozenset("A"), ("Z",))

    assert (refusal.value.code, refusal.value.params) == ("unknown_code", {"code": "Z"})


def test_excluded_person_is_not_counted_on():
    # The only man left must not come, so the quota can no longer be met.
    left = Problem(CALL.candidates, CALL.limits, must_out=frozenset("CE"))

    assert replace(left, frozenset("A"), ("B", "C", "E")).code is None


def test_reserve_balances_the_cohort_with_one_seat_more():
    problem = Problem(
        candidates=tuple(
            Candidate(code, {"level": level})
            for code, level in zip("ABCDEF", "xxyxyz", strict=True)
        ),
        limits=Limits(3),
        priorities=(Prefer(Condition.of({"level": "xy"}), "x, y"), Balance("level")),
        reserve=1,
        must_in=frozenset("ABC"),
    )

    outcome = select(problem, "0")

    assert outcome.drawn.index("D") < outcome.drawn.index("E")
    # With D |3*3-4| + |3*1-4| + 4 = 10, with E |3*2-4| + |3*2-4| + 4 = 8.
    assert outcome.reserve == ("E",)
