"""A fictional year's tables, protected and audited, each in a process of its own."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.disclosure.year import (
    RING,
    TABLES,
    TREE,
    consultations,
    hierarchies,
    tables,
)
from mosty.engines.disclosure import audit, protect

# What is measured: consultations, tables, kinds of persons up to which a ring is one.
CASES = (
    (4_000, TREE[:1], 20_000, "one: nationality x topic"),
    (4_000, TREE, 20_000, "three that can be glued"),
    (4_000, RING, 20_000, "a ring of three"),
    (4_000, TABLES, 10_000, "twelve linked"),
)
TAU_SECONDS = 20.0


def measure(say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Return a row for each case."""
    rows = []
    for number in range(len(CASES)):
        say(f"disclosure: {CASES[number][3]}")
        done = subprocess.run(
            [sys.executable, "-m", "bench.disclosure.measure", str(number)],
            capture_output=True,
            text=True,
            check=True,
        )
        rows.append(json.loads(done.stdout))
    return rows


def one(number: int) -> dict[str, Any]:
    """Return the row of one case, measured here."""
    people, shapes, most, name = CASES[number]
    given = tables(consultations(people), shapes)
    cpu = time.process_time()
    done = protect(given, hierarchies(), tau_seconds=TAU_SECONDS, joint_most=most)
    cpu = time.process_time() - cpu
    # As a release does it: by somebody who knows only what is published.
    start = time.process_time()
    again = audit(
        [table.merged() for table in done.tables],
        hierarchies(),
        joint_most=most,
        marks=False,
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "name": name,
        "cells": sum(len(table.cells) for table in done.tables),
        "primary": done.primary,
        "secondary": done.secondary,
        "proposed": done.proposed,
        "whole": done.whole,
        "rounds": done.rounds,
        "seconds": done.seconds,
        "tau": done.tau_seconds,
        "audit": done.audit_seconds,
        "cpu": cpu,
        "alone": again.seconds,
        "alone_cpu": time.process_time() - start,
        "memory": memory / 1024,
        "holds": done.audit.holds,
        "alone_holds": again.holds,
        "apart": len(done.audit.not_joined),
    }


HEAD = """\
# Benchmarks of disclosure control

`mosty.engines.disclosure` on 4,000 fictional consultations: 80 nationalities in 6 continents, 24 topics (one with threshold
10, the others 5), 12 months in 4 quarters, 8 languages. Twelve linked: the four dimensions alone, each two of them, continent
x topic x language, topic x quarter x language. `make bench` repeats it and writes this page.

Goal: twelve linked tables protected and audited in 60 s and 2 GB; where the row below says more, it is missed. tau-Argus is
ended after 20 s and not asked about more than 1,500 cells that are not 0 at once: then it proposes *table by table*, two at
a time, where it can, and the finisher does the rest. *Audits* are all audits of the loop, with what statuses tell;
*processor* is the time of the process itself, without tau-Argus's. *Audit alone* is that of a release: once more, by
somebody who begins with nothing but what is published; it comes on top. Rings of more kinds of persons than the row's
limit (20,000; of twelve tables 10,000) are not looked at as one: *apart*.
Where the load below is more than 2, other programs wanted the two cores: then time on the clock says little, and what the
process itself used says more. *Audit alone* may fail to find in time what shows a number to be open; a release's audit is
given the worlds that protection has seen, and checks each.
[How it works](disclosure.md).

"""
NAMES = (
    "tables",
    "cells",
    "small",
    "hidden with them",
    "tau-Argus proposed",
    "rounds",
    "all",
    "tau-Argus",
    "audits",
    "processor",
    "audit alone",
    "its processor",
    "memory",
    "audit",
    "rings apart",
)


def page(rows: Sequence[Mapping[str, Any]], machine: Mapping[str, str]) -> str:
    """Return the documentation's page."""
    lines = [
        f"| {' | '.join(NAMES)} |\n",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    ]
    for row in rows:
        proposed = f"{row['proposed']}{'' if row['whole'] else ', table by table'}"
        share = row["audit"] / row["seconds"]
        cells = (
            row["name"],
            row["cells"],
            row["primary"],
            row["secondary"],
            proposed,
            row["rounds"],
            f"{row['seconds']:.1f} s",
            f"{row['tau']:.1f} s",
            f"{row['audit']:.1f} s ({share:.0%})",
            f"{row['cpu']:.1f} s",
            f"{row['alone']:.1f} s{'' if row['alone_holds'] else ', not shown'}",
            f"{row['alone_cpu']:.1f} s",
            f"{row['memory']:.0f} MB",
            "holds" if row["holds"] else "fails",
            row["apart"],
        )
        lines.append(f"| {' | '.join(map(str, cells))} |\n")
    facts = [f"| {name} | {value} |\n" for name, value in machine.items()]
    return "".join((HEAD, *lines, "\n## Machine\n\n| | |\n|---|---|\n", *facts))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(one(int(sys.argv[1]))))
