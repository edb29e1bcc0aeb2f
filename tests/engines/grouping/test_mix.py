"""Mixing: what every plan keeps, and that small ones are the best there are."""

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, assume, given, settings

from mosty.engines.draw import Draw
from mosty.engines.errors import BadProblem
from mosty.engines.grouping import NoPlan, Person, Plan, Rules, Task, check, mix
from mosty.engines.grouping.board import Board, named, weights
from mosty.engines.grouping.proof import proven_impossible
from mosty.engines.grouping.record import input_digest
from mosty.engines.grouping.search import search, start
from mosty.engines.grouping.units import units
from tests.engines.grouping import oracle

CALM = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def mixed(task: Task, steps: int = 600) -> Plan | None:
    """Return a plan, or None where the task refuses one."""
    try:
        return mix(task, steps)
    except (BadProblem, NoPlan):
        return None


def academy(n: int, groups: int, rounds: int, *spread: str, seed: str = "s") -> Task:
    """Return the Academy's people: two of every city, as far as they go."""
    people = tuple(
        Person(
            f"P{i:02}",
            {
                "city": f"c{i // 2 if i < 22 else i - 11}",
                "unit": f"u{i % 5}",
                "speaks": "en" if i < 4 else "pl",
            },
        )
        for i in range(n)
    )
    return Task(people, Rules(groups, rounds, spread), seed)


@CALM
@given(oracle.tasks())
def test_plan_keeps_sizes_rules_and_its_word(task):
    plan = mixed(task)
    assume(plan is not None)

    assert check(plan, task.people, task.rules) == []
    assert all(oracle.keeps(task, groups) for groups in plan.rounds)
    everybody = sorted(person.code for person in task.people)
    assert [sorted(sum(groups, ())) for groups in plan.rounds] == (
        [everybody] * task.rules.rounds
    )
    assert {max(map(len, one)) - min(map(len, one)) for one in plan.rounds} <= {0, 1}
    assert tuple(aim.value for aim in plan.aims) == oracle.values(task, plan.rounds)
    assert len(plan.repeated) == plan.aim("repeated").value


@settings(CALM, max_examples=200)
@given(oracle.tasks(most=6, rounds=3))
def test_small_plan_is_the_best_of_all(task):
    try:
        units(task)
    except BadProblem:
        assert oracle.lawful(task) == [] or task.rules.band
        return
    choices = oracle.lawful(task)
    assume(len(choices) ** task.rules.rounds <= 4000)
    if not choices:
        with pytest.raises(NoPlan) as refusal:
            mix(task, 200)
        assert refusal.value.proven
        return

    plan = mix(task, 3000)

    best = oracle.best(task, choices)
    assert tuple(aim.value for aim in plan.aims) == best
    # A bound stands whatever else is given up: below the best of each aim by itself.
    for number, aim in enumerate(plan.aims):
        alone = replace(
            task,
            rules=replace(task.rules, spread=task.rules.spread[number - 1 : number]),
        )
        least = best[0] if number == 0 else _least_alike(alone, choices)
        assert aim.bound <= least


def _least_alike(task: Task, choices: list[oracle.Groups]) -> int:
    return task.rules.rounds * min(
        oracle.values(task, (groups,))[1] for groups in choices
    )


@CALM
@given(oracle.tasks(most=9))
def test_same_input_and_seed_give_the_same_plan_in_any_order(task):
    turned = replace(task, people=task.people[::-1])

    first, again = mixed(task), mixed(turned)

    assert (first and first.rounds) == (again and again.rounds)
    assert input_digest(task) == input_digest(turned)


def seated(parts, rounds):
    """Return rounds of codes as rounds of units, holes where groups are smaller."""
    found = []
    for groups in rounds:
        hole = iter(range(len(parts.codes), len(parts.sizes)))
        own = []
        for group in groups:
            members = sorted({parts.of[code] for code in group})
            own.append(members + [next(hole) for _ in range(parts.places - len(group))])
        found.append(own)
    return found


@CALM
@given(oracle.tasks(most=10))
def test_board_keeps_every_cost_through_exchanges(task):
    plan = mixed(task, 0)
    assume(plan is not None)
    parts = units(task)
    weigh = weights(parts, len(plan.rounds))
    met = frozenset(
        (a, b)
        for groups in task.earlier
        for group in groups
        for a in group
        for b in group
        if a < b
    )
    seats = seated(parts, plan.rounds)
    board = Board(parts, weigh, len(plan.rounds), met)
    board.seat(seats)
    # Everybody sits on it: of an empty board the rest would be true, too.
    assert named(parts, board.seating()) == plan.rounds
    again = Board(parts, weigh, len(plan.rounds), met)

    r, u = len(plan.rounds) - 1, len(parts.codes) - 1
    for v in range(len(parts.sizes)):
        apart = board.group[r][u] != board.group[r][v]
        if apart and parts.sizes[u] == parts.sizes[v]:
            board.exchange(r, u, (v,))
    again.seat(board.seating())

    assert (board.costs, board.next) == (again.costs, again.next)
    assert board.total() == again.total()


