"""What was promised of calls and nominations, held against what was measured."""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.rows import Goal, Row

TITLE = "Calls and nominations"
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
SYSTEMS = {"mosty": "Mosty", "peer": "the peer", "floor": "the floor"}
Results = Mapping[str, Any]

GOALS = (
    Goal(
        "list-floor",
        NAMES["list"],
        f"at most {ABOVE_FLOOR} times the floor",
        "Seven statements stand against one: the session, who asks with her roles and second factor, the call with its rules, its "
        "300 cities, the count, the rows, the pairs. Putting them together costs Django more than answering them costs PostgreSQL, "
        "most of all for the call (which of them she may see) and the cities (who takes part). Nine filters, one of them with 300 "
        "cities, and the menu are the rest. Nothing that a right depends on is kept between requests.",
        "Let the browser fetch the 300 cities only when somebody chooses one.",
    ),
    Goal(
        "submit-floor",
        NAMES["submit"],
        "at least a third of the floor's rate",
        "14 statements stand against one: the session; who asks, with her roles; the call with its rules; begin; the city's row, "
        "locked; what the city has already; the nomination; the ledger; the lock on the address; possible duplicates; the nominee's "
        "link; her letter; its job; commit. None can go without a promise: four of them read, eight write or lock, two are the "
        "transaction. A third of the floor's rate leaves room for about five, without a form, a letter or a rule.",
        "Fewer tables asked for the call and for whether the city takes part.",
    ),
    Goal(
        "list-peer",
        NAMES["list"],
        f"at least {FASTER['list']} times faster than the peer",
        next="Profile this page.",
    ),
    Goal(
        "call-peer",
        NAMES["call"],
        f"at least {FASTER['call']} times faster than the peer",
        "Seven statements, each for something that a reader is told (the call, the versions of its rules, whom they name, who "
        "provides what, sessions, topics, earlier calls), take half of it, in Django and not in PostgreSQL. A third is what every "
        "page costs: menu, languages, addresses.",
        "Ask for topics and for who provides what in one.",
    ),
    Goal(
        "search-peer",
        NAMES["search"],
        f"at least {FASTER['search']} times faster than the peer",
        "The search itself goes by the trigram index; what remains is what the list takes, too.",
        "As for the list.",
    ),
    Goal(
        "submit-peer",
        NAMES["submit"],
        f"at least {FASTER['submit']} times faster than the peer",
        next="As beside the floor.",
    ),
    *(
        Goal(
            f"import-{kind}",
            f"10,000 rows imported from {kind.upper()}",
            f"under {IMPORT_SECONDS} s and {IMPORT_MB} MB",
            next="Profile the dry run.",
        )
        for kind in ("csv", "xlsx")
    ),
    Goal("sizes", "The largest page", f"under {PAGE_KIB} KiB"),
    Goal("queries", "Most queries of a page with 10,000 rows", "no more than with 10"),
)


def rows(results: Results) -> Iterator[Row]:
    """Yield what was measured."""
    pages = results.get("pages", {})
    yield from _pages(pages)
    yield from _imports(results.get("imports", {}))
    yield from _sizes(pages)
    yield from _queries(results.get("queries", {}))
    yield from _beside(pages)
    for system, mb in results.get("memory", {}).items():
        yield Row(mb, "MB", what=f"Most memory with 2 workers, {SYSTEMS[system]}")


def _pages(pages: Results) -> Iterator[Row]:
    for page, times in FASTER.items():
        found = pages.get(page, {})
        if "mosty" in found and "peer" in found:
            ours, peer = found["mosty"]["ms"], found["peer"]["ms"]
            ratio = peer / ours
            yield Row(
                ours,
                "ms",
                f"{page}-peer",
                ratio >= times,
                peer=peer,
                ratio=ratio,
            )
    listed = pages.get("list", {})
    if "mosty" in listed and "floor" in listed:
        ours, floor = listed["mosty"]["ms"], listed["floor"]["ms"]
        ratio = ours / floor
        yield Row(
            ours, "ms", "list-floor", ratio <= ABOVE_FLOOR, floor=floor, ratio=ratio
        )
    sent = pages.get("submit", {})
    if "mosty" in sent and "floor" in sent:
        ours, floor = sent["mosty"]["rate"], sent["floor"]["rate"]
        ratio = ours / floor
        yield Row(
            ours,
            "a second",
            "submit-floor",
            ratio >= RATE_OF_FLOOR,
            floor=floor,
            ratio=ratio,
        )


def _imports(imports: Results) -> Iterator[Row]:
    for kind, spent in imports.items():
        met = spent["seconds"] < IMPORT_SECONDS and spent["mb"] < IMPORT_MB
        note = f"processor: {spent['cpu']:.1f} s; {spent['mb']:.0f} MB"
        yield Row(spent["seconds"], "s", f"import-{kind}", met, note=note)


def _sizes(pages: Results) -> Iterator[Row]:
    sizes = {
        NAMES[page]: found["mosty"]["kib"]
        for page, found in pages.items()
        if "mosty" in found
    }
    if sizes:
        largest = max(sizes, key=lambda name: sizes[name])
        kib = sizes[largest]
        yield Row(kib, "KiB", "sizes", kib < PAGE_KIB, note=largest)


def _queries(queries: Mapping[str, tuple[int, int]]) -> Iterator[Row]:
    if queries:
        grown = [NAMES[page] for page, (few, many) in queries.items() if many > few]
        note = f"more than with 10: {', '.join(grown)}" if grown else ""
        most = max(many for _few, many in queries.values())
        yield Row(most, "", "queries", not grown, note=note)


def _beside(pages: Results) -> Iterator[Row]:
    """Yield what else was measured of the pages: those nothing was promised of, rates."""
    for page, found in pages.items():
        if "mosty" not in found:
            continue
        if page not in FASTER:
            yield Row(
                found["mosty"]["ms"],
                "ms",
                what=NAMES[page],
                peer=found.get("peer", {}).get("ms"),
                note=f"{found['mosty']['kib']:.0f} KiB"
                if found["mosty"]["kib"]
                else "",
            )
        if found["mosty"]["rate"]:
            yield Row(
                found["mosty"]["rate"],
                "a second",
                what=f"{NAMES[page]}, 8 at once",
                floor=found.get("floor", {}).get("rate"),
                peer=found.get("peer", {}).get("rate"),
            )
