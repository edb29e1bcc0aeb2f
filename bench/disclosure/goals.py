"""What was promised of disclosure control, held against what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.rows import Goal, Row

TITLE = "Disclosure control"
WHOLE = "twelve linked"
SECONDS, MB = 60, 2000
GOALS = (
    Goal(
        "seconds",
        "Twelve linked tables of 4,000 consultations protected and audited",
        f"under {SECONDS} s",
        "Most of the time are audits.",
    ),
    Goal(
        "memory",
        "Twelve linked tables of 4,000 consultations: memory",
        f"under {MB:,} MB",
    ),
)


def rows(results: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield what was measured."""
    for one in results:
        seconds = one["seconds"]
        if one["name"] == WHOLE:
            met = seconds < SECONDS and one["holds"]
            yield Row(seconds, "s", "seconds", met, note=_note(one))
            yield Row(one["memory"], "MB", "memory", one["memory"] < MB)
        else:
            what = f"Protected and audited: {one['name']}"
            yield Row(seconds, "s", what=what, note=_note(one))
        yield Row(
            one["alone"],
            "s",
            what=f"Audit alone: {one['name']}",
            note="" if one["alone_holds"] else "not shown in time",
        )


def _note(one: Mapping[str, Any]) -> str:
    proposed = f"{one['proposed']}{'' if one['whole'] else ', table by table'}"
    return (
        f"{one['cells']:,} cells, {one['primary']:,} small, {one['secondary']:,} hidden with "
        f"them, {proposed} proposed by tau-Argus in {one['tau']:.1f} s; {one['rounds']} rounds; "
        f"audits {one['audit']:.1f} s; processor {one['cpu']:.1f} s; {one['memory']:.0f} MB; "
        f"{one['apart']} rings apart; {'holds' if one['holds'] else 'fails'}"
    )
