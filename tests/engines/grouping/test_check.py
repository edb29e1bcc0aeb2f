"""The independent check: it finds each thing that can be wrong with a plan."""

from dataclasses import replace

import pytest

from mosty.engines.grouping import Aim, Fault, Person, Plan, Rules, Task, check

PEOPLE = tuple(
    Person(code, {"city": city, "speaks": own, "years": years})
    for code, city, own, years in (
        ("A", "k", "pl", "new"),
        ("B", "k", "pl, en", "old"),
        ("C", "l", "en", "new"),
        ("D", "l", "en", "old"),
    )
)
RULES = Rules(2, 2, ("city",))
ROUNDS = ((("A", "B"), ("C", "D")), (("A", "C"), ("B", "D")))
PLAN = Plan(
    Task(PEOPLE, RULES, "s"),
    ROUNDS,
    (Aim("repeated", 0, 0), Aim("spread", 2, 0, "city")),
    (),
)


def faults(rules: Rules = RULES, **changes: object) -> list[Fault]:
    """Return what is wrong with the plan after ``changes``."""
    return check(replace(PLAN, **changes), PEOPLE, rules)


def test_right_plan_has_no_faults():
    assert faults() == []


@pytest.mark.parametrize(
    ("rules", "found"),
    (
        ({"together": (("A", "B"),)}, [Fault("not_together", 1, about=("A", "B"))]),
        ({"apart": (("D", "B"),)}, [Fault("not_apart", 1, 1, ("D", "B"))]),
        ({"language": "speaks"}, [Fault("no_language", 1, 0)]),
        (
            {"band": "years"},
            [Fault("no_band", 1, 0, ("old",)), Fault("no_band", 1, 1, ("new",))],
        ),
    ),
)
def test_broken_rules_are_named(rules, found):
    assert faults(replace(RULES, **rules)) == found


@pytest.mark.parametrize(
    ("last", "found"),
    (
        ((("A", "C", "B"), ("D",)), [Fault("sizes", 1)]),
        ((("A", "C"), ("B", "A")), [Fault("twice", 1), Fault("not_everybody", 1)]),
        ((("A", "C"), ("B",)), [Fault("not_everybody", 1)]),
        ((("A", "C"), ("B", "E")), [Fault("not_everybody", 1)]),
        ((("A", "C"), ("B",), ("D",)), [Fault("groups", 1)]),
    ),
)
def test_wrong_groups_are_named(last, found):
    plan = faults(rounds=(ROUNDS[0], last))

    assert [one for one in plan if one.code not in {"claim", "bound"}] == found


def test_missing_rounds_are_named():
    assert faults(rounds=ROUNDS[:1])[0] == Fault("rounds", -1, about=("1",))


@pytest.mark.parametrize(
    ("aims", "found"),
    (
        ((Aim("repeated", 1, 0),), [Fault("claim", -1, about=("repeated", ""))]),
        ((Aim("repeated", 0, 1),), [Fault("bound", -1, about=("repeated", ""))]),
        (
            (Aim("spread", 1, 0, "city"),),
            [Fault("claim", -1, about=("spread", "city"))],
        ),
        ((Aim("moved", 1, 2),), [Fault("bound", -1, about=("moved", ""))]),
    ),
)
def test_claims_are_counted_again(aims, found):
    assert faults(aims=aims) == found


def test_repeats_that_are_not_listed_are_named():
    assert faults(rounds=(ROUNDS[0],) * 2) == [
        Fault("claim", -1, about=("repeated", "")),
        Fault("claim", -1, about=("spread", "city")),
        Fault("claim", -1, about=("repeated", "list")),
    ]


def test_pairs_that_are_together_by_the_rules_are_no_repeats():
    rules = replace(RULES, together=(("B", "A"), ("D", "C")))
    aims = (Aim("repeated", 0, 0),)

    assert faults(rules, rounds=(ROUNDS[0],) * 2, aims=aims) == []


def test_rounds_that_were_held_are_not_held_against_who_is_here_now():
    held = ((("A", "Z"), ("C",)), ROUNDS[1])

    assert faults(rounds=held, held=1, aims=(Aim("repeated", 1, 0),)) == [
        Fault("claim", -1, about=("repeated", ""))
    ]
