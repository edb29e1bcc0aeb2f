"""A record can be made again, and tells when somebody touched it."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.engines.reading import canonical
from mosty.engines.selection import (
    BadProblem,
    Candidate,
    Condition,
    Difference,
    Limits,
    Memory,
    Prefer,
    Problem,
    Quota,
    input_digest,
    problem_in,
    run,
    verify,
)
from mosty.engines.selection.model import LOTTERIES
from mosty.engines.selection.record import digests
from tests.engines.selection import oracle

Data = dict[str, Any]

PROBLEM = Problem(
    candidates=tuple(
        Candidate(
            f"P{number}",
            {"organisation": "abc"[number % 3], "level": level, "gender": "fm"[odd]},
        )
        for number, (level, odd) in enumerate(
            zip("xxyyyzz", (0, 1, 0, 0, 1, 1, 0), strict=True)
        )
    ),
    limits=Limits(3, per_organisation_most=2, quotas=(Quota("gender", "f", 1, 2),)),
    priorities=(
        Prefer(Condition.of({"level": ["x"]}), "first"),
        Memory("organisation", (("c", 1),)),
    ),
    reserve=2,
    must_out=frozenset({"P6"}),
)
CONTRADICTION = replace(
    PROBLEM, limits=Limits(3, quotas=(Quota("gender", "f", 3, 3),)), must_in={"P1"}
)
TEXT = run(PROBLEM, "seed", "a die", tickets=12).to_json()


def touched(touch: Callable[[Data], object], text: str = TEXT) -> str:
    """Return the record after ``touch``, with digests as if nothing had happened."""
    data = json.loads(text)
    touch(data)
    data["digests"] = digests(data)
    return canonical(data)


def found(text: str) -> list[str]:
    """Return where the record is wrong; what cannot be read names its place too."""
    try:
        return [difference.path for difference in verify(text)]
    except BadProblem as fault:
        return [str(value) for value in fault.params.values()]


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


def test_any_edited_byte_is_found_and_named():
    content = TEXT.encode()
    for place in range(0, len(content), 7):
        edited = bytearray(content)
        edited[place] ^= 1
        named = found(edited.decode(errors="replace"))
        assert named != []
        assert "" not in named


def test_bytes_too_many_or_too_few_are_found():
    for text in (
        TEXT + "\n\n",
        TEXT + " ",
        " " + TEXT,
        TEXT[:-1],
        TEXT.replace(":", ": "),
    ):
        assert found(text) != []


def test_the_first_byte_that_is_not_canonical_is_named():
    place = TEXT.index('"seed":') + 7
    edited = TEXT[:place] + " " + TEXT[place:]

    assert verify(edited) == [
        Difference(
            f"byte {place}",
            json.dumps(edited[place : place + 20]),
            json.dumps(TEXT[place : place + 20]),
        )
    ]


@pytest.mark.parametrize("key", sorted(json.loads(TEXT).keys() - {"digests"}))
def test_the_part_that_was_edited_is_named(key):
    """By its digest, even where nothing contradicts the new content."""
    data = json.loads(TEXT)
    data[key] = "edited"

    assert f"record.{key}" in found(canonical(data))


def test_an_edited_digest_is_named():
    data = json.loads(TEXT)
    for key in data["digests"]:
        digest = data["digests"][key]
        changed = {**data["digests"], key: digest[::-1]}
        named = found(canonical({**data, "digests": changed}))
        assert named[0] == ("record.digests" if key == "all" else f"record.{key}")
    assert found(canonical({**data, "digests": None})) == ["record.digests"]


@pytest.mark.parametrize(
    ("touch", "path"),
    (
        (lambda r: r["selected"].__setitem__(0, "P2"), "record.selected"),
        (lambda r: r["selected"].pop(), "record.distribution"),
        (lambda r: r["reserve"].reverse(), "record.reserve"),
        (lambda r: r["reserve"].pop(), "record.reserve"),
        (lambda r: r.update(ticket="7"), "record.ticket"),
        (lambda r: r.update(ticket=None), "record.ticket"),
        (lambda r: r["drawn"].reverse(), "record.drawn"),
        (lambda r: r["drawn"].pop(), "record.drawn"),
        (lambda r: r["odds"].update(P3=0.6), "record.odds.P3"),
        (lambda r: r["odds"].pop("P3"), "record.odds.P3"),
        (lambda r: r["odds"].update(P6=0), "record.odds.P6"),
        (lambda r: r["odds"].update(P0=True), "record.odds.P0"),
        (lambda r: r["odds_exact"].update(P3="3/5"), "record.distribution"),
        (lambda r: r["odds_exact"].pop("P3"), "record.distribution"),
        (lambda r: r["odds_exact"].update(P3="1/0"), "record.odds_exact.P3"),
        (lambda r: r["odds_exact"].update(P3="x"), "record.odds_exact.P3"),
        (lambda r: r.update(min_odds=0.1), "record.min_odds"),
        (lambda r: r.update(types=5), "record.types"),
        (lambda r: r.update(cohorts=1), "record.cohorts"),
        (lambda r: r.update(seats=4), "record.seats"),
        (lambda r: r.update(feasible="yes"), "record.feasible"),
        (lambda r: r.update(feasible=False), "conflict"),
        (lambda r: r.update(note="fair"), "note"),
        (lambda r: r.pop("people"), "people"),
        (lambda r: r.pop("distribution"), "distribution"),
        (lambda r: r.pop("seed"), "seed"),
        (lambda r: r.update(seed="another"), "record.drawn"),
        (lambda r: r["priorities"].update({"prefer first": 1}), "record.distribution"),
        (lambda r: r["priorities"].pop("prefer first"), "prefer first"),
        (lambda r: r["people"][0].update(result="reserve"), "record.people[0].result"),
        (lambda r: r["people"][0].update(position=9), "record.people[0].position"),
        (lambda r: r["people"][0].update(position=None), "record.people[0].position"),
        (lambda r: r["people"].pop(), "record.people"),
        (lambda r: r["people"].append(r["people"][0]), "record.people"),
        (lambda r: r["people"][0].update(code="P1"), "record.people"),
        (lambda r: r["distribution"].update(total="3"), "record.distribution"),
        (lambda r: r["distribution"].update(total="x"), "record.distribution.total"),
        (lambda r: r["distribution"].update(rule="order"), "record.distribution.rule"),
        (lambda r: r["distribution"]["types"].pop(), "record.distribution"),
        (lambda r: r["distribution"]["types"][0].append("P9"), "record.distribution"),
        (lambda r: r["distribution"]["cohorts"].pop(), "record.distribution"),
        (
            lambda r: r["distribution"]["cohorts"][0].update(weight="2"),
            "record.distribution",
        ),
        (
            lambda r: r["distribution"]["cohorts"][0]["counts"].pop(),
            "record.distribution",
        ),
        (
            lambda r: r["distribution"]["cohorts"][0]["counts"].append([99, 1]),
            "record.distribution",
        ),
        (
            lambda r: r["distribution"]["cohorts"][0]["counts"][0].append(1),
            "record.distribution.cohorts[0].counts[0]",
        ),
        (lambda r: r["certificate"]["levels"].pop(), "record.distribution"),
        (
            lambda r: r["certificate"]["levels"][0].update(odds="1/3"),
            "record.distribution",
        ),
        (
            lambda r: r["certificate"]["levels"][0]["rows"][0].update(times="-7"),
            "record.distribution",
        ),
        (
            lambda r: r["certificate"]["cuts"].append(
                {"terms": {"x": "1"}, "most": "1"}
            ),
            "record.certificate.cuts[0].terms.x",
        ),
        (
            lambda r: r["public_lottery"].update(whose="P4"),
            "record.public_lottery.whose",
        ),
        (
            lambda r: r["public_lottery"].update(deviation="1/9"),
            "record.public_lottery.deviation",
        ),
        (
            lambda r: r["public_lottery"]["cohorts"].__setitem__(0, 9),
            "record.public_lottery.cohorts[0]",
        ),
        (
            lambda r: r["public_lottery"]["cohorts"].append(0),
            "record.public_lottery.deviation",
        ),
        (
            lambda r: r["public_lottery"]["distinct"][0].pop(),
            "record.public_lottery.distinct[0]",
        ),
        (
            lambda r: r["public_lottery"]["distinct"].__setitem__(
                1, ["P0", "P1", "P2"]
            ),
            "record.public_lottery.distinct[1]",
        ),
    ),
)
def test_an_edit_is_named_even_with_new_digests(touch, path):
    assert path in found(touched(touch))


def test_edited_input_is_named_even_with_new_digests():
    def touch(record: Data) -> None:
        record["input"]["candidates"][0]["attributes"]["level"] = "y"

    assert found(touched(touch)) == ["record.input_sha256"]

    def both(record: Data) -> None:
        touch(record)
        record["input_sha256"] = input_digest(problem_in(canonical(record)))

    assert set(found(touched(both))) == {"record.distribution"}


def test_a_winner_of_another_lottery_must_keep_the_rules():
    """Where the record lists no cohorts, the selected are judged by themselves."""
    for rule in ("uniform", "order"):
        text = run(replace(PROBLEM, lottery=rule), "seed").to_json()
        assert verify(text) == []
        for cohort in (["P0", "P1"], ["P0", "P1", "P9"], ["P0", "P3", "P4"]):
            edited = touched(lambda r, c=cohort: r.update(selected=c), text)
            assert found(edited) != []


@pytest.mark.parametrize(
    "touch",
    (
        lambda r: r["people"][2]["reason"].update(code="not_drawn"),
        lambda r: r["empty_because"].append({"code": "seats", "params": {"seats": 3}}),
        lambda r: r["public_lottery"]["cohorts"].reverse(),
        lambda r: r["selected"].reverse(),
    ),
)
def test_solving_again_finds_what_else_was_edited(touch):
    assert verify(touched(touch), full=True) != []


def test_solving_again_names_the_place():
    def touch(record: Data) -> None:
        record["people"][2]["reason"]["code"] = "not_drawn"

    assert verify(touched(touch), full=True) == [
        Difference("record.people[2].reason.code", '"not_drawn"', '"would_harm"')
    ]


def test_seconds_may_differ():
    text = touched(lambda record: record.update(seconds=1.5))

    assert verify(text, full=True) == []


def test_record_of_another_engine_is_not_run():
    ours = '{"name":"mosty.engines.selection","version":"2"}'
    theirs = ours.replace("2", "1")

    assert verify(touched(lambda r: r["engine"].update(version="1"))) == [
        Difference("record.engine", theirs, ours)
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    (
        ("[]", "record must be an object."),
        ("{}", "record lacks the key digests."),
        ("{", "This is not JSON: Expecting property name enclosed in double quotes"),
        (
            TEXT.replace('"types":6', '"types":99999999999999999999', 1),
            "A number or a text cannot be written in a record:",
        ),
        (
            TEXT.replace('"types":6', '"types":NaN', 1),
            "A number or a text cannot be written in a record:",
        ),
        (
            TEXT.replace('"types":6', '"types":' + "9" * 5000, 1),
            "A number or a text cannot be written in a record:",
        ),
        (
            TEXT.replace("a die", "\\ud800"),
            "A number or a text cannot be written in a record:",
        ),
    ),
)
def test_what_is_no_record_is_refused(text, sentence):
    with pytest.raises(BadProblem) as refusal:
        verify(text)

    assert str(refusal.value).startswith(sentence)


JUNK = (None, "x", -1, 0, 10**6, [], {}, [[]], 1.5, True, "1/0")


def places(
    data: object, path: tuple[str | int, ...] = ()
) -> list[tuple[str | int, ...]]:
    """Return the path to everything in ``data``."""
    found = [path]
    items = data.items() if isinstance(data, dict) else ()
    items = enumerate(data) if isinstance(data, list) else items
    for key, value in items:
        found += places(value, (*path, key))
    return found


def test_junk_anywhere_is_no_crash():
    """Every place holds junk in turn, under true digests: found, or refused."""
    # What only solving again finds, or what is true of another run.
    silent = {"digests", "input", "explain", "seconds", "seed_source", "empty_because"}
    for number, path in enumerate(places(json.loads(TEXT))):
        if not path or path[0] in silent or "reason" in path:
            continue
        junk = JUNK[number % len(JUNK)]
        if junk is None and path == ("public_lottery",):
            continue
        assert found(touched(partial(litter, path=path, junk=junk))) != [], path


def litter(record: Data, path: tuple[str | int, ...], junk: object) -> None:
    """Put ``junk`` at ``path``, or something else if it is there already."""
    parent: Any = record
    for key in path[:-1]:
        parent = parent[key]
    same = canonical(parent[path[-1]]) == canonical(junk)
    parent[path[-1]] = "junk" if same else junk
