"""What was promised of certificates, held against what was measured."""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.rows import Goal, Row

TITLE = "Certificates"
COUNT = 1000
# The peer is slower: it makes fewer, and is counted by the piece.
PEER_COUNT = 100
SECONDS = 15.0
GOALS = (
    Goal(
        "thousand",
        f"{COUNT} certificates, each a PDF/UA-1 file of its own",
        f"under {SECONDS:.0f} s",
    ),
)


def rows(results: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was measured; the peer's time is counted from fewer."""
    ours, theirs = results["ours"], results.get("theirs")
    seconds = ours["seconds"]
    peer = theirs["seconds"] * COUNT if theirs else None
    yield Row(
        seconds,
        "s",
        "thousand",
        seconds < SECONDS,
        peer=peer,
        ratio=peer / seconds if peer else None,
        note=f"processor: {ours['worked']:.1f} s; {ours['bytes'] / 1024:.0f} KiB each",
    )
