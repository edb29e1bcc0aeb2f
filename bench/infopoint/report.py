"""The results as a page of the documentation."""

from collections.abc import Mapping
from typing import Any

from bench.delivery.report import BUSY
from bench.infopoint.goals import PROCESSES, SHARE, WORKERS

HEAD = f"""\
# Benchmarks of an information point

Recording a consultation, by {WORKERS} workers at once and each as fast as it goes, beside a
bare insert. `make bench` repeats it and writes this page.

"""
PARTS = {
    "nothing": "A statement that does nothing",
    "bare": "The bare insert",
    "guarded": "The same insert into the table with its guards and keys",
    "ledger": "An entry in the ledger",
    "ours": "Recording, from what the form says to the commit",
}
NOTES = f"""
## How it is measured

- Both sides are {PROCESSES} processes of {WORKERS // PROCESSES} threads with a connection each, by the same
  driver. Each record is committed. They take turns; the share is the median of the rounds.
- The bare insert writes the same columns into a table with the same indexes, as a prepared
  statement. It has no keys to other tables, guards, policy, lists of codes, or ledger.
- Recording is the action that the page calls: who may, the day, the operation, every code as
  it held on the day, whether the period is closed, the guards, the record, the ledger. It
  is one statement. Only where it writes nothing is asked why, for the sentence shown.
- Web server and page are not in it. Workers, server and database share the machine.
- The parts are medians by one connection alone, whose commits do not wait for the disk.
- All points and people are fictional.
"""

# Why the goal is missed; shown while it is.
REMARK = """\
A record is looked at twice, by the function that writes it and by the guard that holds it
against every other program; it is written with an entry in the ledger; and the statement
passes through Django. All of it runs on the cores that the bare insert has for itself. What
is left to take away are the guard, the ledger or Django, and none of them is.

"""


def page(results: Mapping[str, Any]) -> str:
    """Return the documentation's page."""
    share = results["share"]
    words = "met" if share >= SHARE else "**missed**"
    lines = [
        HEAD,
        f"Goal: at least one third of the bare insert's rate: {words}, {share:.2f}.\n\n",
    ]
    if max(results["load"], results["load_after"]) > BUSY:
        lines.append(
            f"Load of the machine: {results['load']:.1f} before, "
            f"{results['load_after']:.1f} after, the measurement's own included. "
            "Where it was busy before, rates are lower than they could be.\n\n"
        )
    if share < SHARE:
        lines.append(REMARK)
    lines.append(
        "| Round | Bare insert | Recording | Share | Recording takes |\n"
        "| --- | --- | --- | --- | --- |\n"
    )
    for place, one in enumerate(results["rounds"], 1):
        bare, ours = one["bare"], one["ours"]
        lines.append(
            f"| {place} | {bare['rate']:,.0f} a second | {ours['rate']:,.0f} a second "
            f"| {ours['rate'] / bare['rate']:.2f} "
            f"| median {ours['median']:.0f} ms, 95 % within {ours['p95']:.0f} ms |\n"
        )
    lines.append("\n| One connection alone | Takes |\n| --- | --- |\n")
    lines += [
        f"| {words} | {results['parts'][name]:.2f} ms |\n"
        for name, words in PARTS.items()
    ]
    lines += [NOTES, "\n## Machine\n\n|  |  |\n| --- | --- |\n"]
    lines += [f"| {name} | {value} |\n" for name, value in results["machine"].items()]
    return "".join(lines)
