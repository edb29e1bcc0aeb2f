"""All systems filled, served in turns, measured."""

import json
import sys
from importlib.metadata import version
from typing import Any

from bench import stage
from bench.database import Server
from bench.nominating import imports
from bench.nominating.goals import NAMES
from bench.nominating.measure import measure
from bench.peer import install
from bench.processes import call
from bench.rows import Asked
from bench.say import say


def run(asked: Asked) -> dict[str, Any]:
    """Return all results."""
    server = Server()
    env = stage.mosty_env(server)
    asked.facts |= {"PostgreSQL": server.version(), "Granian": version("granian")}
    if asked.peer:
        asked.facts["pretalx"] = install.version()
    say("filling Mosty with 10,000 nominations")
    filled = stage.fill(server)
    say("starting the systems")
    with stage.served_systems(
        server, filled, peer=asked.peer, peer_python=asked.peer_python
    ) as served:
        pages = measure(served.systems, NAMES, say)
        memory = {name: one.peak_mb() for name, one in served.running.items()}
    say("counting queries")
    call([stage.BIN / "mosty", "collectstatic", "--noinput", "-v0"], env)
    count = [sys.executable, "-m", "bench.ours.count"]
    queries = json.loads(call(count, env, json.dumps(filled)))
    say("importing 10,000 rows, twice")
    return {
        "pages": pages,
        "memory": memory,
        "queries": queries,
        "imports": imports.measure(filled, env),
    }
