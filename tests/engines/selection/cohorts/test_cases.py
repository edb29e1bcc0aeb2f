"""Cohorts of small problems, worked out by hand."""

from fractions import Fraction

import pytest

from mosty.engines.selection import (
    Achieved,
    BadProblem,
    Balance,
    Candidate,
    Change,
    Condition,
    Coverage,
    Limits,
    NamedLimit,
    NoCohort,
    Prefer,
    Problem,
    Quota,
    Reason,
    select,
)


def people(*rows: str, names: str = "organisation gender") -> tuple[Candidate, ...]:
    """Return candidates from lines such as ``"A krakow f"``."""
    return tuple(
        Candidate(code, dict(zip(names.split(), values, strict=True)))
        for code, *values in (row.split() for row in rows)
    )


def test_priorities_are_lexicographic():
    problem = Problem(
        candidates=people("A krakow f", "B krakow f", "C lublin m", "D lodz m"),
        limits=Limits(2),
        priorities=(
            Prefer(Condition.of({"organisation": ["krakow"]}), "Krakow"),
            Coverage("organisation"),
            Balance("gender"),
        ),
    )

    outcome = select(problem, "seed")

    assert outcome.selected == ("A", "B")
    assert [a.value for a in outcome.priorities] == [2, 1, 4]
    assert outcome.people[2].reason == Reason(
        "would_harm", {"priority": 1, "before": 2, "after": 1}
    )


@pytest.mark.parametrize(
    ("pool", "seats", "wanted", "value"),
    (
        ("xxyyzz", 6, "x", 0),
        ("xxyyzz", 4, "z", 4),  # |3*2-4| + |3*1-4| + |3*1-4|
        ("xxxxyz", 4, "x", 16),  # |3*4-4| + |0-4| + |0-4|
        ("xxxxxyz", 5, "x", 20),
        ("xy", 1, "x", 2),
        ("x", 1, "x", 0),
    ),
)
def test_balance_is_a_whole_distance_from_equal_shares(pool, seats, wanted, value):
    problem = Problem(
        candidates=tuple(
            Candidate(str(number), {"level": level})
            for number, level in enumerate(pool)
        ),
        limits=Limits(seats),
        priorities=(Prefer(Condition.of({"level": wanted}), wanted), Balance("level")),
    )

    assert select(problem, "seed").priorities[1] == Achieved(value, value)


def test_seats_come_before_every_priority():
    problem = Problem(
        candidates=people("A krakow f", "B lublin m", "C lublin m"),
        limits=Limits(3),
        priorities=(Balance("organisation"),),
    )

    assert select(problem, "seed").selected == ("A", "B", "C")


def test_least_per_organisation_is_as_many_as_an_organisation_nominated():
    problem = Problem(
        candidates=people(
            "A krakow f", "B lublin f", "C lublin f", "D lublin f", "E lodz f"
        ),
        limits=Limits(4, per_organisation_least=2),
    )

    outcome = select(problem, "seed")

    assert {"A", "E"} < set(outcome.selected)
    assert len(outcome.selected) == 4


def test_empty_seats_name_what_keeps_them_empty():
    problem = Problem(
        candidates=people("A krakow f", "B krakow f", "C krakow f", "D lublin m"),
        limits=Limits(4, per_organisation_most=2),
    )

    outcome = select(problem, "seed")

    assert len(outcome.selected) == 3
    assert outcome.empty_because == (NamedLimit("organisation_most", {"most": 2}),)
    last = next(p for p in outcome.people if p.result != "selected")
    assert (last.reason, last.odds) == (Reason("not_drawn"), Fraction(2, 3))


def test_somebody_whom_the_limits_forbid_is_told_which():
    problem = Problem(
        candidates=people("A krakow f", "B krakow m"),
        limits=Limits(2, quotas=(Quota("gender", "m", 0, 0),)),
    )

    outcome = select(problem, "seed")

    assert outcome.people[1].reason == Reason(
        "limit",
        limits=(
            NamedLimit("quota_most", {"attribute": "gender", "value": "m", "most": 0}),
        ),
    )


def test_somebody_who_would_cost_a_seat_is_told_so():
    problem = Problem(
        candidates=people("A m x", "B f y", "C m y", names="gender level"),
        limits=Limits(
            2, quotas=(Quota("gender", "m", most=1), Quota("level", "y", most=1))
        ),
    )

    outcome = select(problem, "seed")

    assert outcome.selected == ("A", "B")
    assert outcome.people[2].reason == Reason("fewer_seats", {"before": 2, "after": 1})


def test_collision_of_must_ins_and_a_limit_is_named():
    problem = Problem(
        candidates=people("A krakow f", "B krakow f", "C lublin m"),
        limits=Limits(3, per_organisation_most=1),
        must_in=frozenset("ABC"),
    )

    most = NamedLimit("organisation_most", {"most": 1})
    assert select(problem, "seed") == NoCohort(
        (
            most,
            NamedLimit("must_in", {"code": "A"}),
            NamedLimit("must_in", {"code": "B"}),
        ),
        (Change(most, 1, 2),),
    )


def test_must_in_and_must_out_are_kept_and_told():
    problem = Problem(
        candidates=people("A krakow f", "B krakow f", "C lublin m"),
        limits=Limits(1),
        priorities=(Coverage("organisation"),),
        must_in=frozenset("C"),
        must_out=frozenset("A"),
    )

    outcome = select(problem, "seed")

    told = [(p.code, p.result, p.reason.code) for p in outcome.people]
    assert told == [
        ("A", "excluded", "excluded"),
        ("B", "not_selected", "limit"),
        ("C", "selected", "must_in"),
    ]
    assert outcome.people[0].position is None
    assert set(outcome.drawn) == {"B", "C"}


def test_nobody_nominated_is_an_empty_cohort():
    problem = Problem((), Limits(5), (Coverage("x"), Balance("y")))

    outcome = select(problem, "seed")

    assert outcome.selected == ()
    assert [a.value for a in outcome.priorities] == [0, 0]


def test_without_explanations_the_cohort_is_the_same():
    problem = Problem(
        candidates=people("A krakow f", "B krakow f", "C lublin m"),
        limits=Limits(1),
        priorities=(Prefer(Condition.of({"gender": ["m"]}), "men"),),
    )

    quick = select(problem, "seed", explain=False)

    assert quick.selected == select(problem, "seed").selected == ("C",)
    assert quick.people[0].reason == Reason("not_explained")


@pytest.mark.parametrize("seed", ("", " "))
def test_a_selection_needs_a_seed(seed):
    with pytest.raises(BadProblem) as refusal:
        select(Problem((), Limits(0)), seed)

    assert refusal.value.code == "empty_seed"
