"""The memory of seats in trials, comparisons and repeats."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.nominations.rules import parse
from mosty.selection.actions import runs
from mosty.selection.models import Offer
from mosty.selection.queries import pool
from tests.selection.memory.given import MEMORY, WORDS_EN, address


def test_a_trial_can_forget_and_a_comparison_says_so(
    run, remembering, coordinator, signed_in, now
):
    trial = runs.what_if(
        call=remembering,
        rules={**remembering.rules.as_json(), "priorities": []},
        actor=coordinator,
        now=now,
    )
    assert trial.earlier is None
    page = (
        signed_in(coordinator)
        .get(reverse("selection:compare", args=[run.pk, trial.pk]))
        .context["page"]
    )
    assert [(row.what, row.before, row.after) for row in page.rules] == [
        (f"Place of a priority ({WORDS_EN})", "1", "–")
    ]
    assert page.priorities[0].before == (
        "earlier seats of everybody's city, added up: 1"
    )


def test_seats_counted_otherwise_are_said_where_two_runs_are_compared(
    run, remembering, coordinator, signed_in, cities, took, now
):
    took("third", -20, [cities[1]])
    rules = remembering.rules.as_json()
    trial = runs.what_if(call=remembering, rules=rules, actor=coordinator, now=now)
    path = reverse("selection:compare", args=[run.pk, trial.pk])
    page = signed_in(coordinator).get(path).context["page"]
    assert [row.in_words() for row in page.rules] == ["Earlier seats (Rzeszów): 1 → 2"]
    assert page.pools.is_same


def test_a_draw_that_was_asked_for_with_other_seats_is_another_input(
    remembering, took, cities, coordinator, now
):
    first = runs.what_if(
        call=remembering,
        rules=remembering.rules.as_json(),
        actor=coordinator,
        now=now,
    )
    took("third", -10, [cities[2]])
    second = runs.what_if(
        call=remembering,
        rules=remembering.rules.as_json(),
        actor=coordinator,
        now=now,
    )
    assert first.input_digest != second.input_digest
    assert [row["call"] for row in second.earlier] == ["first", "second", "third"]


OTHERS = [
    {"kind": "coverage", "attribute": "organisation"},
    {"kind": "prefer", "who": {"experience": ["little"]}},
    {"kind": "balance", "attribute": "department"},
    {"kind": "balance", "attribute": "organisation"},
]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=25,
)
@given(
    priorities=st.lists(st.sampled_from(OTHERS), unique_by=str),
    seats=st.integers(1, 8),
)
def test_rules_without_it_give_the_engine_what_they_always_gave(
    remembering, priorities, seats
):
    rules = parse(
        {
            **remembering.rules.as_json(),
            "priorities": priorities,
            "seats": seats,
            "most": 1,
        }
    )
    gathered = pool.gather(remembering, rules)
    assert gathered.earlier is None
    # As it would be if nobody had ever had a seat.
    with transaction.atomic():
        Offer.objects.all().delete()
        assert pool.gather(remembering, rules) == gathered
        transaction.set_rollback(True)
    problem = gathered.problem(rules)
    assert [type(one).__name__.lower() for one in problem.priorities] == [
        one["kind"] for one in priorities
    ]


def test_a_run_without_it_shows_nothing_of_it(
    closed, took, cities, coordinator, signed_in, now
):
    took("first", -60, cities)
    run = runs.draw(call=closed, actor=coordinator, now=now)
    assert run.earlier is None
    page = signed_in(coordinator).get(reverse("selection:run", args=[run.pk]))
    assert page.context["page"].remembered is None
    assert 'id="remembered"' not in page.content.decode()
    decision = run.decisions.first()
    page = signed_in(coordinator).get(address(decision))
    assert page.context["page"].city_seats is None


@pytest.mark.parametrize("count", (1, 3))
def test_the_run_page_takes_constant_queries_however_many_courses_count(
    remembering, took, cities, coordinator, signed_in, now, count
):
    def asked(run):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("selection:run", args=[run.pk]))
        return len(queries)

    for number in range(count):
        took(f"other{number}", -10, cities)
    rules = remembering.rules.as_json()
    with_it, without = (
        runs.what_if(
            call=remembering,
            rules={**rules, "priorities": priorities},
            actor=coordinator,
            now=now,
        )
        for priorities in ([MEMORY], [])
    )
    client = signed_in(coordinator)
    asked(without)
    # Seats of this run by city, the cities, and the calls that count.
    assert asked(with_it) - asked(without) == 3
