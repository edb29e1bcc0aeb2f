"""The results as a page of the documentation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bench.plans.measure import PAGES, goals

# From this load on, other programs slow what is measured.
BUSY = 0.5

HEAD = """\
# Benchmarks of action plans

The coordinator's overview of 5,000 actions of 250 plans in 30 cities, with Mosty as `mosty serve` runs it, and beside it
a floor: bare Django that shows the same rows and counts the same totals from the same tables, without sign-in, policy,
filters or menu. `make bench` repeats it and writes this page.

"""
NOTES = """
Each page holds the list, the totals by status, what is overdue, the table by city and the table by topic. Times are medians
of single requests over a connection that stays open; both systems take turns page by page. All cities and plans are
fictional, made by a fixed seed.
"""


def page(results: Mapping[str, Any]) -> str:
    """Return the documentation's page."""
    found = goals(results["pages"])
    met = sum(goal.met for goal in found)
    parts = [HEAD, "## Goals\n\n", f"{met} of {len(found)} goals are met.\n\n"]
    if max(results["load"], results["load_after"]) > BUSY:
        parts.append(
            f"The machine was busy with other work (load {results['load']:.1f} before, "
            f"{results['load_after']:.1f} after, with the measurement's own), which makes "
            "times longer and ratios uncertain.\n\n"
        )
    parts += _table(
        ("Goal", "Mosty", "Floor", "Result"),
        (
            (one.words, one.measured, one.floor, "met" if one.met else "**missed**")
            for one in found
        ),
    )
    parts.append("\n## Pages\n\n")
    parts += _table(
        ("Page", "Mosty", "Floor", "Size"),
        (
            (
                PAGES[key][0],
                f"{one['ms']:.1f} ms",
                f"{one['floor_ms']:.1f} ms",
                f"{one['kib']:.0f} KiB",
            )
            for key, one in results["pages"].items()
        ),
    )
    parts += [NOTES, "\n## Machine\n\n"]
    parts += _table(("", ""), results["machine"].items())
    return "".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield from (
        f"| {' | '.join(cells)} |\n" for cells in (head, ["---"] * len(head), *rows)
    )
