"""The measurement: all systems take turns, so that a slow minute slows them all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import Any

from bench.client import rate
from bench.systems import Pages, System

ROUNDS = 4
# Timed answers in a row, after one that is not, in each round.
TIMED = 4
# The peer takes seconds where others take milliseconds.
TIMED_PEER = 3
THREADS = 8
# For so many seconds they ask side by side.
AT_ONCE = 1.5
# These the peer can be asked for side by side; its visitors share what they submit.
READ_ONLY = ("list", "search", "call")
Say = Callable[[str], None]
Times = dict[str, dict[str, dict[str, Any]]]


def measure(systems: Mapping[str, System], pages: Iterable[str], say: Say) -> Times:
    """
    Return page -> system -> ``ms`` (median), ``kib`` and ``rate`` (requests a second).
    """
    asked = list(pages)
    visitors = {
        name: [system.visitor(n) for n in range(THREADS)]
        for name, system in systems.items()
    }
    say("warming up")
    for name, several in visitors.items():
        for page in asked:
            if page in several[0]:
                alone = name == "peer" and page not in READ_ONLY
                rate([one[page] for one in several[: 1 if alone else 4]], 0)
    seconds: dict[tuple[str, str], list[float]] = defaultdict(list)
    rates: dict[tuple[str, str], list[float]] = defaultdict(list)
    sizes: dict[tuple[str, str], int] = {}
    for turn in range(ROUNDS):
        say(f"round {turn + 1} of {ROUNDS}")
        for page in asked:
            for name, several in visitors.items():
                if page not in several[0]:
                    continue
                key = (page, name)
                sizes[key], times = _latencies(several[0], page, peer=name == "peer")
                seconds[key] += times
                # Once is enough for the peer: it takes longest.
                if name != "peer" or (page in READ_ONLY and not turn):
                    tasks = [one[page] for one in several]
                    rates[key].append(rate(tasks, AT_ONCE))
    found: Times = defaultdict(dict)
    for page, name in seconds:
        key = (page, name)
        found[page][name] = {
            "ms": median(seconds[key]) * 1000,
            "runs": len(seconds[key]),
            "kib": sizes[key] / 1024,
            "rate": median(rates[key]) if rates[key] else None,
        }
    return dict(found)


def _latencies(pages: Pages, page: str, *, peer: bool) -> tuple[int, list[float]]:
    pages[page]()
    answers = [pages[page]() for _turn in range(TIMED_PEER if peer else TIMED)]
    return answers[-1].size, [answer.seconds for answer in answers]
