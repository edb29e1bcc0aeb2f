"""
What else the rules could have given, worked out once when a run is made.

It is kept with the run: pages stay quick, and say the same whenever they are asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mosty.engines import selection as engine
from mosty.engines.selection.result_json import fraction, limit_to_json

# Problems to solve times types of people. Above it the draw would wait too long, and the
# pages say that it was not worked out.
MOST_WORK = 10_000


@dataclass(frozen=True, slots=True)
class Alternatives:
    """
    What each rule costs, and what would have changed whose chance, as JSON data.

    Both are None where they were not worked out. ``otherwise`` is by code, of everybody
    without a seat.
    """

    costs: list[dict[str, Any]] | None = None
    otherwise: Mapping[str, list[dict[str, Any]]] | None = None


def alternatives_of(
    made: engine.Record, watch: engine.Watch | None = None
) -> Alternatives:
    """Return the alternatives of a run; call it outside of any transaction."""
    result, problem = made.result, made.problem
    if not isinstance(result, engine.Outcome):
        return Alternatives()
    if engine.number_of_problems(problem) * len(result.types) > MOST_WORK:
        return Alternatives()
    asked = {
        person.code: person.odds
        for person in result.people
        if person.odds is not None and person.result != "selected"
    }
    try:
        costs = engine.costs(problem, watch)
        otherwise = engine.counterfactuals(problem, asked, watch)
    except engine.SolverFailed:
        # The draw itself has succeeded, and needs none of this.
        return Alternatives()
    return Alternatives(
        [as_json(cost) for cost in costs],
        {code: _otherwise(found) for code, found in otherwise.items()},
    )


def as_json(cost: engine.Cost) -> dict[str, Any]:
    """Return what a rule costs as JSON data."""
    return {
        "limit": None if cost.limit is None else limit_to_json(cost.limit),
        "priority": cost.priority,
        "seats": cost.seats,
        "values": list(cost.values),
        "smallest": None if cost.smallest is None else fraction(cost.smallest),
        "without": cost.without,
        "expected": [
            [attribute, value, fraction(number)]
            for (attribute, value), number in cost.expected.items()
        ],
    }


def _otherwise(found: Sequence[engine.Counterfactual]) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "params": dict(one.params), "odds": fraction(one.odds)}
        for one in found
    ]
