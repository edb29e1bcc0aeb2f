"""
Numbered cohorts, so that digits drawn in public decide.

Each number has a cohort of people; cohorts may repeat. They are chosen so that the
numbers in which a person sits, out of all, come as near her odds as can be.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import highspy
import numpy as np

from mosty.engines.draw import Draw
from mosty.engines.errors import BadProblem
from mosty.engines.reading import Json
from mosty.engines.selection.highs import INFINITY, must, new_model, solve
from mosty.engines.selection.outcome import Outcome

MOST_TICKETS = 100_000
# Searching for the nearest numbers ends after so many nodes; always the same then.
NODES = 20


@dataclass(frozen=True, slots=True)
class Numbered:
    """
    ``cohorts[i]`` is who sits if the number i is drawn, from 0.

    ``deviation`` is the largest difference between anybody's odds in this list and
    those of the lottery, ``whose`` is her code.
    """

    cohorts: tuple[tuple[str, ...], ...]
    deviation: Fraction
    whose: str


def number_cohorts(outcome: Outcome, tickets: int, seed: str) -> Numbered:
    """
    Return ``tickets`` numbered cohorts of a lottery over listed cohorts.

    How often each cohort is listed is an integer programme: the largest difference
    of odds of a type is as small as was found. Within a type, everybody is listed
    equally often, or once more or less; who, and the order of the list, come from a
    draw with ``seed`` and a word of its own.

    :raises BadProblem: if the lottery lists no cohorts, or ``tickets`` is too large.
    """
    if not outcome.lottery.cohorts:
        raise BadProblem("no_numbered_cohorts", name=outcome.lottery.rule)
    if not 1 <= tickets <= MOST_TICKETS:
        raise BadProblem("tickets_out_of_range", tickets=tickets, most=MOST_TICKETS)
    draw = Draw(f"numbered {seed}")
    times = _times(outcome, tickets)
    patterns = [
        cohort
        for cohort, number in zip(outcome.lottery.cohorts, times, strict=True)
        for _ in range(number)
    ]
    order = [int(one) for one in draw.shuffle(f"{i:06}" for i in range(tickets))]
    queues = [list(draw.shuffle(codes)) for codes in outcome.types]
    turn = [0] * len(queues)
    listed: list[tuple[str, ...]] = []
    for i in order:
        seated: list[str] = []
        for t, count in enumerate(patterns[i]):
            codes = queues[t]
            for _ in range(count):
                seated.append(codes[turn[t] % len(codes)])
                turn[t] += 1
        listed.append(tuple(sorted(seated)))
    often = Counter(code for cohort in listed for code in cohort)
    odds = {p.code: p.odds for p in outcome.people if p.odds is not None}
    off = {code: abs(Fraction(often[code], tickets) - o) for code, o in odds.items()}
    whose = min(off, key=lambda code: (-off[code], code)) if off else ""
    return Numbered(tuple(listed), off.get(whose, Fraction(0)), whose)


def numbered_to_json(numbered: Numbered) -> dict[str, Json]:
    """Return the list as JSON data, cohorts as indices of the distinct ones."""
    distinct = sorted(set(numbered.cohorts))
    index = {cohort: i for i, cohort in enumerate(distinct)}
    deviation = numbered.deviation
    return {
        "distinct": [list(cohort) for cohort in distinct],
        "cohorts": [index[cohort] for cohort in numbered.cohorts],
        "deviation": f"{deviation.numerator}/{deviation.denominator}",
        "whose": numbered.whose,
    }


def numbered_from_json(data: Mapping[str, Any]) -> Numbered:
    """Return the list that :func:`numbered_to_json` wrote."""
    distinct = [tuple(cohort) for cohort in data["distinct"]]
    return Numbered(
        tuple(distinct[index] for index in data["cohorts"]),
        Fraction(data["deviation"]),
        data["whose"],
    )


def _times(outcome: Outcome, tickets: int) -> list[int]:
    """
    Return how often each cohort is listed; the numbers sum to ``tickets``.

    Each is its exact share rounded down, or one or two more.
    """
    lottery = outcome.lottery
    floors = [w * tickets // lottery.total for w in lottery.weights]
    left = tickets - sum(floors)
    if not left:
        return floors
    count = len(floors)
    sizes = [len(codes) for codes in outcome.types]
    model = new_model(mip_rel_gap=0.0, mip_max_nodes=NODES)
    for _ in range(count):
        must(model.addVar(0.0, 2.0))
    for column in range(count):
        must(model.changeColIntegrality(column, highspy.HighsVarType.kInteger))
    worst = count
    must(model.addCol(1.0, 0.0, INFINITY, 0, *_none()))
    columns = np.arange(count, dtype=np.int32)
    must(model.addRow(float(left), float(left), count, columns, np.ones(count)))
    for t, size in enumerate(sizes):
        own = [cohort[t] for cohort in lottery.cohorts]
        if not any(own):
            continue
        # |floors + added - wanted| <= worst x size, in seats of the type
        wanted = Fraction(
            sum(c * w for c, w in zip(own, lottery.weights, strict=True)) * tickets,
            lottery.total,
        )
        rest = float(wanted - sum(c * f for c, f in zip(own, floors, strict=True)))
        where = [i for i, c in enumerate(own) if c]
        indices = np.array([*where, worst], dtype=np.int32)
        up = np.array([float(own[i]) for i in where] + [-float(size)])
        must(model.addRow(-INFINITY, rest, len(indices), indices, up))
        up[-1] = float(size)
        must(model.addRow(rest, INFINITY, len(indices), indices, up))
    solve(model)
    values = list(model.getSolution().col_value)[:count]
    added = [round(value) for value in values]
    if len(added) != count or sum(added) != left or min(added, default=0) < 0:
        # No answer within the nodes: the largest remainders instead (Hamilton).
        rests = [w * tickets % lottery.total for w in lottery.weights]
        order = sorted(range(count), key=lambda i: (-rests[i], i))
        added = [int(i in set(order[:left])) for i in range(count)]
    return [floor + one for floor, one in zip(floors, added, strict=True)]


def _none() -> tuple[np.ndarray, np.ndarray]:
    return np.array([], dtype=np.int32), np.array([], dtype=np.float64)
