"""Reading and writing JSON strictly: one text for the same, whatever writes it."""

import json

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from mosty.engines.errors import BadProblem
from mosty.engines.reading import LARGEST, Node, canonical

# Also what a file may have and JSON has not: halves of characters, numbers too large.
texts = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    ["[1.5", ",1e5", ":1234567890123456", "\ue000", "\U00010000", "\ud800", "ż", '"\\']
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


def as_rfc(data):
    """Return what the library of RFC 8785 writes, or None where it refuses."""
    try:
        return rfc8785.dumps(data).decode()
    # A key that is half a character comes as the second.
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        return None


@given(values)
@example({"\U00010000": 1, "\ue000": 2})
@example([{"\U00010000": 1, "\ue000": 2}])
@example([{"b": 1, "a": 2}])
@example([-0.0, 1.0, 1e16, 1e-7, 0.1, 5e-324])
@example({"a": [10**15, -(10**15)], "b": (1, 2), "": "\x7f\x1f\u2028</"})
@example([2**53])
@example([float("nan")])
def test_the_text_is_that_of_rfc_8785(data):
    try:
        written = canonical(data)
    except BadProblem:
        written = None
    assert written == as_rfc(data)


@pytest.mark.parametrize("data", ({"a": {1, 2}}, [object()], 1j))
def test_what_json_has_not_is_refused(data):
    with pytest.raises(BadProblem, match="cannot be written in a record"):
        canonical(data)


def refusal(read):
    with pytest.raises(BadProblem) as refused:
        read()
    return refused.value.code, refused.value.params


@pytest.mark.parametrize("wrong", (True, 1.0, "1", None, LARGEST + 1, -LARGEST - 1))
def test_what_is_no_whole_number_is_named(wrong):
    node = Node([1, wrong], "record")
    assert refusal(node.integers) == refusal(node.items()[1].integer)


@pytest.mark.parametrize("wrong", (1, None, ["a"]))
def test_what_is_no_text_is_named(wrong):
    node = Node(["a", wrong], "record")
    assert refusal(node.texts) == refusal(node.items()[1].text)


def test_arrays_are_read_whole():
    assert Node([1, -LARGEST, LARGEST], "").integers() == [1, -LARGEST, LARGEST]
    assert Node(json.loads('["a", ""]'), "").texts() == ["a", ""]
