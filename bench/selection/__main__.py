"""The command: ``python -m bench.selection``."""

import argparse
import json
import os
import subprocess
import sys

from bench import machine
from bench.places import ROOT
from bench.processes import NotStarted
from bench.selection import report
from bench.selection.measure import measure
from bench.selection.pools import HOME

DOCUMENT = ROOT / "docs" / "explanation" / "benchmarks-selection.md"


def main() -> int:
    """Measure, print the page, write it; 1 if something could not be measured."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.selection",
        description="Measure the selection engine beside sortition-algorithms on the same "
        "files, and write docs/explanation/benchmarks-selection.md. Everything it makes "
        "is in var/bench/selection/.",
    )
    parser.add_argument(
        "--without-peer", action="store_true", help="leave the peer out; write nothing"
    )
    options = parser.parse_args()
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    load = machine.load()
    try:
        results = measure(
            env,
            lambda words: print(f"bench: {words}", file=sys.stderr, flush=True),
            with_peer=not options.without_peer,
        )
    except (NotStarted, OSError, subprocess.TimeoutExpired) as trouble:
        print(f"bench: {trouble}", file=sys.stderr)
        return 1
    results |= {"load": load, "machine": machine.alone()}
    (HOME / "results.json").write_text(json.dumps(results, indent=2), encoding="utf-8")
    page = report.page(results)
    print(page)
    if not options.without_peer:
        DOCUMENT.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
