"""What was promised of the search, held against what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.rows import Goal, Row

TITLE = "Search"
SUCCESS = 0.9
MEDIAN_TIMES = 3
P95_TIMES = 5
DOCUMENTS = 100_000
QUESTIONS = 200
INDEX_SECONDS = 600
INDEX_MB = 500
GOALS = (
    Goal(
        "median",
        f"Median of a search in {DOCUMENTS:,} documents",
        f"under {MEDIAN_TIMES} times the bare statement",
        "What every page costs, however little is found: passages of 25 rows, names of filters, Django, and the counts. Where much "
        "is found it does not show: the 95th percentile is near that of the bare statement.",
        "Passages first, which are the most of it.",
    ),
    Goal(
        "slow",
        "95th percentile of a search",
        f"under {P95_TIMES} times the bare statement",
        next="Look at the statement's plan for the slowest questions.",
    ),
    Goal(
        "index",
        f"{DOCUMENTS:,} documents indexed",
        f"in under {INDEX_SECONDS} s",
    ),
    Goal("memory", f"{DOCUMENTS:,} documents indexed: memory", f"under {INDEX_MB} MB"),
    Goal(
        "all",
        "Judged questions with an answer among the first five",
        f"at least {SUCCESS:.0%}",
    ),
    Goal(
        "held out",
        "Judged questions held out, with an answer among the first five",
        f"at least {SUCCESS:.0%}",
    ),
)
# Groups of judged questions of which nothing was promised.
GROUPS = {
    "inflected": "in other forms",
    "plain": "without marks",
    "misspelt": "with slips",
    "cross": "answered in other languages",
    "pl": "in Polish",
    "uk": "in Ukrainian",
    "et": "in Estonian",
    "lv": "in Latvian",
    "lt": "in Lithuanian",
    "en": "in English",
}


def middle(times: Sequence[float]) -> float:
    """Return the median."""
    return sorted(times)[len(times) // 2]


def slow(times: Sequence[float]) -> float:
    """Return the time that one in twenty takes longer than."""
    return sorted(times)[len(times) * 95 // 100]


def rows(results: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was measured."""
    yield from _judged(results["judged"])
    speed = results["speed"]
    for key, of, most in (("median", middle, MEDIAN_TIMES), ("slow", slow, P95_TIMES)):
        ours, bare = of(speed["ours"]), of(speed["bare"])
        yield Row(
            ours * 1000,
            "ms",
            key,
            ours / bare < most,
            floor=bare * 1000,
            ratio=ours / bare,
            note=f"{ours / of(speed['plain']):.1f} times a plain statement",
        )
    index = results["index"]
    # Fewer prove nothing.
    whole = index["documents"] >= DOCUMENTS
    seconds = index["seconds"]
    yield Row(
        seconds,
        "s",
        "index",
        whole and seconds < INDEX_SECONDS,
        note=f"{index['documents']:,} documents; processor: {index['cpu']:.0f} s",
    )
    yield Row(index["mb"], "MB", "memory", whole and index["mb"] < INDEX_MB)
    yield Row(results["save"] * 1000, "ms", what="One document saved among all others")
    yield Row(results["trigrams"], "s", what="Ordering all of them by trigrams")


def _judged(judged: Mapping[str, Any]) -> Iterator[Row]:
    ours, *others = judged["ways"]
    for group, count in judged["count"].items():
        share = judged["ways"][ours][group]
        beside = "; ".join(f"{way}: {judged['ways'][way][group]:.0%}" for way in others)
        note = f"{count} questions; {beside}"
        if group in GROUPS:
            what = f"Judged questions, {GROUPS[group]}"
            yield Row(share * 100, "%", what=what, note=note)
        else:
            yield Row(share * 100, "%", group, share >= SUCCESS, note=note)
