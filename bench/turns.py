"""Pages of ours and bare views that take turns, so that a slow minute slows them all."""

from collections import defaultdict
from collections.abc import Mapping
from statistics import median
from typing import Any

from bench.systems import Ask


def in_turns(
    asked: Mapping[str, tuple[Ask, Ask | None]], *, rounds: int, timed: int
) -> dict[str, dict[str, Any]]:
    """
    Return the middle time of each page (``ms``, ``kib``) and of its bare view (``floor_ms``).

    The first answer of each round is not counted.
    """
    seconds: dict[tuple[str, bool], list[float]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for _round in range(rounds):
        for name, both in asked.items():
            for is_bare, ask in enumerate(both):
                if ask is None:
                    continue
                ask()
                answers = [ask() for _time in range(timed)]
                seconds[name, bool(is_bare)] += [one.seconds for one in answers]
                if not is_bare:
                    sizes[name] = answers[-1].size
    return {
        name: {
            "ms": median(seconds[name, False]) * 1000,
            "kib": sizes[name] / 1024,
            **(
                {"floor_ms": median(seconds[name, True]) * 1000}
                if (name, True) in seconds
                else {}
            ),
        }
        for name in asked
    }
