"""A result as JSON: the keys that scripts rely on, and what proves them."""

from collections.abc import Iterable, Sequence

from mosty.engines.reading import Json
from mosty.engines.selection.lottery.lottery import Lottery
from mosty.engines.selection.model import (
    Balance,
    Coverage,
    Memory,
    Prefer,
    Priority,
    Problem,
)
from mosty.engines.selection.outcome import NamedLimit, NoCohort, Outcome, Reason


def result_to_json(problem: Problem, result: Outcome | NoCohort) -> dict[str, Json]:
    """Return ``result`` of ``problem`` as JSON data; ``feasible`` tells its kind."""
    if isinstance(result, NoCohort):
        return {
            "feasible": False,
            "conflict": limits_to_json(result.limits),
            "relaxation": None
            if result.changes is None
            else [
                {"limit": limit_to_json(one.limit), "was": one.was, "now": one.now}
                for one in result.changes
            ],
        }
    odds = {p.code: p.odds for p in result.people if p.odds is not None}
    names = priority_names(problem.priorities)
    return {
        "feasible": True,
        "seats": result.seats,
        "selected": list(result.selected),
        "reserve": list(result.reserve),
        "empty_because": limits_to_json(result.empty_because),
        "priorities": {
            name: achieved.value
            for name, achieved in zip(names, result.priorities, strict=True)
        },
        "odds": {code: float(value) for code, value in odds.items()},
        "odds_exact": {code: fraction(value) for code, value in odds.items()},
        "min_odds": float(min(odds.values())) if odds else None,
        "types": len(result.types),
        "cohorts": len(result.lottery.cohorts),
        "distribution": _distribution(result),
        "certificate": certificate_to_json(result.lottery),
        "ticket": None if result.ticket is None else str(result.ticket),
        "drawn": list(result.drawn),
        "people": [
            {
                "code": person.code,
                "result": person.result,
                "position": person.position,
                "reason": reason_to_json(person.reason),
            }
            for person in result.people
        ],
    }


def priority_names(priorities: Sequence[Priority]) -> list[str]:
    """Return a name for each priority; all differ."""
    names: list[str] = []
    for priority in priorities:
        match priority:
            case Prefer(_, label):
                name = f"prefer {label}"
            case Coverage(attribute):
                name = f"coverage {attribute}"
            case Balance(attribute):
                name = f"balance {attribute}"
            case Memory(attribute, _):
                name = f"memory {attribute}"
        again = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({again + 1})" if again else name)
    return names


def reason_to_json(reason: Reason) -> dict[str, Json]:
    """Return ``reason`` as JSON data."""
    return {
        "code": reason.code,
        "params": dict(reason.params),
        "limits": limits_to_json(reason.limits),
    }


def limits_to_json(limits: Iterable[NamedLimit]) -> list[Json]:
    """Return ``limits`` as JSON data."""
    return [limit_to_json(limit) for limit in limits]


def limit_to_json(limit: NamedLimit) -> dict[str, Json]:
    """Return ``limit`` as JSON data."""
    return {"code": limit.code, "params": dict(limit.params)}


def certificate_to_json(lottery: Lottery) -> dict[str, Json]:
    """Return the proof that the odds are fairest; big numbers are texts."""
    return {
        "levels": [
            {
                "odds": fraction(level.odds),
                "types": list(level.types),
                "rows": [
                    {"name": list(name), "times": str(times)}
                    for name, times in level.proof
                ],
            }
            for level in lottery.levels
        ],
        "cuts": [
            {
                "terms": {str(t): str(times) for t, times in sorted(cut.terms.items())},
                "most": str(cut.upper),
            }
            for cut in lottery.cuts
        ],
    }


def fraction(value: object) -> str:
    """Return a fraction as ``a/b``."""
    a, _, b = str(value).partition("/")
    return f"{a}/{b or 1}"


def _distribution(result: Outcome) -> dict[str, Json]:
    lottery = result.lottery
    return {
        "rule": lottery.rule,
        "total": str(lottery.total),
        "types": [list(codes) for codes in result.types],
        "cohorts": [
            {
                "weight": str(weight),
                "counts": [[t, count] for t, count in enumerate(cohort) if count],
            }
            for cohort, weight in zip(lottery.cohorts, lottery.weights, strict=True)
        ],
    }
