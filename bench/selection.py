"""The selection engine as a whole process, on calls of three sizes."""

import json
import random
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.places import VAR
from bench.processes import NotStarted, spend

# People nominated, seats, cities. The first is a call of the Academy.
SIZES = ((47, 25, 13), (200, 20, 50), (2000, 200, 300))
DEPARTMENTS = (
    "education",
    "culture",
    "social_policy",
    "ngo",
    "information",
    "equality",
)


def problem(people: int, seats: int, cities: int) -> dict[str, Any]:
    """Return a call's problem with the Academy's rules and fictional people."""
    source = random.Random(people)
    experience = {city: source.choice(("little", "much")) for city in range(cities)}
    return {
        "candidates": [
            {
                "code": f"P{number:04d}",
                "attributes": {
                    "organisation": f"c{number % cities:03d}",
                    "department": source.choice(DEPARTMENTS),
                    "gender": source.choices(("woman", "man"), (64, 36))[0],
                    "experience": experience[number % cities],
                    "new_in_post": source.choice(("yes", "no", "no", "no")),
                },
            }
            for number in range(people)
        ],
        "limits": {"seats": seats, "per_organisation_most": 4},
        "priorities": [
            {"kind": "coverage", "attribute": "organisation"},
            {"kind": "prefer", "condition": {"experience": ["little"]}, "label": "1"},
            {
                "kind": "prefer",
                "condition": {"experience": ["much"], "new_in_post": ["yes"]},
                "label": "2",
            },
            {"kind": "balance", "attribute": "department"},
            {"kind": "balance", "attribute": "gender"},
        ],
        "reserve": seats // 2,
    }


def measure(env: Mapping[str, str]) -> list[dict[str, float]]:
    """
    Return time and memory of ``mosty select`` for each size.

    :raises NotStarted: if one ends without a cohort.
    """
    results = []
    for people, seats, cities in SIZES:
        file = VAR / f"problem-{people}.json"
        file.write_text(json.dumps(problem(people, seats, cities)), encoding="utf-8")
        mosty = Path(sys.executable).with_name("mosty")
        spent = spend([mosty, "select", file, "--seed", "measured"], env)
        if spent.code:
            raise NotStarted(f"mosty select: {spent.output[-2000:]}")
        results.append(
            {
                "people": people,
                "seats": seats,
                "seconds": spent.seconds,
                "cpu": spent.cpu,
                "mb": spent.mb,
            }
        )
    return results
