"""A number drawn in public decides, from a list that was published before it."""

import json
from hashlib import sha256

import pytest

from mosty.engines.draw import shuffle
from mosty.engines.reading import canonical
from mosty.engines.selection import (
    BadProblem,
    Candidate,
    Limits,
    NoCohort,
    Problem,
    Quota,
    list_cohorts,
    run,
    verify,
)
from mosty.engines.selection.casting import (
    digest_of,
    order_seed,
    pseudonyms,
    published,
)
from mosty.engines.selection.public import numbered_from_json, numbered_to_json
from mosty.engines.selection.public_copy import public_copy, verify_copy
from mosty.engines.selection.record import digests

PROBLEM = Problem(
    candidates=tuple(
        Candidate(
            f"C{number}",
            {"organisation": f"city{number % 3}", "gender": "fm"[number > 3]},
        )
        for number in range(9)
    ),
    limits=Limits(4, quotas=(Quota("gender", "f", 1, 2),)),
    reserve=3,
)
CODES = [person.code for person in PROBLEM.candidates]
NUMBERED = list_cohorts(PROBLEM, "list", 1000)
RECORD = run(PROBLEM, "list", "three dice", tickets=1000, number=417, numbered=NUMBERED)
TEXT = RECORD.to_json()


def test_the_number_says_who_sits():
    data = json.loads(TEXT)
    lottery = data["public_lottery"]

    assert data["selected"] == sorted(NUMBERED.cohorts[417])
    assert lottery["distinct"][lottery["cohorts"][417]] == data["selected"]
    assert (lottery["number"], data["ticket"], data["seed"]) == (417, None, "list")
    assert verify(TEXT) == verify(TEXT, full=True) == []


def test_another_number_says_otherwise_and_nothing_else_is_read_from_the_seed():
    seated = {
        tuple(json.loads(run(PROBLEM, "list", number=n, numbered=NUMBERED).to_json())["selected"])
        for n in range(40)
    }  # fmt: skip
    assert seated == {NUMBERED.cohorts[n] for n in range(40)}


def test_the_list_is_made_anew_where_none_is_given():
    again = run(PROBLEM, "list", "three dice", tickets=1000, number=417)

    assert again.to_json() == TEXT


def test_the_digest_is_that_of_the_published_list():
    names = pseudonyms(CODES, "list")
    text = published(NUMBERED, names, RECORD.input_digest, "list")
    data = json.loads(text)

    assert json.loads(TEXT)["public_lottery"]["sha256"] == digest_of(text)
    assert digest_of(text) == sha256(text.encode()).hexdigest()
    assert data["people"] == [f"P{n}" for n in range(1, 10)]
    assert len(data["cohorts"]) == 1000
    shown = data["distinct"][data["cohorts"][417]]
    assert shown == sorted(names[code] for code in RECORD.result.selected)
    assert [code for code in CODES if code in text] == []


def test_names_take_all_codes():
    names = pseudonyms(CODES, "list")

    assert sorted(names.values()) == [f"P{n}" for n in range(1, 10)]
    assert names != pseudonyms(CODES, "other")
    assert pseudonyms(CODES[1:], "list") != {code: names[code] for code in CODES[1:]}


def test_the_reserve_order_is_drawn_from_number_and_digest():
    data = json.loads(TEXT)
    digest = data["public_lottery"]["sha256"]

    assert order_seed(7, 1000, digest) == f"007 {digest}"
    assert data["drawn"] == list(shuffle(CODES, f"417 {digest}"))


@pytest.mark.parametrize("number", (-1, 1000))
def test_a_number_that_is_not_listed_is_refused(number):
    with pytest.raises(BadProblem) as refused:
        run(PROBLEM, "list", number=number, numbered=NUMBERED)

    assert str(refused.value) == (
        f"The list has the numbers 0 to 999, and not {number}."
    )


def test_without_a_cohort_there_is_no_list():
    impossible = Problem(
        PROBLEM.candidates, Limits(4, quotas=(Quota("gender", "x", 1, 1),))
    )

    assert isinstance(list_cohorts(impossible, "list", 10), NoCohort)
    record = run(impossible, "list", tickets=10, number=3)
    assert (isinstance(record.result, NoCohort), record.numbered) == (True, None)


def test_a_list_is_kept_as_json():
    assert numbered_from_json(numbered_to_json(NUMBERED)) == NUMBERED


@pytest.mark.parametrize(
    ("touch", "path"),
    (
        (lambda r: r["public_lottery"].update(number=416), "record.drawn"),
        (lambda r: r["public_lottery"].update(number=None), "record.drawn"),
        (lambda r: r["public_lottery"].update(sha256="0" * 64), "record.drawn"),
        (lambda r: r["selected"].reverse(), "record.selected"),
        (lambda r: r.update(ticket="1"), "record.ticket"),
        (lambda r: r["reserve"].reverse(), "record.reserve"),
    ),
)
def test_an_edit_is_named_even_with_new_digests(touch, path):
    data = json.loads(TEXT)
    touch(data)
    data["digests"] = digests(data)

    assert path in [one.path for one in verify(canonical(data))]


def test_a_list_that_was_not_published_is_named():
    data = json.loads(TEXT)
    cohorts = data["public_lottery"]["cohorts"]
    # Two numbers change places: nobody's odds change.
    at = next(i for i in range(417) if cohorts[i] != cohorts[i + 1])
    cohorts[at], cohorts[at + 1] = cohorts[at + 1], cohorts[at]
    data["digests"] = digests(data)

    assert [one.path for one in verify(canonical(data))] == [
        "record.public_lottery.sha256"
    ]


def test_the_public_copy_keeps_the_names_of_the_list():
    names = pseudonyms(CODES, "list")
    copy = json.loads(public_copy(TEXT).text)

    assert copy["selected"] == sorted(names[code] for code in RECORD.result.selected)
    assert copy["drawn"] == [names[code] for code in RECORD.result.drawn]
    text = published(NUMBERED, names, RECORD.input_digest, "list")
    listed = json.loads(text)
    assert {key: copy["public_lottery"][key] for key in ("cohorts", "distinct")} == {
        key: listed[key] for key in ("cohorts", "distinct")
    }
    assert verify_copy(public_copy(TEXT).text)[0] == []


@pytest.mark.parametrize(
    ("touch", "path"),
    (
        (lambda c: c["selected"].pop(), "record.selected"),
        (lambda c: c["public_lottery"].update(deviation="1/3"), "record.public_lottery.sha256"),
        (lambda c: c["public_lottery"]["cohorts"].reverse(), "record.public_lottery.sha256"),
        (lambda c: c["drawn"].pop(), "record.drawn"),
    ),
)  # fmt: skip
def test_an_edit_of_the_copy_is_named(touch, path):
    data = json.loads(public_copy(TEXT).text)
    touch(data)
    parts = {key: value for key, value in data.items() if key != "digests"}
    found, _left_out = verify_copy(canonical({**parts, "digests": digests(parts)}))

    assert path in [one.path for one in found]
