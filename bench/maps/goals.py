"""What was promised of drawing maps, held against what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.rows import Goal, Row

TITLE = "Maps"
ACTORS, TIES, SECONDS = 300, 1_000, 0.5
GOALS = (
    Goal(
        "both",
        f"Both pictures of {ACTORS} actors and {TIES:,} ties, the longest of seven of each",
        f"under {SECONDS * 1000:.0f} ms",
        next="Profile the layout of the network.",
    ),
)
PICTURES = {"network": "Network", "grid": "Grid"}


def rows(results: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield what was measured."""
    for one in results:
        size = (one["actors"], one["ties"])
        if size == (ACTORS, TIES):
            spent = one["network_longest"] + one["grid_longest"]
            yield Row(spent * 1000, "ms", "both", spent < SECONDS)
        for picture, words in PICTURES.items():
            note = f"longest {one[f'{picture}_longest'] * 1000:.1f} ms"
            if picture == "network":
                note += (
                    f"; {one['named']} of {one['actors']} names found room;"
                    f" {one['bytes'] / 1000:.0f} kB"
                )
            yield Row(
                one[f"{picture}_middle"] * 1000,
                "ms",
                what=f"{words} of {size[0]} actors and {size[1]:,} ties",
                note=note,
            )