@CALM
@given(oracle.tasks(most=10))
def test_search_knows_what_its_seating_costs(task):
    try:
        parts = units(task)
        weigh = weights(parts, task.rules.rounds)
        board = Board(parts, weigh, task.rules.rounds, frozenset())
        start(board, Draw("s"))
    except (BadProblem, NoPlan):
        return

    found = search(board, Draw("s"), 60, 0)

    assert found.cost == board.total()
    assert found.seating == board.seating()


@CALM
@given(oracle.tasks(most=6, rounds=1))
def test_rules_are_proven_to_collide_if_no_round_keeps_them(task):
    try:
        parts = units(task)
    except BadProblem:
        return

    assert proven_impossible(parts) == (oracle.lawful(task) == [])


@pytest.mark.parametrize(("people", "groups", "proven"), ((8, 4, False), (8, 3, True)))
def test_so_many_apart_need_so_many_groups(people, groups, proven):
    apart = tuple((f"P0{a}", f"P0{b}") for a in range(4) for b in range(a))
    # One more who is apart from some of them only.
    rules = Rules(groups, 1, apart=(*apart, ("P04", "P00"), ("P04", "P01")))

    parts = units(replace(academy(people, 1, 1), rules=rules))

    assert proven_impossible(parts) == proven


def test_24_people_of_13_cities_never_meet_twice_nor_somebody_of_their_city():
    for seed in "abcde":
        plan = mix(academy(24, 6, 4, "city", seed=seed))

        assert [(a.code, a.value, a.bound, a.optimal) for a in plan.aims] == [
            ("repeated", 0, 0, True),
            ("spread", 0, 0, True),
        ]
        assert {len(group) for one in plan.rounds for group in one} == {4}
        assert check(plan, plan.task.people, plan.task.rules) == []


def test_plan_of_a_seed_is_fixed_for_ever():
    """Another result for the same input needs another VERSION in the record."""
    plan = mix(academy(9, 3, 2, "city", "unit"), 500)

    assert plan.rounds == (
        (("P00", "P04", "P07"), ("P01", "P03", "P05"), ("P02", "P06", "P08")),
        (("P01", "P02", "P04"), ("P05", "P07", "P08"), ("P00", "P03", "P06")),
    )
    assert plan.steps == 17


def test_long_search_of_a_seed_is_fixed_for_ever():
    plan = mix(academy(13, 3, 4, "city", "unit"), 8000)

    assert [(aim.value, aim.bound) for aim in plan.aims] == [(14, 12), (8, 0), (16, 0)]
    assert sha256(repr(plan.rounds).encode()).hexdigest()[:16] == "d7324aa6229d533c"


def test_pairs_kept_together_do_not_end_the_search_early():
    """They are in every plan, so that reaching the bound without them says nothing."""
    people = tuple(
        Person(f"P{i}", {"city": "k", "unit": unit}) for i, unit in enumerate("xxxxy")
    )
    rules = Rules(3, 1, ("city", "unit"), together=(("P0", "P1"),))

    values = {
        tuple(aim.value for aim in mix(Task(people, rules, seed)).aims)
        for seed in "abcd"
    }

    assert values == {(0, 2, 1)}


def test_23_people_are_as_well_mixed():
    plan = mix(academy(23, 6, 4, "city"))

    assert [aim.value for aim in plan.aims] == [0, 0]
    assert [sorted(map(len, one)) for one in plan.rounds] == [[3, 4, 4, 4, 4, 4]] * 4


def test_first_aim_goes_before_the_second():
    """Ten groups of six: with departments looked at from the start, pairs met again."""
    people = tuple(
        Person(f"P{i:02}", {"city": f"c{i % 20}", "unit": f"u{i * 7 // 3 % 6}"})
        for i in range(60)
    )

    plan = mix(Task(people, Rules(10, 5, ("city", "unit")), "a"), 6000)

    assert [aim.value for aim in plan.aims[:2]] == [0, 0]


def test_who_sat_together_before_is_parted():
    before = mix(academy(24, 6, 1))
    again = replace(academy(24, 6, 3), earlier=before.rounds)

    plan = mix(again)

    assert plan.aim("repeated").value == 0
    pairs = {frozenset((a, b)) for g in before.rounds[0] for a in g for b in g if a < b}
    assert not any(
        pair <= set(group) for one in plan.rounds for group in one for pair in pairs
    )


@pytest.mark.parametrize(
    ("rules", "values"),
    (
        # Everybody in one room meets everybody again.
        (Rules(1, 3), [(2 * 28, 2 * 28)]),
        # Of 8 people in two fours, each round has 12 pairs of 28.
        (Rules(2, 5), [(32, 32)]),
        # Each of a group has one of the other three with her again.
        (Rules(4, 2, ("city",)), [(0, 0), (0, 0)]),
        # Two languages of four people each, in twos: all have met after three rounds.
        (Rules(4, 4, language="speaks"), [(4, 4)]),
        # Pairs that stay together by a rule are no repeats.
        (Rules(4, 3, together=(("P00", "P01"),)), [(0, 0)]),
    ),
)
def test_what_is_proven(rules, values):
    task = replace(academy(8, 1, 1), rules=rules)

    assert [(aim.value, aim.bound) for aim in mix(task, 4000).aims] == values


