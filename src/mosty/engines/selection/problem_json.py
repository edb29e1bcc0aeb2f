"""A problem as JSON and back, canonical: equal problems have equal texts."""

from mosty.engines.errors import BadProblem
from mosty.engines.reading import Json, Node
from mosty.engines.selection.model import (
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    Memory,
    Prefer,
    Priority,
    Problem,
    Quota,
)


def problem_to_json(problem: Problem) -> dict[str, Json]:
    """Return ``problem`` as JSON data, everything without an own order sorted."""
    limits = problem.limits
    return {
        "candidates": [
            {"code": person.code, "attributes": dict(person.attributes)}
            for person in problem.candidates
        ],
        "limits": {
            "seats": limits.seats,
            "seats_least": limits.seats_least,
            "per_organisation_least": limits.per_organisation_least,
            "per_organisation_most": limits.per_organisation_most,
            "organisation_more": dict(limits.organisation_more),
            "quotas": [
                {
                    "attribute": quota.attribute,
                    "value": quota.value,
                    "least": quota.least,
                    "most": quota.most,
                    "least_flex": quota.least_flex,
                    "most_flex": quota.most_flex,
                }
                for quota in limits.quotas
            ],
        },
        "priorities": [_priority_to_json(priority) for priority in problem.priorities],
        "reserve": problem.reserve,
        "lottery": problem.lottery,
        "must_in": sorted(problem.must_in),
        "must_out": sorted(problem.must_out),
    }


def problem_from_json(node: Node) -> Problem:
    """
    Return the problem that ``node`` describes.

    Only ``candidates`` and ``limits`` with its ``seats`` are required.

    :raises BadProblem: if it is not of that shape, or does not fit together.
    """
    members = node.members(
        "candidates",
        "limits",
        optional=("priorities", "reserve", "must_in", "must_out", "lottery"),
    )
    priorities = members.get("priorities")
    reserve = members.get("reserve")
    return Problem(
        candidates=tuple(_candidate(item) for item in members["candidates"].items()),
        limits=_limits(members["limits"]),
        priorities=tuple(map(_priority, priorities.items())) if priorities else (),
        reserve=reserve.integer() if reserve else 0,
        must_in=_codes(members.get("must_in")),
        must_out=_codes(members.get("must_out")),
        lottery=members["lottery"].text() if "lottery" in members else "leximin",
    )


def _candidate(node: Node) -> Candidate:
    members = node.members("code", "attributes")
    attributes = members["attributes"].mapping()
    return Candidate(
        code=members["code"].text(),
        attributes={name: value.text() for name, value in attributes.items()},
    )


def _limits(node: Node) -> Limits:
    members = node.members(
        "seats",
        optional=(
            "seats_least",
            "per_organisation_least",
            "per_organisation_most",
            "organisation_more",
            "quotas",
        ),
    )
    quotas = members.get("quotas")
    return Limits(
        seats=members["seats"].integer(),
        per_organisation_least=_or_zero(members.get("per_organisation_least")),
        per_organisation_most=_or_none(members.get("per_organisation_most")),
        quotas=tuple(_quota(item) for item in quotas.items()) if quotas else (),
        seats_least=_or_zero(members.get("seats_least")),
        organisation_more=_numbers(members.get("organisation_more")),
    )


def _quota(node: Node) -> Quota:
    members = node.members(
        "attribute", "value", optional=("least", "most", "least_flex", "most_flex")
    )
    return Quota(
        attribute=members["attribute"].text(),
        value=members["value"].text(),
        least=_or_zero(members.get("least")),
        most=_or_none(members.get("most")),
        least_flex=_or_none(members.get("least_flex")),
        most_flex=_or_none(members.get("most_flex")),
    )


def _priority_to_json(priority: Priority) -> dict[str, Json]:
    match priority:
        case Coverage(attribute):
            return {"kind": "coverage", "attribute": attribute}
        case Balance(attribute):
            return {"kind": "balance", "attribute": attribute}
        case Memory(attribute, seats):
            return {"kind": "memory", "attribute": attribute, "seats": dict(seats)}
        case Prefer(condition, label):
            tests = {name: list(values) for name, values in condition.tests}
            return {"kind": "prefer", "condition": tests, "label": label}


def _priority(node: Node) -> Priority:
    kind = node.mapping().get("kind")
    match kind and kind.value:
        case "coverage":
            members = node.members("kind", "attribute")
            return Coverage(members["attribute"].text())
        case "balance":
            members = node.members("kind", "attribute")
            return Balance(members["attribute"].text())
        case "prefer":
            members = node.members("kind", "condition", "label")
            tests = members["condition"].mapping()
            condition = {name: values.texts() for name, values in tests.items()}
            return Prefer(Condition.of(condition), members["label"].text())
        case "memory":
            members = node.members("kind", "attribute", "seats")
            return Memory(members["attribute"].text(), _numbers(members["seats"]))
        case _:
            expected = 'an object whose "kind" is coverage, prefer, balance or memory'
            raise BadProblem("wrong_kind", path=node.path, expected=expected)


def _numbers(node: Node | None) -> tuple[tuple[str, int], ...]:
    members = node.mapping() if node else {}
    return tuple((name, number.integer()) for name, number in members.items())


def _codes(node: Node | None) -> frozenset[str]:
    return frozenset(node.texts()) if node else frozenset()


def _or_zero(node: Node | None) -> int:
    return node.integer() if node else 0


def _or_none(node: Node | None) -> int | None:
    return None if node is None or node.value is None else node.integer()
