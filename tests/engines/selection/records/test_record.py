"""What a record holds."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.engines.selection import (
    Limits,
    Quota,
    input_digest,
    problem_in,
    run,
    verify,
)
from mosty.engines.selection.model import LOTTERIES
from tests.engines.selection import oracle
from tests.engines.selection.records.given import PROBLEM, TEXT

CONTRADICTION = replace(
    PROBLEM, limits=Limits(3, quotas=(Quota("gender", "f", 3, 3),)), must_in={"P1"}
)


def test_record_holds_what_a_new_run_needs():
    record = json.loads(TEXT)

    assert record["engine"] == {"name": "mosty.engines.selection", "version": "2"}
    assert (record["seed"], record["seed_source"]) == ("seed", "a die")
    assert record["input_sha256"] == input_digest(PROBLEM)
    assert problem_in(TEXT) == PROBLEM
    assert verify(TEXT) == verify(TEXT, full=True) == verify(TEXT + "\n") == []


def test_record_has_the_keys_that_scripts_rely_on():
    record = json.loads(TEXT)

    assert sorted(record) == [
        "certificate",
        "cohorts",
        "digests",
        "distribution",
        "drawn",
        "empty_because",
        "engine",
        "explain",
        "feasible",
        "input",
        "input_sha256",
        "min_odds",
        "odds",
        "odds_exact",
        "people",
        "priorities",
        "public_lottery",
        "reserve",
        "seats",
        "seconds",
        "seed",
        "seed_source",
        "selected",
        "ticket",
        "types",
    ]
    assert record["feasible"] is True
    assert record["selected"] == ["P0", "P1", "P3"]
    assert record["priorities"] == {"prefer first": 2, "memory organisation": 0}
    # P0 and P1 are preferred; of the others, P3 and P4 had no seat before.
    assert record["odds_exact"] == {
        "P0": "1/1",
        "P1": "1/1",
        "P2": "0/1",
        "P3": "1/2",
        "P4": "1/2",
        "P5": "0/1",
    }
    assert record["odds"]["P3"] == 0.5
    assert (record["min_odds"], record["types"], record["cohorts"]) == (0, 6, 2)


def test_record_of_no_cohort_says_what_collides_and_what_would_help():
    text = run(CONTRADICTION, "seed").to_json()
    record = json.loads(text)
    women = {"attribute": "gender", "value": "f", "least": 3}
    limit = {"code": "quota_least", "params": women}

    assert record["feasible"] is False
    assert record["conflict"] == [
        limit,
        {"code": "must_in", "params": {"code": "P1"}},
        {"code": "seats", "params": {"seats": 3}},
    ]
    # Of changes as small as each other, the one that spares what is named first.
    seats = {"code": "seats", "params": {"seats": 3}}
    assert record["relaxation"] == [{"limit": seats, "was": 3, "now": 4}]
    assert verify(text) == verify(text, full=True) == []


def test_digest_never_changes():
    assert input_digest(PROBLEM) == (
        "311b7285c81fc517239bf4bec2539e2930dfd41f809f401813b964f81f8fb5f8"
    )


def test_same_input_in_another_order_is_the_same_record():
    again = replace(PROBLEM, candidates=tuple(reversed(PROBLEM.candidates)))

    assert run(again, "seed", "a die", tickets=12).to_json() == TEXT


@settings(max_examples=60, deadline=None)
@given(oracle.problems(lotteries=LOTTERIES), st.integers(0, 5))
def test_every_record_is_right(problem, tickets):
    if problem.lottery not in {"leximin", "maximin"}:
        tickets = 0
    text = run(problem, "seed", tickets=tickets).to_json()

    assert verify(text) == []
    assert verify(text, full=True) == []
