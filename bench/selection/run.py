"""Both tools on the same pools, in turns, each in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from bench import venvs
from bench.places import BENCH, ROOT
from bench.processes import NotStarted
from bench.rows import Asked
from bench.say import say
from bench.selection import pools
from bench.selection.pools import FOUR, HOME, SIX, Pool

PEER = "sortition-algorithms"
REQUIREMENTS = BENCH / "selection" / "requirements-sortition.txt"
BACKENDS = ("highspy", "mip-highs")
# Each of ours so often; the middle one counts. The peer's once: it takes long enough.
TIMES = 5
LONGEST = 600
# The largest pool that ends within a minute is looked for among these.
PEOPLE_OF_SIX = ((150, 25), (250, 40), (500, 60), (1000, 100), (1500, 150))
MINUTE = 60


def run(asked: Asked) -> dict[str, Any]:
    """
    Return times, smallest odds and memory of both tools.

    :raises NotStarted: if a pool has no cohort, or the peer cannot be installed.
    """
    # As the command ``mosty`` says it for its own process.
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    env["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    HOME.mkdir(parents=True, exist_ok=True)
    asked.facts["HiGHS"] = version("highspy")
    python = None
    if asked.peer:
        python = venvs.python_of(HOME, REQUIREMENTS)
        asked.facts[PEER] = _version()
    beside = [
        pools.drawn(150, 22, FOUR),
        pools.drawn(300, 30, FOUR),
        pools.drawn(500, 40, FOUR),
        pools.even(200, 20),
    ]
    found = []
    for pool in beside:
        say(f"{pool.people} people, {pool.seats} seats")
        row: dict[str, Any] = {**_facts(pool), **_ours(pool, env)}
        if python is not None:
            row["peer"] = {one: _theirs(python, pool, one) for one in BACKENDS}
        found.append(row)
    say("2,000 people, 200 seats")
    large = pools.even(2000, 200)
    alone = [{**_facts(large), **_ours(large, env)}]
    for people, seats in PEOPLE_OF_SIX:
        say(f"{people} people, six attributes")
        pool = pools.drawn(people, seats, SIX)
        alone.append({**_facts(pool), **_ours(pool, env, times=1)})
        if alone[-1]["seconds"] > MINUTE:
            break
    say("20,000 people, priorities")
    many = _run(
        [sys.executable, "-m", "bench.selection.ours", "priorities", *CALL], env
    )
    return {"beside": found, "alone": alone, "priorities": many}


CALL = ("20000", "300", "500")


def _facts(pool: Pool) -> dict[str, Any]:
    return {
        "name": pool.name,
        "people": pool.people,
        "seats": pool.seats,
        "attributes": pool.attributes,
    }


def _ours(pool: Pool, env: Mapping[str, str], times: int = TIMES) -> dict[str, Any]:
    files = (pool.people_file, pool.quotas_file, str(pool.seats))
    command: list[str | Path] = [sys.executable, "-m", "bench.selection.ours"]
    command += ["lottery", *files]
    runs = [_run(command, env) for _ in range(times)]
    return {**runs[0], "seconds": median(run["seconds"] for run in runs)}


def _theirs(python: Path, pool: Pool, backend: str) -> dict[str, Any]:
    script = BENCH / "selection" / "theirs.py"
    files = (pool.people_file, pool.quotas_file, str(pool.seats))
    return _run([python, script, *files, backend], {})


def _run(
    command: Sequence[str | Path], env: Mapping[str, str]
) -> dict[str, float | int]:
    done = subprocess.run(
        command,
        env=dict(env) or None,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    if done.returncode:
        raise NotStarted(f"{command[:4]}: {done.stderr[-2000:]}")
    answer: dict[str, float | int] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _version() -> str:
    """Return which version of the peer is pinned."""
    pins = REQUIREMENTS.read_text(encoding="utf-8").split()
    return next(pin for pin in pins if pin.startswith(f"{PEER}==")).partition("==")[2]
