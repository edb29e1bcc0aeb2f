"""One bench, in this process: ``python -m bench.one NAME FOUND OPTIONS``."""

import json
import signal
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from bench import kept
from bench.benches import goals_of
from bench.rows import Asked


def main() -> int:
    """Measure, and write the rows and the facts."""
    name, out, options = sys.argv[1:]
    # Asked to end, it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_given: sys.exit(1))
    asked = Asked(**json.loads(options))
    results = import_module(f"bench.{name}.run").run(asked)
    goals = goals_of(name)
    rows = kept.checked(goals.rows(results), [goal.key for goal in goals.GOALS])
    found = {"rows": [asdict(row) for row in rows], "facts": asked.facts}
    Path(out).write_text(json.dumps(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
