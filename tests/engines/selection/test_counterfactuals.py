"""What would have changed everybody's chance: the same as asking one by one, for less."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from mosty.engines import selection as engine
from mosty.engines.selection import sentences, what_if
from mosty.engines.selection.what_if import Counterfactual


def person(code, city, post="old"):
    return engine.Candidate(code, {"organisation": city, "post": post})


# Odds that nobody has, so that every change is told.
NOBODYS = Fraction(-1)
COVERAGE = engine.Coverage("organisation")
NEW = engine.Prefer(engine.Condition.of({"post": ["new"]}), "new")


def a_problem(seed):
    """Return a small problem with limits that bind some cities and not others."""
    source = random.Random(seed)  # noqa: S311 - an example, no secret
    people = [
        person(f"P{n}", source.choice("abc"), source.choice(["new", "old"]))
        for n in range(source.randint(3, 9))
    ]
    priorities = [COVERAGE, NEW, engine.Balance("post")]
    source.shuffle(priorities)
    return engine.Problem(
        tuple(people),
        engine.Limits(
            source.randint(1, 5),
            per_organisation_most=source.choice([None, 1, 2, 2]),
            quotas=(engine.Quota("post", "old", 0, source.choice([None, 1, 2])),),
        ),
        tuple(priorities[: source.randint(0, 3)]),
    )


@pytest.mark.parametrize("seed", range(40))
def test_all_at_once_is_one_by_one_without_what_changes_nothing(seed):
    problem = a_problem(seed)
    odds = engine.prepare(problem).odds
    assert engine.counterfactuals(problem, odds) == {
        code: [
            one
            for one in engine.counterfactuals(problem, {code: NOBODYS})[code]
            if one.odds != odds[code]
        ]
        for code in odds
    }


@pytest.fixture
def three():
    """Return a problem of three people for one seat, two of them of one city."""
    people = (person("A", "a"), person("B", "a"), person("C", "b", "new"))
    return engine.Problem(
        people, engine.Limits(1, per_organisation_most=1), (NEW, COVERAGE)
    )


def test_only_what_changes_the_chance_is_told(three):
    odds = engine.prepare(three).odds
    assert odds == {"A": 0, "B": 0, "C": 1}
    half = Counterfactual("one_more_seat", {"seats": 2}, Fraction(1, 2))

    found = engine.counterfactuals(three, odds)
    assert found == {"A": [half], "B": [half], "C": []}


def test_nobody_is_asked_about_who_was_not_named(three):
    assert list(engine.counterfactuals(three, {"A": Fraction(0)})) == ["A"]


@pytest.mark.parametrize(
    ("most", "problems"),
    (
        # all rules, at most, two priorities; one seat more, their other order
        (2, 6),
        # and one more of the city that has two people for one seat
        (1, 7),
        (None, 5),
    ),
)
def test_each_changed_problem_is_solved_once(three, monkeypatch, most, problems):
    limits = replace(three.limits, per_organisation_most=most)
    problem = replace(three, limits=limits)
    solved = []
    prepare = what_if.prepare

    def counted(asked, watch=None):
        solved.append(asked)
        return prepare(asked, watch)

    odds = engine.prepare(problem).odds
    monkeypatch.setattr(what_if, "prepare", counted)
    engine.counterfactuals(problem, odds)
    engine.costs(problem)
    assert len(solved) == problems == engine.number_of_problems(problem)


def test_it_can_be_watched_and_cancelled(three):
    steps = []
    watch = engine.Watch(lambda name, number: steps.append((name, number)))
    odds = engine.prepare(three).odds
    engine.counterfactuals(three, odds, watch)
    assert [step for step in steps if step[0] == "rules"] == [
        ("rules", 0),
        ("rules", 1),
        ("rules", 2),
    ]
    with pytest.raises(engine.Cancelled):
        engine.counterfactuals(three, odds, engine.Watch(cancelled=lambda: True))


def test_without_known_odds_nothing_is_told(three):
    problem = replace(three, lottery="order")
    assert engine.counterfactuals(problem, {"A": Fraction(0)}) == {"A": []}


def test_measured_is_the_first_of_the_costs(three):
    assert engine.measured(three) == engine.costs(three)[0]
    impossible = replace(
        three, limits=replace(three.limits, quotas=(engine.Quota("post", "old", 1),))
    )
    impossible = replace(impossible, must_in=frozenset("C"))
    assert engine.measured(impossible) is None


def test_in_sentences_what_reads_alike_is_left_out():
    changes = [
        ("one_more_seat", {"seats": 5}, "1/2"),
        ("one_more_of_yours", {"most": 3}, "1001/5000"),
        ("other_order", {"first": 1, "second": 2}, "2/5"),
    ]
    words = {1: "as many cities as possible.", 2: "new in post."}.__getitem__
    # 20.02% reads as 20.0%, which it was.
    assert sentences.otherwise(changes, "1/5", "en", words) == [
        "With one seat more, 5, the chance would have been 50.0%.",
        (
            "With priority 2 (new in post) before priority 1 (as many cities as possible),"
            " the chance would have been 40.0%."
        ),
    ]
    assert sentences.otherwise(changes, "1/5", "pl", words) == [
        "Gdyby miejsc było o jedno więcej (5), szansa wynosiłaby 50,0 %.",
        (
            "Gdyby pierwszeństwo 2 (new in post) było ważniejsze niż pierwszeństwo 1"
            " (as many cities as possible), szansa wynosiłaby 40,0 %."
        ),
    ]
