"""The thesaurus that comes with Mosty: ``data/thesaurus.toml``, and its search keys."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parents[1] / "data"
_FILE = _DATA / "thesaurus.toml"
# Written by scripts/thesaurus.py.
KEYS = _DATA / "thesaurus-keys.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept with its labels, the preferred one of each language first."""

    code: str
    broader: str
    labels: dict[str, tuple[str, ...]]


@cache
def entries() -> tuple[Entry, ...]:
    """Return all concepts."""
    return tuple(_read())


def _read() -> Iterator[Entry]:
    with _FILE.open("rb") as file:
        found = tomllib.load(file)
    for code, said in found.items():
        broader = said.pop("broader", "")
        yield Entry(code, broader, {name: tuple(said[name]) for name in said})


@cache
def keys() -> dict[str, dict[str, list[str]]]:
    """Return language -> label -> its search keys, as they were written down."""
    found: dict[str, dict[str, list[str]]] = json.loads(KEYS.read_text("utf-8"))
    return found
