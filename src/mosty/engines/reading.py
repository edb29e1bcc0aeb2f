"""Reading JSON strictly: what is misspelt, missing or doubled is refused."""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import rfc8785

from mosty.engines.errors import BadProblem

T = TypeVar("T")

# JSON as other languages read it has no whole numbers beyond 2**53.
LARGEST = 10**15 - 1

# Python's own writer of JSON takes a fifth of the time, and writes what RFC 8785 wants, but
# for fractions, for numbers of 16 digits and more, and for the order of keys with
# characters beyond U+D7FF. A text that may have one of these is written by the other.
_write = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
).encode
_NUMBER = re.compile(r"[\[:,]-?[0-9]+(?:[.e]|[0-9]{15})")
_CHARACTER = re.compile(r"[\ud800-\U0010ffff]")

Json: TypeAlias = (
    "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
)


@dataclass(frozen=True, slots=True)
class Node:
    """
    A JSON value and the path to it, for errors that say where.

    Every method raises :class:`BadProblem` when the value is of another kind.
    """

    value: object
    path: str

    def members(
        self, *required: str, optional: Sequence[str] = ()
    ) -> "dict[str, Node]":
        """Return the members of an object that has these keys and no others."""
        members = self.mapping()
        for key in required:
            if key not in members:
                raise BadProblem("missing_key", path=self.path, key=key)
        for key in members:
            if key not in required and key not in optional:
                raise BadProblem("unknown_key", path=self.path, key=key)
        return members

    def mapping(self) -> "dict[str, Node]":
        """Return the members of an object, whatever its keys."""
        return {
            key: Node(value, f"{self.path}.{key}")
            for key, value in self._expect(dict, "an object").items()
        }

    def items(self) -> "list[Node]":
        """Return the items of an array."""
        return [
            Node(value, f"{self.path}[{index}]")
            for index, value in enumerate(self._expect(list, "an array"))
        ]

    def text(self) -> str:
        """Return a text."""
        return self._expect(str, "text")

    def texts(self) -> list[str]:
        """Return an array of texts."""
        values = self._expect(list, "an array")
        if not all(isinstance(one, str) for one in values):
            # Only to say which is none: most have thousands, and none that is wrong.
            return [item.text() for item in self.items()]
        return list(values)

    def integer(self) -> int:
        """Return a whole number; 2.0 and true are none."""
        if isinstance(self.value, bool):
            self._refuse("a whole number")
        number = self._expect(int, "a whole number")
        if abs(number) > LARGEST:
            self._refuse("a whole number of at most 15 digits")
        return number

    def integers(self) -> list[int]:
        """Return an array of whole numbers."""
        values = self._expect(list, "an array")
        # True is an integer to Python.
        if not all(type(one) is int and -LARGEST <= one <= LARGEST for one in values):
            return [item.integer() for item in self.items()]
        return list(values)

    def truth(self) -> bool:
        """Return true or false."""
        return self._expect(bool, "true or false")

    def _expect(self, kind: type[T], expected: str) -> T:
        if not isinstance(self.value, kind):
            self._refuse(expected)
        return self.value  # type: ignore[return-value]  # refused just above

    def _refuse(self, expected: str) -> None:
        raise BadProblem("wrong_kind", path=self.path, expected=expected)


def parse(text: str, path: str) -> Node:
    """
    Return the JSON value in ``text``, called ``path`` in errors.

    :raises BadProblem: if it is not JSON, or an object has a key twice.
    """
    try:
        return Node(json.loads(text, object_pairs_hook=_unique), path)
    except json.JSONDecodeError as error:
        raise BadProblem(
            "not_json", problem=error.msg, line=error.lineno, column=error.colno
        ) from None
    except RecursionError:
        raise BadProblem("wrong_kind", path=path, expected="less nested") from None
    except BadProblem:
        raise
    except ValueError as error:  # a number of more digits than Python reads
        raise BadProblem("not_for_json", problem=str(error)) from None


def canonical(data: Json) -> str:
    """
    Return the one JSON text for ``data`` (RFC 8785).

    Whole numbers beyond 2**53 are not for JSON: write them as text. Keys are texts.

    :raises BadProblem: if a number or a text in it is not for JSON.
    """
    try:
        if not isinstance(data, dict):
            return _written(data)
        # Each member by itself, so that only those with fractions take long.
        members = sorted(data.items(), key=lambda member: member[0].encode("utf-16be"))
        parts = (f"{_written(key)}:{_written(value)}" for key, value in members)
        return f"{{{','.join(parts)}}}"
    # The second says that a key has half a character.
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise BadProblem("not_for_json", problem=str(error)) from None


def _written(data: object) -> str:
    if isinstance(data, dict | list | tuple | str):
        with suppress(TypeError, ValueError):  # which the other says in its own words
            text = _write(data)
            if not (_NUMBER.search(text) or _CHARACTER.search(text)):
                return text
    return rfc8785.dumps(data).decode()  # type: ignore[arg-type]  # checked when written


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            raise BadProblem("duplicate_key", key=key)
        members[key] = value
    return members
