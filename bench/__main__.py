"""The command: ``python -m bench``."""

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from bench import kept, machine, table
from bench.benches import NAMES, goals_of
from bench.kept import Kept
from bench.places import DOCUMENT, ROOT, VAR
from bench.rows import Asked, Row
from bench.say import say


def main() -> int:
    """Run the benches that are asked for, one after the other; 1 if one failed."""
    options = _options()
    asked = Asked(
        peer=not options.without_peer,
        peer_python=options.peer_python,
        spark=not options.without_spark,
        share=options.share,
    )
    names = [] if options.table else options.names or list(NAMES)
    is_kept = asked.is_whole and not options.dry
    found = []
    for name in names:
        run = _run(name, asked)
        found.append(run)
        # At once: a whole run takes hours, and the next bench may break it off.
        if is_kept:
            kept.save(name, run)
        print("\n".join(table.lines(name, goals_of(name), run)))
    if not is_kept:
        say("nothing is kept, and the table stays as it is")
    else:
        text = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(table.placed(text, table.made()), encoding="utf-8")
        say(f"written: {DOCUMENT.relative_to(ROOT)}")
    return 1 if any(run.failed for run in found) else 0


def _run(name: str, asked: Asked) -> Kept:
    """Run one bench in a process of its own."""
    say(name)
    VAR.mkdir(parents=True, exist_ok=True)
    out = VAR / f"{name}.rows.json"
    out.unlink(missing_ok=True)
    before, facts = machine.wanted(), machine.facts()
    options = {key: value for key, value in asdict(asked).items() if key != "facts"}
    command = [sys.executable, "-m", "bench.one", name, str(out), json.dumps(options)]
    ended = subprocess.run(command, cwd=ROOT, check=False)
    run: dict[str, Any] = {
        "date": kept.today(),
        "machine": facts,
        "load": (before, machine.load()),
    }
    if ended.returncode or not out.exists():
        say(f"{name} could not be measured; its goals stand as not measured")
        return Kept(**run, failed=True)
    found = json.loads(out.read_text(encoding="utf-8"))
    rows = tuple(Row(**row) for row in found["rows"])
    return Kept(**run, rows=rows, facts=found["facts"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure Mosty beside peers and floors, keep what was found in "
        "bench/results, and renew the table in docs/explanation/benchmarks.md. Of benches "
        "that are not named the table keeps what stands there. All else that a run makes "
        "is in var/bench/. The first run installs the peers, which takes minutes.",
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which: {', '.join(NAMES)}; else all"
    )
    parser.add_argument("--dry", action="store_true", help="print, and keep nothing")
    parser.add_argument(
        "--table", action="store_true", help="measure nothing, only renew the table"
    )
    parser.add_argument(
        "--without-peer", action="store_true", help="leave the peers out; keep nothing"
    )
    parser.add_argument(
        "--peer-python", metavar="PATH", help="the Python that pretalx runs on"
    )
    parser.add_argument(
        "--without-spark", action="store_true", help="leave Spark out; keep nothing"
    )
    parser.add_argument(
        "--share",
        type=float,
        default=1.0,
        help="make only this share of many documents and rows; keep nothing",
    )
    options = parser.parse_args()
    for name in options.names:
        if name not in NAMES:
            parser.error(f"{name}: there is no such bench")
    return options


if __name__ == "__main__":
    sys.exit(main())
