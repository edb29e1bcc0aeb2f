"""What was promised, held against what was measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FASTER = {"list": 20, "call": 20, "search": 20, "submit": 10}
ABOVE_FLOOR = 3
RATE_OF_FLOOR = 1 / 3
IMPORT_SECONDS = 20
IMPORT_MB = 300
PAGE_KIB = 150
NAMES = {
    "list": "List of 50 among 10,000",
    "list100": "List of 100 among 10,000",
    "search": "Search in 10,000",
    "call": "Public page of the call",
    "form": "Form of a nomination",
    "submit": "Nomination submitted",
}
Results = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise: what Mosty, the peer and the floor came to, and if it is kept."""

    key: str
    words: str
    mosty: str
    peer: str
    floor: str
    ratio: str
    met: bool


def goals(results: Results) -> list[Goal]:
    """Return every goal that was measured, the missed ones first."""
    found = [
        *_pages(results.get("pages", {})),
        *_imports(results.get("imports", {})),
        *_sizes(results.get("pages", {})),
        *_queries(results.get("queries", {})),
    ]
    return sorted(found, key=lambda goal: goal.met)


def _pages(pages: Results) -> Iterator[Goal]:
    for page, times in FASTER.items():
        found = pages.get(page, {})
        if "mosty" in found and "peer" in found:
            ratio = found["peer"]["ms"] / found["mosty"]["ms"]
            yield Goal(
                f"{page}-peer",
                f"{NAMES[page]}: at least {times} times faster than the peer",
                _ms(found["mosty"]),
                _ms(found["peer"]),
                "",
                f"{ratio:.1f} times",
                ratio >= times,
            )
    listed = pages.get("list", {})
    if "mosty" in listed and "floor" in listed:
        ratio = listed["mosty"]["ms"] / listed["floor"]["ms"]
        yield Goal(
            "list-floor",
            f"{NAMES['list']}: at most {ABOVE_FLOOR} times the time of the floor",
            _ms(listed["mosty"]),
            "",
            _ms(listed["floor"]),
            f"{ratio:.1f} times",
            ratio <= ABOVE_FLOOR,
        )
    sent = pages.get("submit", {})
    if "mosty" in sent and "floor" in sent:
        ratio = sent["mosty"]["rate"] / sent["floor"]["rate"]
        yield Goal(
            "submit-floor",
            f"{NAMES['submit']}: at least a third of the floor's rate",
            _rate(sent["mosty"]),
            "",
            _rate(sent["floor"]),
            f"{ratio:.2f}",
            ratio >= RATE_OF_FLOOR,
        )


def _imports(imports: Results) -> Iterator[Goal]:
    for kind, spent in imports.items():
        seconds, mb = spent["seconds"], spent["mb"]
        yield Goal(
            f"import-{kind}",
            f"10,000 rows imported from {kind.upper()}: under {IMPORT_SECONDS} s "
            f"and {IMPORT_MB} MB",
            f"{seconds:.1f} s (processor: {spent['cpu']:.1f} s), {mb:.0f} MB",
            "",
            "",
            "",
            seconds < IMPORT_SECONDS and mb < IMPORT_MB,
        )


def _sizes(pages: Results) -> Iterator[Goal]:
    sizes = {
        NAMES[page]: found["mosty"]["kib"]
        for page, found in pages.items()
        if "mosty" in found
    }
    if sizes:
        largest = max(sizes, key=lambda name: sizes[name])
        yield Goal(
            "sizes",
            f"Every page under {PAGE_KIB} KiB; the largest: {largest}",
            f"{sizes[largest]:.0f} KiB",
            "",
            "",
            "",
            sizes[largest] < PAGE_KIB,
        )


def _queries(queries: Mapping[str, tuple[int, int]]) -> Iterator[Goal]:
    if queries:
        grown = [page for page, (few, many) in queries.items() if many > few]
        yield Goal(
            "queries",
            "Queries do not grow from 10 rows to 10,000",
            "; ".join(
                f"{NAMES[page]}: {few} and {many}"
                for page, (few, many) in queries.items()
            ),
            "",
            "",
            "",
            not grown,
        )


def _ms(found: Results) -> str:
    return f"{found['ms']:.1f} ms"


def _rate(found: Results) -> str:
    return per_second(found["rate"])


def per_second(rate: float) -> str:
    """Return a rate in words, small ones more exactly."""
    return f"{rate:.0f} a second" if rate >= 10 else f"{rate:.1f} a second"
