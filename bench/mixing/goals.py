"""Nothing was promised of the time of mixing; what it took and came to is told."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.rows import Goal, Row

TITLE = "Mixing groups"
GOALS: tuple[Goal, ...] = ()
AIMS = ("repeated pairs", "alike in city", "alike in department")


def rows(results: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield what was measured."""
    for one in results:
        aims = zip(AIMS, one["aims"], strict=False)
        yield Row(
            one["seconds"],
            "s",
            what=f"{one['people']} people in {one['groups']} groups, {one['rounds']} "
            f"rounds, by {' and '.join(one['spread'])}",
            note="; ".join(f"{name}: {got} of {least}" for name, (got, least) in aims),
        )
