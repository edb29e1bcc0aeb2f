"""A record can be run again, and tells when somebody touched it."""

import json

import pytest

from mosty.engines.selection import (
    BadProblem,
    Candidate,
    Condition,
    Difference,
    Limits,
    Prefer,
    Problem,
    input_digest,
    read,
    run,
    verify,
)

PROBLEM = Problem(
    candidates=tuple(
        Candidate(f"P{number}", {"organisation": "kraków", "level": level})
        for number, level in enumerate("xxyyy")
    ),
    limits=Limits(3),
    priorities=(Prefer(Condition.of({"level": ["x"]}), "first"),),
    reserve=1,
)


@pytest.fixture
def record() -> dict:
    return json.loads(run(PROBLEM, "seed", "a die", explain=True).to_json())


def verified(record: dict) -> list[Difference]:
    return verify(json.dumps(record))


def test_record_holds_what_a_new_run_needs(record):
    assert (record["engine"], record["seed"], record["seed_source"]) == (
        "selection/1",
        "seed",
        "a die",
    )
    assert record["input_digest"] == input_digest(PROBLEM)
    assert verified(record) == []


def test_digest_never_changes():
    assert input_digest(PROBLEM) == (
        "d352230fe86448414d08d21401537e3b5eac2e269d2d9e3b8289b0dd01a2daa5"
    )


def test_record_is_read_as_it_was_written():
    record = run(PROBLEM, "seed", "a die")

    assert read(record.to_json()) == record


def test_same_input_in_another_order_is_the_same_record():
    again = Problem(
        tuple(reversed(PROBLEM.candidates)),
        PROBLEM.limits,
        PROBLEM.priorities,
        PROBLEM.reserve,
    )

    assert run(again, "seed").to_json() == run(PROBLEM, "seed").to_json()


def test_changed_winner_is_found(record):
    selected = record["result"]["selected"]
    (loser,) = {"P2", "P3", "P4"} - set(selected) - set(record["result"]["reserve"])
    winner, selected[2] = selected[2], loser

    assert verified(record) == [
        Difference("record.result.selected[2]", f'"{loser}"', f'"{winner}"')
    ]


def test_changed_input_is_found(record):
    record["input"]["candidates"][0]["attributes"]["level"] = "y"

    paths = [difference.path for difference in verified(record)]

    assert paths[0] == "record.input_digest"
    assert "record.result.priorities[0].value" in paths


@pytest.mark.parametrize(
    "touch",
    (
        lambda result: result["selected"].pop(),
        lambda result: result["reserve"].append("P0"),
        lambda result: result["priorities"][0].update(bound=3),
        lambda result: result["priorities"][0].update(bound=2.0),
        lambda result: result["people"][0]["reason"].update(code="must_in"),
        lambda result: result["drawn"].reverse(),
        lambda result: result.update(note="fair"),
        lambda result: result.pop("seats"),
        lambda result: result.update(people={}),
    ),
)
def test_any_touch_of_the_result_is_found(record, touch):
    touch(record["result"])

    assert len(verified(record)) >= 1


def test_changed_seed_is_found(record):
    # With this other seed, another order is drawn.
    record["seed"] = "another seed"

    assert "record.result.drawn[0]" in {d.path for d in verified(record)}


def test_record_of_another_engine_is_not_run(record):
    record["engine"] = "selection/0"

    assert verified(record) == [Difference("engine", '"selection/0"', '"selection/1"')]


def test_what_is_no_record_is_refused(record):
    del record["seed"]

    with pytest.raises(BadProblem) as refusal:
        verified(record)
    assert refusal.value.params == {"path": "record", "key": "seed"}
