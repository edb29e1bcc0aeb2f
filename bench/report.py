"""The results as a table on the screen and as a page of the documentation."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.goals import NAMES, Goal, goals, per_second
from bench.remarks import REMARKS, UNKNOWN

HEAD = """\
# Benchmarks

Absolute times say little: machines differ. So Mosty is measured beside two others, in
one run, on one machine, on one PostgreSQL, in turns, with 10,000 rows each:

- the **peer**: [pretalx](https://pretalx.com), which takes proposals for conferences,
  with 10,000 proposals, under gunicorn with 2 workers;
- the **floor**: a bare Django view without middleware, sign-in, forms or checks, on a
  copy of Mosty's own tables, under Granian with 2 workers. No Django program gets below
  it.

Mosty runs as in production, under Granian with 2 workers, with signed-in people, a
second factor for staff, and its strict headers.

`make bench` repeats all of it and writes this page.
"""
NOTES = """\
## How it is measured

- Times are medians of single requests, one after the other, over a connection that
  stays open; a first request of each round is not counted. Rates come from 8 visitors at
  once. The client runs on the same cores, so rates are lower than they could be.
- The systems take turns page by page, so that a slow minute slows them all.
- "Nomination submitted" is one request: form checked, rules held against it, city
  locked, duplicates looked for, ledger written, message and its job put into the
  outbox. Of the peer's submission, which takes two steps, only the last one counts,
  which stores the proposal. The floor inserts one row in a transaction.
- The peer keeps its cache in memory, which is faster than the Redis it would use, and
  drops its messages. Its list shows 50 proposals, as Mosty's does.
- The floor's list asks for the 50 rows with their cities. Mosty's also counts what was
  found, marks possible duplicates, and knows who may see what.
- The databases of all systems are told that random reads are cheap
  (`random_page_cost = 1.1`), as [the installation guide](../how-to/install.md) advises.
- Memory is the most that all processes of a system ever held, added up; pages that
  processes share are counted in each.
- All people and cities are fictional, made by a fixed seed.
- The code is in `bench/`. What it makes stays in `var/bench/`.
"""


def page(results: Mapping[str, Any]) -> str:
    """Return the documentation's page for ``results``."""
    found = goals(results)
    missed = [goal for goal in found if not goal.met]
    parts = [HEAD, "## Goals\n", _verdict(found, missed)]
    if results["load"] > BUSY:
        parts.append(DISTURBED)
    if missed:
        parts.append("### Missed\n\n" + "\n".join(_remark(goal) for goal in missed))
    parts += [
        "### All\n\n" + _table(GOAL_HEAD, map(_goal_row, found)),
        "## Pages\n\n" + _table(PAGE_HEAD, _page_rows(results.get("pages", {}))),
    ]
    if memory := results.get("memory"):
        parts.append(
            "Peak memory with 2 workers: "
            + ", ".join(f"{SYSTEMS[name]} {mb:.0f} MB" for name, mb in memory.items())
            + ".\n"
        )
    parts += [NOTES, "## Machine\n\n" + _table(("", ""), results["machine"].items())]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


# From this load on, other programs slow what is measured.
BUSY = 0.5
DISTURBED = "The machine was busy with other work, which makes times longer and ratios uncertain.\n"
SYSTEMS = {"mosty": "Mosty", "peer": "peer", "floor": "floor"}
GOAL_HEAD = ("Goal", "Mosty", "Peer", "Floor", "Ratio", "Result")
PAGE_HEAD = ("Page", "System", "Median", "Requests timed", "8 at once", "Size")


def on_screen(results: Mapping[str, Any]) -> str:
    """Return the goals in lines with tabs, the missed ones first."""
    return "\n".join(
        "\t".join(cell for cell in _goal_row(goal) if cell) for goal in goals(results)
    )


def _verdict(found: Sequence[Goal], missed: Sequence[Goal]) -> str:
    return f"{len(found) - len(missed)} of {len(found)} goals are met.\n"


def _remark(goal: Goal) -> str:
    return f"- **{goal.words}.** {REMARKS.get(goal.key, UNKNOWN)}"


def _goal_row(goal: Goal) -> tuple[str, ...]:
    result = "met" if goal.met else "**missed**"
    return goal.words, goal.mosty, goal.peer, goal.floor, goal.ratio, result


def _page_rows(pages: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    for name, systems in pages.items():
        for system, found in systems.items():
            yield (
                NAMES[name],
                SYSTEMS[system],
                f"{found['ms']:.1f} ms",
                str(found["runs"]),
                per_second(found["rate"]) if found["rate"] else "",
                f"{found['kib']:.0f} KiB" if found["kib"] else "",
            )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
