"""A result as JSON and back."""

from collections.abc import Iterable

from mosty.engines.selection.errors import BadProblem
from mosty.engines.selection.outcome import (
    Achieved,
    NamedLimit,
    NoCohort,
    Outcome,
    Params,
    Person,
    Reason,
)
from mosty.engines.selection.reading import Node


def result_to_json(result: Outcome | NoCohort) -> dict[str, object]:
    """Return ``result`` as JSON data; ``kind`` tells a cohort from none."""
    if isinstance(result, NoCohort):
        return {"kind": "no_cohort", "limits": _limits_to_json(result.limits)}
    return {
        "kind": "cohort",
        "seats": result.seats,
        "selected": list(result.selected),
        "empty_because": _limits_to_json(result.empty_because),
        "reserve": list(result.reserve),
        "priorities": [
            {"value": achieved.value, "bound": achieved.bound}
            for achieved in result.priorities
        ],
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


def reason_to_json(reason: Reason) -> dict[str, object]:
    """Return ``reason`` as JSON data."""
    return {
        "code": reason.code,
        "params": dict(reason.params),
        "limits": _limits_to_json(reason.limits),
    }


def result_from_json(node: Node) -> Outcome | NoCohort:
    """
    Return the result that ``node`` describes.

    :raises BadProblem: if it is not of that shape.
    """
    kind = node.mapping().get("kind")
    if kind and kind.value == "no_cohort":
        return NoCohort(_limits(node.members("kind", "limits")["limits"]))
    members = node.members(
        "kind",
        "seats",
        "selected",
        "empty_because",
        "reserve",
        "priorities",
        "drawn",
        "people",
    )
    if members["kind"].value != "cohort":
        expected = "cohort or no_cohort"
        raise BadProblem("wrong_kind", path=members["kind"].path, expected=expected)
    return Outcome(
        seats=members["seats"].integer(),
        selected=tuple(members["selected"].texts()),
        empty_because=_limits(members["empty_because"]),
        reserve=tuple(members["reserve"].texts()),
        priorities=tuple(map(_achieved, members["priorities"].items())),
        drawn=tuple(members["drawn"].texts()),
        people=tuple(map(_person, members["people"].items())),
    )


def _limits_to_json(limits: Iterable[NamedLimit]) -> list[object]:
    return [{"code": limit.code, "params": dict(limit.params)} for limit in limits]


def _limits(node: Node) -> tuple[NamedLimit, ...]:
    found = []
    for item in node.items():
        members = item.members("code", "params")
        found.append(NamedLimit(members["code"].text(), _params(members["params"])))
    return tuple(found)


def _params(node: Node) -> Params:
    return {
        key: value.text() if isinstance(value.value, str) else value.integer()
        for key, value in node.mapping().items()
    }


def _achieved(node: Node) -> Achieved:
    members = node.members("value", "bound")
    return Achieved(members["value"].integer(), members["bound"].integer())


def _person(node: Node) -> Person:
    members = node.members("code", "result", "position", "reason")
    position = members["position"]
    reason = members["reason"].members("code", "params", "limits")
    return Person(
        code=members["code"].text(),
        result=members["result"].text(),
        position=None if position.value is None else position.integer(),
        reason=Reason(
            code=reason["code"].text(),
            params=_params(reason["params"]),
            limits=_limits(reason["limits"]),
        ),
    )
