"""The thesaurus that comes with Mosty: ``data/thesaurus.toml``."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "thesaurus.toml"


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
