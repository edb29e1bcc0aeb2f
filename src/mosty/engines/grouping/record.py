"""A plan as JSON, with the digest of what went in."""

from collections.abc import Mapping
from hashlib import sha256

from mosty.engines.grouping.model import Aim, NoPlan, Plan, Task
from mosty.engines.reading import Json, canonical

NAME = "mosty.engines.grouping"
# Raised whenever the same input and seed may give another result.
VERSION = "1"
ENGINE = f"{NAME}/{VERSION}"


def input_digest(task: Task) -> str:
    """Return the SHA-256 of people, rules and earlier rounds; the seed is not in it."""
    rules = task.rules
    data: dict[str, Json] = {
        "people": [
            {"code": person.code, "attributes": dict(person.attributes)}
            for person in sorted(task.people, key=lambda person: person.code)
        ],
        "groups": rules.groups,
        "rounds": rules.rounds,
        "spread": list(rules.spread),
        "together": [list(pair) for pair in rules.together],
        "apart": [list(pair) for pair in rules.apart],
        "language": rules.language,
        "band": rules.band,
        "earlier": [[list(group) for group in one] for one in task.earlier],
    }
    return sha256(canonical(data).encode()).hexdigest()


def to_data(
    task: Task, outcome: Plan | NoPlan, steps: int, seconds: float | None
) -> dict[str, Json]:
    """
    Return the outcome as JSON data, with how many ``steps`` and ``seconds`` it took.

    ``repeated`` has a pair once for each time that it sits together again. Without a
    plan ``rounds`` is null, and ``impossible`` says if that is proven.
    """
    head: dict[str, Json] = {
        "engine": {"name": NAME, "version": VERSION},
        "input_sha256": input_digest(task),
        "seed": task.seed,
        "steps": steps,
        "seconds": seconds,
    }
    if isinstance(outcome, NoPlan):
        return {**head, "rounds": None, "impossible": {"proven": outcome.proven}}
    spread: Mapping[str, Json] = {
        aim.attribute: _aim(aim) for aim in outcome.aims if aim.code == "spread"
    }
    repeated = outcome.aim("repeated")
    return {
        **head,
        "rounds": [[list(group) for group in one] for one in outcome.rounds],
        "repeated_pairs": repeated.value,
        "repeated": [list(one.pair) for one in outcome.repeated],
        "spread": spread,
        "bounds": {"repeated_pairs": _aim(repeated), "spread": spread},
    }


def _aim(aim: Aim) -> dict[str, Json]:
    return {"value": aim.value, "bound": aim.bound, "optimal": aim.optimal}