@pytest.mark.parametrize(
    ("change", "code"),
    (
        ({"rules": Rules(9, 1)}, "groups_over_people"),
        ({"rules": Rules(2, 1, together=(("P00", "P99"),))}, "unknown_person"),
        ({"rules": Rules(2, 1, apart=(("P00", "P00"),))}, "pair_of_one"),
        ({"rules": Rules(2, 1, ("nothing",))}, "person_without_value"),
        ({"people": academy(8, 1, 1).people * 2}, "person_twice"),
        ({"people": (Person(" "),)}, "person_without_code"),
        ({"seed": " "}, "empty_seed"),
        ({"rules": Rules(2, 10**7)}, "too_large_to_mix"),
    ),
)
def test_what_cannot_be_a_task_is_refused(change, code):
    with pytest.raises(BadProblem) as refusal:
        replace(academy(8, 1, 1), **change)

    assert refusal.value.code == code
    assert str(refusal.value)


@pytest.mark.parametrize(
    ("make", "code"),
    (
        (lambda: Rules(0, 1), "fewer_than_one"),
        (lambda: Rules(1, -1), "fewer_than_one"),
        (lambda: Rules(1, 1, ("City", "city ")), "spread_twice"),
        (lambda: Rules(1, 1, tuple("abcdefghi")), "too_many_spreads"),
    ),
)
def test_what_cannot_be_rules_is_refused(make, code):
    with pytest.raises(BadProblem) as refusal:
        make()

    assert refusal.value.code == code


SPEAKING = tuple(
    Person(f"P{i}", {"speaks": own})
    for i, own in enumerate(("pl", "pl, en", "en", "pl", "en", "en"))
)


@pytest.mark.parametrize(
    ("rules", "code"),
    (
        (
            Rules(2, 1, together=(("P0", "P1"), ("P1", "P2")), apart=(("P2", "P0"),)),
            "together_and_apart",
        ),
        (Rules(3, 1, together=(("P0", "P1"), ("P1", "P2"))), "together_too_large"),
        (
            Rules(2, 1, together=(("P0", "P2"),), language="speaks"),
            "together_without_language",
        ),
        (Rules(1, 1, language="speaks"), "language_of_too_few"),
    ),
)
def test_rules_that_contradict_each_other_are_refused(rules, code):
    task = Task(SPEAKING, rules, "s")

    with pytest.raises(BadProblem) as refusal:
        mix(task)

    assert refusal.value.code == code


def test_each_group_shares_a_language():
    plan = mix(Task(SPEAKING, Rules(2, 1, language="speaks"), "s"))

    assert sorted(plan.rounds[0]) == [("P0", "P1", "P3"), ("P2", "P4", "P5")]


def test_many_to_be_apart_are_soon_known_to_be_too_many():
    people = tuple(Person(f"P{i:03}") for i in range(400))
    apart = tuple((f"P{a:03}", f"P{b:03}") for a in range(51) for b in range(a))
    with pytest.raises(NoPlan) as refusal:
        mix(Task(people, Rules(50, 1, apart=apart), "s"), 5)

    assert refusal.value.proven


def test_large_blocks_in_large_groups_are_exchanged():
    """Not every set of five of sixty can be tried for a block of five."""
    people = tuple(Person(f"P{i:03}", {"city": f"c{i % 7}"}) for i in range(120))
    together = tuple(("P000", f"P{i:03}") for i in range(1, 5))
    task = Task(people, Rules(2, 2, ("city",), together=together), "s")

    plan = mix(task, 200)

    assert check(plan, people, task.rules) == []


def test_rules_that_collide_are_proven_to():
    # Four are to be apart from each other in three groups.
    apart = tuple((f"P0{a}", f"P0{b}") for a in range(4) for b in range(a))
    with pytest.raises(NoPlan) as refusal:
        mix(replace(academy(9, 3, 2), rules=Rules(3, 2, apart=apart)), 300)

    assert refusal.value.proven
    assert str(refusal.value) == "No grouping keeps these rules together."


def test_blocks_that_fit_in_no_way_are_proven_to():
    together = (("P00", "P01"), ("P02", "P03"), ("P04", "P05"))
    with pytest.raises(NoPlan) as refusal:
        mix(replace(academy(6, 2, 1), rules=Rules(2, 1, together=together)), 300)

    assert refusal.value.proven


def test_large_rules_that_were_not_kept_are_not_called_impossible():
    people = tuple(Person(f"P{i:03}", {"band": f"b{i % 5}"}) for i in range(400))
    with pytest.raises(NoPlan) as refusal:
        mix(Task(people, Rules(80, 1, band="band"), "s"), 0)

    assert (refusal.value.proven, str(refusal.value)) == (
        False,
        "No grouping was found that keeps these rules together; try more steps.",
    )


@pytest.mark.parametrize("steps", (-1, 10**7 + 1))
def test_steps_have_limits(steps):
    with pytest.raises(BadProblem) as refusal:
        mix(academy(4, 2, 1), steps)

    assert refusal.value.params == {"most": 10**7, "steps": steps}
