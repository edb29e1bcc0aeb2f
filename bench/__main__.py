"""The command: ``python -m bench``."""

import argparse
import json
import signal
import sys
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any

from bench import imports, machine, report, stage
from bench.client import BadAnswer
from bench.database import Server
from bench.goals import NAMES
from bench.measure import measure
from bench.peer import install
from bench.places import DOCUMENT, ROOT, VAR
from bench.processes import NotStarted, call

OTHERS = ("import", "queries")


def main() -> int:
    """Measure, print the goals, write the page; 1 if something could not be measured."""
    options = _options()
    # Asked to end, it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_given: sys.exit(1))
    try:
        results = Bench(options).run()
    except (NotStarted, BadAnswer, OSError, HTTPException) as trouble:
        print(f"bench: {trouble}", file=sys.stderr)
        return 1
    (VAR / "results.json").write_text(json.dumps(results, indent=2), encoding="utf-8")
    print(report.on_screen(results))
    if options.only or options.without_peer:
        say("only a part was measured: the documentation stays as it is")
    else:
        DOCUMENT.write_text(report.page(results), encoding="utf-8")
        say(f"written: {DOCUMENT.relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure Mosty beside a peer (pretalx) and a floor (bare Django) with "
        "10,000 rows each, and write docs/explanation/benchmarks.md. Everything it "
        "makes is in var/bench/. The first run installs the peer, which takes minutes.",
    )
    parser.add_argument(
        "--only",
        metavar="NAME,...",
        default="",
        help=f"measure only these: {', '.join((*NAMES, *OTHERS))}",
    )
    parser.add_argument("--without-peer", action="store_true", help="leave pretalx out")
    parser.add_argument(
        "--peer-python", metavar="PATH", help="the Python that pretalx runs on"
    )
    options = parser.parse_args()
    options.only = [name for name in options.only.split(",") if name]
    for name in options.only:
        if name not in {*NAMES, *OTHERS}:
            parser.error(f"--only {name}: there is no such measurement")
    return options


def say(words: str) -> None:
    """Tell how far it is, with the time."""
    print(f"bench {datetime.now(UTC):%H:%M:%S}  {words}", file=sys.stderr, flush=True)


class Bench:
    """One run: everything set up, measured, and taken down again."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.peer = not options.without_peer
        self.peer_python = options.peer_python
        self.only = set(options.only)
        self.pages = [name for name in NAMES if self.wants(name)]
        self.server = Server()
        self.env = stage.mosty_env(self.server)

    def wants(self, name: str) -> bool:
        """Test if this is to be measured."""
        return not self.only or name in self.only

    def run(self) -> dict[str, Any]:
        """Return all results."""
        peer = install.version() if self.peer else "not measured"
        results: dict[str, Any] = {
            "machine": machine.facts(self.server, peer),
            "load": machine.load(),
        }
        if self.pages or self.wants("queries") or self.wants("import"):
            say("filling Mosty with 10,000 nominations")
            filled = stage.fill(self.server)
            if self.pages:
                results |= self._pages(filled)
            if self.wants("queries"):
                say("counting queries")
                results["queries"] = self._queries(filled)
            if self.wants("import"):
                say("importing 10,000 rows, twice")
                results["imports"] = imports.measure(filled, self.env)
        return results

    def _pages(self, filled: dict[str, Any]) -> dict[str, Any]:
        say("starting the systems")
        with stage.served_systems(
            self.server, filled, peer=self.peer, peer_python=self.peer_python
        ) as served:
            pages = measure(served.systems, self.pages, say)
            memory = {name: one.peak_mb() for name, one in served.running.items()}
        return {"pages": pages, "memory": memory}

    def _queries(self, filled: dict[str, Any]) -> dict[str, list[int]]:
        call([stage.BIN / "mosty", "collectstatic", "--noinput", "-v0"], self.env)
        count = [sys.executable, "-m", "bench.ours.count"]
        found: dict[str, list[int]] = json.loads(
            call(count, self.env, json.dumps(filled))
        )
        return found


if __name__ == "__main__":
    sys.exit(main())
