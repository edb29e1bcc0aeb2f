"""Whatever is edited in a record is found and named."""

import json
from dataclasses import replace

import pytest

from mosty.engines.reading import canonical
from mosty.engines.selection import (
    Difference,
    input_digest,
    problem_in,
    run,
    verify,
)
from tests.engines.selection.records.given import PROBLEM, TEXT, Data, found, touched


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
