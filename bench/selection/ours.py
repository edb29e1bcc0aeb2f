"""Run by Mosty's own Python: one lottery, or the priorities of a large call; prints JSON."""

import json
import random
import resource
import sys
import time
from pathlib import Path

from mosty.engines.selection import (
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    Prefer,
    Problem,
    Solved,
    prepare,
)
from mosty.engines.selection.files.quotas import stratified
from mosty.engines.selection.optimum import optimum
from mosty.engines.selection.types import Types

UNITS = ("education", "culture", "social_policy", "ngo", "information", "equality")


def lottery(people: str, quotas: str, seats: str) -> dict[str, float | int]:
    """Return what the exact leximin lottery of two files took and gave."""
    problem = stratified(Path(people), Path(quotas), int(seats), "id")
    started = time.perf_counter()
    solved = prepare(problem)
    seconds = time.perf_counter() - started
    if not isinstance(solved, Solved) or solved.lottery.odds is None:
        sys.exit("no cohort keeps the quotas")
    return {
        "seconds": seconds,
        "least": float(min(solved.lottery.odds)),
        "types": len(solved.types),
        "cohorts": len(solved.lottery.cohorts),
        "mb": _megabytes(),
    }


def priorities(people: str, cities: str, seats: str) -> dict[str, float | int]:
    """Return what the proven optimum of three priorities took in a large call."""
    source = random.Random(int(people))
    little = {city: source.choice(("little", "much")) for city in range(int(cities))}
    candidates = tuple(
        Candidate(
            f"P{number:05d}",
            {
                "organisation": f"c{number % int(cities):03d}",
                "department": source.choice(UNITS),
                "experience": little[number % int(cities)],
            },
        )
        for number in range(int(people))
    )
    problem = Problem(
        candidates,
        Limits(int(seats), per_organisation_most=4),
        (
            Coverage("organisation"),
            Prefer(Condition.of({"experience": ["little"]}), "little experience"),
            Balance("department"),
        ),
    )
    started = time.perf_counter()
    types = Types(problem)
    found = optimum(types)
    seconds = time.perf_counter() - started
    if found is None:
        sys.exit("no cohort keeps the limits")
    return {
        "seconds": seconds,
        "types": len(types),
        "covered": found.stages[1].value,
        "mb": _megabytes(),
    }


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
