"""What these tests say and do in common."""

import json
from collections.abc import Callable
from typing import Any

from mosty.engines.reading import canonical
from mosty.engines.selection import (
    BadProblem,
    Candidate,
    Condition,
    Limits,
    Memory,
    Prefer,
    Problem,
    Quota,
    run,
    verify,
)
from mosty.engines.selection.record import digests

Data = dict[str, Any]


PROBLEM = Problem(
    candidates=tuple(
        Candidate(
            f"P{number}",
            {"organisation": "abc"[number % 3], "level": level, "gender": "fm"[odd]},
        )
        for number, (level, odd) in enumerate(
            zip("xxyyyzz", (0, 1, 0, 0, 1, 1, 0), strict=True)
        )
    ),
    limits=Limits(3, per_organisation_most=2, quotas=(Quota("gender", "f", 1, 2),)),
    priorities=(
        Prefer(Condition.of({"level": ["x"]}), "first"),
        Memory("organisation", (("c", 1),)),
    ),
    reserve=2,
    must_out=frozenset({"P6"}),
)


TEXT = run(PROBLEM, "seed", "a die", tickets=12).to_json()


def touched(touch: Callable[[Data], object], text: str = TEXT) -> str:
    """Return the record after ``touch``, with digests as if nothing had happened."""
    data = json.loads(text)
    touch(data)
    data["digests"] = digests(data)
    return canonical(data)


def found(text: str) -> list[str]:
    """Return where the record is wrong; what cannot be read names its place too."""
    try:
        return [difference.path for difference in verify(text)]
    except BadProblem as fault:
        return [str(value) for value in fault.params.values()]
