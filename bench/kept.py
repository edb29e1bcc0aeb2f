"""What each bench found last: a file of its own in ``bench/results``, kept with the code."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.places import RESULTS
from bench.rows import Row


@dataclass(frozen=True, slots=True)
class Kept:
    """One run of one bench; without rows where it could not be measured."""

    date: str
    machine: Mapping[str, str]
    # How many programs wanted a core during a minute, before and after.
    load: tuple[float, float | None] = (0.0, None)
    rows: tuple[Row, ...] = ()
    failed: bool = False
    note: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def load(name: str, folder: Path = RESULTS) -> Kept | None:
    """Return what the bench found last, if it ever ran."""
    path = folder / f"{name}.json"
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple(Row(**row) for row in found.pop("rows"))
    return Kept(**{**found, "rows": rows, "load": tuple(found["load"])})


def save(name: str, kept: Kept, folder: Path = RESULTS) -> None:
    """Keep what the bench found, in place of what it found before."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = {**asdict(kept), "rows": [_plain(row) for row in kept.rows]}
    text = json.dumps(plain, indent=2, ensure_ascii=False)
    (folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def _plain(row: Row) -> dict[str, Any]:
    """Return what a row says, without what it does not say; numbers as exact as they are."""
    said = {key: value for key, value in asdict(row).items() if value not in ("", None)}
    return {
        key: float(f"{value:.6g}") if isinstance(value, float) else value
        for key, value in said.items()
    }


def today() -> str:
    """Return the day of a run."""
    return datetime.now(UTC).date().isoformat()


def checked(rows: Iterable[Row], known: Iterable[str]) -> tuple[Row, ...]:
    """
    Return the rows, each of a known goal or of none.

    :raises ValueError: if one is of a goal that was never promised, or of neither.
    """
    found, keys = tuple(rows), set(known)
    for row in found:
        if row.goal and (row.goal not in keys or row.met is None):
            raise ValueError(f"{row.goal}: there is no such goal, or no verdict")
        if not row.goal and (not row.what or row.met is not None):
            raise ValueError(f"{row.what or row}: a verdict on nothing")
    return found
