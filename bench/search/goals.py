"""What was promised of the search, held against what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SUCCESS = 0.9
MEDIAN_TIMES = 3
P95_TIMES = 5
DOCUMENTS = 100_000
INDEX_SECONDS = 600
INDEX_MB = 500


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise, what came of it, and if it is kept."""

    words: str
    measured: str
    met: bool


def middle(times: Sequence[float]) -> float:
    """Return the median."""
    return sorted(times)[len(times) // 2]


def slow(times: Sequence[float]) -> float:
    """Return the time that one in twenty takes longer than."""
    return sorted(times)[len(times) * 95 // 100]


def goals(results: Mapping[str, Any]) -> list[Goal]:
    """Return every goal, the missed ones first."""
    return sorted(_goals(results), key=lambda goal: goal.met)


def _goals(results: Mapping[str, Any]) -> Iterator[Goal]:
    share = results["judged"]["ways"]["Mosty"]
    for group, words in (("all", "all"), ("held out", "those held out")):
        yield Goal(
            f"An answer among the first five, of {words}: at least {SUCCESS:.0%}",
            f"{share[group]:.1%}",
            share[group] >= SUCCESS,
        )
    ours, bare = results["speed"]["ours"], results["speed"]["bare"]
    for name, of, most in (
        ("Median", middle, MEDIAN_TIMES),
        ("95th percentile", slow, P95_TIMES),
    ):
        times = of(ours) / of(bare)
        yield Goal(
            f"{name} of a search: under {most} times the bare statement",
            f"{of(ours) * 1000:.1f} ms, {times:.1f} times {of(bare) * 1000:.1f} ms",
            times < most,
        )
    index = results["index"]
    # Fewer prove nothing.
    whole = index["documents"] >= DOCUMENTS
    yield Goal(
        f"{DOCUMENTS:,} documents indexed in under {INDEX_SECONDS} s",
        f"{index['documents']:,} in {index['seconds']:.0f} s"
        f" (processor of Python: {index['cpu']:.0f} s)",
        whole and index["seconds"] < INDEX_SECONDS,
    )
    yield Goal(
        f"with under {INDEX_MB} MB",
        f"{index['mb']:.0f} MB with {index['documents']:,}",
        whole and index["mb"] < INDEX_MB,
    )
