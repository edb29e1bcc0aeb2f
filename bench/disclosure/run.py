"""A fictional year's tables, protected and audited, each in a process of its own."""

import json
import resource
import subprocess
import sys
import time
from typing import Any

from bench.disclosure.year import (
    RING,
    TABLES,
    TREE,
    consultations,
    hierarchies,
    tables,
)
from bench.rows import Asked
from bench.say import say
from mosty.engines.disclosure import audit, protect

# What is measured: consultations, tables, kinds of persons up to which a ring is one.
CASES = (
    (4_000, TREE[:1], 20_000, "one: nationality x topic"),
    (4_000, TREE, 20_000, "three that can be glued"),
    (4_000, RING, 20_000, "a ring of three"),
    (4_000, TABLES, 10_000, "twelve linked"),
)
TAU_SECONDS = 20.0


def run(_asked: Asked) -> list[dict[str, Any]]:
    """Return a row for each case."""
    rows = []
    for number in range(len(CASES)):
        say(CASES[number][3])
        done = subprocess.run(
            [sys.executable, "-m", "bench.disclosure.run", str(number)],
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


if __name__ == "__main__":
    sys.stdout.write(json.dumps(one(int(sys.argv[1]))))
