"""What is no record is refused with a sentence."""

import json
from functools import partial
from typing import Any

import pytest

from mosty.engines.reading import canonical
from mosty.engines.selection import (
    BadProblem,
    Difference,
    verify,
)
from tests.engines.selection.records.given import TEXT, Data, found, touched


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
