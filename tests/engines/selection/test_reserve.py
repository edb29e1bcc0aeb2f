"""The reserve list and who replaces whom."""

from collections import Counter

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


@thorough
@given(oracle.problems(), st.data())
def test_replacement_is_the_first_with_whom_the_limits_can_hold(problem, data):
    outcome = select(problem, "seed", explain=False)
    if isinstance(outcome, NoCohort):
        return
    gone = (
        data.draw(st.sets(st.sampled_from(outcome.selected)))
        if outcome.selected
        else set()
    )
    seated = frozenset(outcome.selected) - gone

    found = replace(problem, seated, outcome.reserve)

    available = seated | set(outcome.reserve)
    left = Problem(
        tuple(p for p in problem.candidates if p.code in available), problem.limits
    )
    fitting = [
        code
        for code in outcome.reserve
        if any(seated | {code} <= cohort for cohort in oracle.lawful(left))
    ]
    assert found.code == next(iter(fitting), None)
    before = outcome.reserve.index(found.code) if found.code else len(outcome.reserve)
    assert [code for code, _ in found.skipped] == list(outcome.reserve[:before])
    for code, reason in found.skipped:
        assert reason.code == "limit"
        wanted = [c for c in oracle.cohorts(left) if seated | {code} <= c]
        assert not any(lawful_by(left, reason.limits, c) for c in wanted)
        for limit in reason.limits:
            rest = [other for other in reason.limits if other is not limit]
            assert any(lawful_by(left, rest, c) for c in wanted)


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
