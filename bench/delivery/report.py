"""The results as a page of the documentation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bench.delivery.goals import BESIDE, WAVES, goals, times

# From this load on, other programs slow what is measured.
BUSY = 0.5

HEAD = """\
# Benchmarks of delivering a course

Attendance, checking in, and results of feedback, with Mosty as `mosty serve` runs it, and
beside it a floor: bare Django that shows the same rows from the same tables, without
sign-in, policy or menu. `make bench` repeats it and writes this page. Mixing groups has
[its own page](benchmarks-mixing.md), and so have [certificates](benchmarks-certificates.md).

"""
NOTES = """
## How it is measured

- Pages are medians of single requests over a connection that stays open; both systems
  take turns page by page.
- A check-in is one request, the form that a phone sends when it has scanned the screen:
  code and name looked for, ticket and phone checked, seat locked, mark, ledger entry and
  receipt written in one transaction. Each phone has its own cookies. The crowd is one
  thread that sends what was prepared, on the same cores as server and database.
- "At one moment" sends 50 forms at once, and the next 50 when these are answered.
  "Always on the way" sends another form with every answer, so nobody ever waits less
  than 50 times what one check-in costs, shared between the cores.
- "Within a minute" is what a hall does: 300 people at random moments, each scans, sends,
  and reads the page that follows. Then the database is counted.
- All people and cities are fictional, made by a fixed seed.
"""
# Why a goal is missed; shown while it is.
REMARKS: Mapping[str, str] = {
    "moment": "Half of the 50 are answered when 25 check-ins are done, on two cores on which "
    "the crowd and the database work as well. A check-in is three statements: the session, "
    "the person, and all that is locked and written. What is left is mostly Django.",
    "flow": "Whoever is one of 50 on the way waits for 50 check-ins: to answer each within "
    "50 ms takes a thousand a second, which Django on two cores does not do. Next: more "
    "cores; workers share nothing that is locked. A hall never comes like this: see the "
    "phones within a minute.",
}
UNKNOWN = "Missed in this run; see the load of the machine."


def page(results: Mapping[str, Any]) -> str:
    """Return the documentation's page."""
    found = goals(results)
    missed = [goal for goal in found if not goal.met]
    parts = [
        HEAD,
        "## Goals\n\n",
        f"{len(found) - len(missed)} of {len(found)} goals are met.\n\n",
    ]
    if max(results["load"], results["load_after"]) > BUSY:
        parts.append(
            f"The machine was busy with other work (load {results['load']:.1f} before, "
            f"{results['load_after']:.1f} after, with the measurement's own), which makes "
            "times longer and ratios uncertain.\n\n"
        )
    parts += [f"- **{one.words}.** {REMARKS.get(one.key, UNKNOWN)}\n" for one in missed]
    rows = (
        (one.words, one.measured, one.floor, "met" if one.met else "**missed**")
        for one in found
    )
    parts += [
        "\n" if missed else "",
        *_table(("Goal", "Mosty", "Floor", "Result"), rows),
        "\n## Checking in\n\n",
        f"Granian with {results['workers']} workers of {results['threads']} threads.\n\n",
        *_table(("Phones", "Check-in", "A second", "Marks"), _waves(results)),
        "\n## Pages\n\n",
        *_table(("Page", "Mosty", "Floor", "Size"), _pages(results["pages"])),
        NOTES,
        "\n## Machine\n\n",
        *_table(("", ""), results["machine"].items()),
    ]
    return "".join(parts)


def _waves(results: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for name, words in WAVES.items():
        wave = results["waves"][name]
        yield words, times(wave), f"{wave['rate']:.0f}", str(wave["marks"])
    crowd = results["minute"]
    yield (
        f"{crowd['people']} within a minute",
        f"{times(crowd)}; scan, send and read {crowd['all_median']:.0f} ms",
        f"{crowd['people'] / crowd['seconds']:.0f}",
        str(crowd["marks"]),
    )


def _pages(pages: Mapping[str, Mapping[str, float]]) -> Iterator[Sequence[str]]:
    for name, found in pages.items():
        bare = f"{found['floor_ms']:.1f} ms" if "floor_ms" in found else ""
        words = BESIDE.get(name, "Results of the feedback")
        yield words, f"{found['ms']:.1f} ms", bare, f"{found['kib']:.0f} KiB"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield from (
        f"| {' | '.join(cells)} |\n" for cells in (head, ["---"] * len(head), *rows)
    )
