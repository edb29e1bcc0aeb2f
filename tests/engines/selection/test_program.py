"""The solver is believed only after exact arithmetic."""

from concurrent.futures import ThreadPoolExecutor

import highspy
import pytest

from mosty.engines.selection import (
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    Prefer,
    Problem,
    Quota,
    SolverFailed,
    select,
)
from mosty.engines.selection.check import faults, values
from mosty.engines.selection.optimum import Optimum, judge, optimum
from mosty.engines.selection.program import Program
from mosty.engines.selection.types import Types


@pytest.fixture
def knapsack() -> Program:
    """Maximise 5a + 4b under 3a + 2b <= 7: two of a leave nothing for b."""
    program = Program()
    program.add_column(0, 2)
    program.add_column(0, 3)
    program.add_row({0: 3, 1: 2}, None, 7)
    return program


def test_optimum_is_integer_and_proven(knapsack):
    answer = knapsack.maximise({0: 5, 1: 4})

    assert (answer.point, answer.value, answer.bound) == ((1, 2), 13, 13)
    assert knapsack.minimise({0: 5, 1: 4}).value == 0


def test_rows_that_contradict_each_other_have_no_point(knapsack):
    knapsack.add_row({0: 1, 1: 1}, 4, None)

    assert knapsack.any_point() is None
    assert knapsack.maximise({0: 1}) is None


def test_trial_leaves_no_trace(knapsack):
    with knapsack.trial():
        column = knapsack.add_column(0, 9)
        knapsack.add_row({column: 1, 0: 1}, 5, None)
        knapsack.set_bounds(0, 2, 2)
        knapsack.set_row(0, None, None)
        assert knapsack.maximise({0: 5, 1: 4}).value == 22

    assert knapsack.maximise({0: 5, 1: 4}).point == (1, 2)


def test_answer_that_breaks_a_row_is_refused(knapsack):
    # The solver is told less than the programme knows.
    knapsack._highs.changeRowBounds(0, -highspy.kHighsInf, highspy.kHighsInf)

    with pytest.raises(SolverFailed, match="row 0"):
        knapsack.maximise({0: 5, 1: 4})


def test_answer_out_of_bounds_is_refused(knapsack):
    knapsack._highs.changeColBounds(1, 0, 9)
    knapsack.set_row(0, None, None)

    with pytest.raises(SolverFailed, match="column 1"):
        knapsack.maximise({0: 5, 1: 4})


def test_answer_without_proof_is_refused(knapsack):
    knapsack._highs.setOptionValue("mip_rel_gap", 1.0)
    knapsack._highs.changeObjectiveOffset(-3.0)

    with pytest.raises(SolverFailed, match="not proven"):
        knapsack.maximise({0: 5, 1: 4})


def test_solver_that_gives_up_is_no_answer(knapsack):
    knapsack._highs.setOptionValue("time_limit", 0.0)

    with pytest.raises(SolverFailed, match="ended with"):
        knapsack.maximise({0: 5, 1: 4})


def test_solver_used_otherwise_in_this_process_is_no_hindrance():
    other = highspy.Highs()
    other.setOptionValue("output_flag", False)
    other.setOptionValue("threads", 2)
    other.addVar(0, 3)
    other.run()

    program = Program()
    program.add_column(0, 3)
    assert program.maximise({0: 1}).value == 3


def test_threads_do_not_disturb_each_other():
    with ThreadPoolExecutor(4) as executor:
        found = list(executor.map(lambda _: select(CALL, "seed"), range(8)))

    assert found == [select(CALL, "seed")] * 8


CALL = Problem(
    candidates=tuple(
        Candidate(code, {"organisation": organisation, "gender": gender})
        for code, organisation, gender in (
            ("A", "krakow", "f"),
            ("B", "krakow", "f"),
            ("C", "lublin", "m"),
            ("D", "lodz", "m"),
        )
    ),
    limits=Limits(3, 1, 1, (Quota("gender", "m", 1, 1),)),
    priorities=(Coverage("organisation"), Balance("gender")),
    must_in=frozenset("A"),
    must_out=frozenset("D"),
)


@pytest.mark.parametrize(
    ("cohort", "found"),
    (
        ("AC", []),
        ("AD", ["the cohort is not a set of people from the pool"]),
        ("AAC", ["the cohort is not a set of people from the pool"]),
        ("BC", ["without ['A']"]),
        ("AB", ["0 with gender = m", "2 from krakow", "only 0 from lublin"]),
    ),
)
def test_judge_names_every_fault(cohort, found):
    assert faults(CALL, list(cohort)) == found


@pytest.mark.parametrize(
    ("limits", "found"),
    (
        (Limits(2, seats_least=2), []),
        (Limits(3, seats_least=3), ["2 people, fewer than 3"]),
        (Limits(1), ["2 people on 1 seats"]),
        (Limits(2, quotas=(Quota("gender", "f", 2),)), ["1 with gender = f"]),
        (Limits(2, quotas=(Quota("gender", "f", 0, 0),)), ["1 with gender = f"]),
        (Limits(2, 2), ["only 1 from krakow"]),
        (Limits(2, 0, 0), ["1 from krakow", "1 from lublin"]),
        (
            Limits(2, 0, 0, organisation_more=(("krakow", 1),)),
            ["1 from lublin"],
        ),
    ),
)
def test_judge_knows_each_limit(limits, found):
    problem = Problem(CALL.candidates, limits, must_out=frozenset("D"))

    assert faults(problem, ["A", "C"]) == found


def test_judge_computes_the_priorities():
    # Two of two organisations; |2 * 1 - 3| + |2 * 2 - 3|.
    assert values(CALL, list("ABC")) == (2, 2)


def test_judge_refuses_a_cohort_that_is_worse_or_unlawful():
    found = optimum(Types(CALL))

    judge(found, ["A", "C"])
    with pytest.raises(SolverFailed, match="breaks a limit"):
        judge(found, ["A", "B"])
    found.stages[1] = found.stages[0]
    found.stages[2] = found.stages[0]
    with pytest.raises(SolverFailed, match="reaches"):
        judge(found, ["A", "C"])


def test_people_whom_no_rule_can_tell_apart_are_one_type():
    pool = Types(CALL)

    # A and B differ in nothing but that A must be in.
    assert [type_.codes for type_ in pool.types] == [("B",), ("C",), ("A",)]
    assert [type_.floor for type_ in pool.types] == [0, 0, 1]


def test_nobody_is_impossible_without_a_reason(monkeypatch):
    # Two answers of the solver that contradict each other are not explained away.
    monkeypatch.setattr(Optimum, "best_with", lambda self, t: None)
    people = (Candidate("A", {"gender": "f"}), Candidate("B", {"gender": "m"}))
    women = Prefer(Condition.of({"gender": ["f"]}), "women")

    with pytest.raises(SolverFailed):
        select(Problem(people, Limits(1), (women,)), "seed")
