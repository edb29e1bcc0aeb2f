"""Rules as TOML."""

import tomllib
from pathlib import Path

from mosty.engines.errors import BadProblem
from mosty.engines.reading import Json, Node
from mosty.engines.selection.files.quotas import read_people
from mosty.engines.selection.model import ORGANISATION, Candidate, Problem
from mosty.engines.selection.problem_json import problem_from_json
from mosty.engines.tables import read_text

KEYS = ("seats",)
OPTIONAL = (
    "lottery",
    "must_in",
    "must_out",
    "organisation",
    "priority",
    "quota",
    "reserve",
    "seats_least",
)


def ruled(
    people_path: Path, rules_path: Path, id_column: str | None, lottery: str | None
) -> Problem:
    """
    Return the people of one file under the rules of another.

    ``lottery`` goes before what the rules say.

    :raises BadProblem: if the files do not fit together, naming row or key.
    """
    members = _read(rules_path).members(*KEYS, optional=OPTIONAL)
    organisation = members.get("organisation")
    own = (
        organisation.members(optional=("column", "min", "max")) if organisation else {}
    )
    column = own["column"].text() if "column" in own else ORGANISATION
    limits: dict[str, Json] = {
        "seats": members["seats"].integer(),
        "seats_least": _integer(members, "seats_least", 0),
        "per_organisation_least": _integer(own, "min", 0),
        "per_organisation_most": _integer(own, "max", None),
        "quotas": [_quota(node) for node in _items(members, "quota")],
    }
    data: dict[str, Json] = {
        "limits": limits,
        "priorities": [_raw(node) for node in _items(members, "priority")],
        "reserve": _integer(members, "reserve", 0),
        "lottery": lottery
        or (members["lottery"].text() if "lottery" in members else "leximin"),
    }
    for key in ("must_in", "must_out"):
        if key in members:
            data[key] = list(members[key].texts())
    name = rules_path.name
    empty = problem_from_json(Node({"candidates": [], **data, **_nobody()}, name))
    used = sorted(empty.attributes_in_use())
    asked = [column if attribute == ORGANISATION else attribute for attribute in used]
    people, _ = read_people(people_path, asked, id_column)
    renamed = [
        Candidate(
            person.code,
            {
                (ORGANISATION if key == column else key): value
                for key, value in person.attributes.items()
            },
        )
        for person in people
    ]
    listed: list[Json] = [
        {"code": one.code, "attributes": dict(one.attributes)} for one in renamed
    ]
    problem = problem_from_json(Node({"candidates": listed, **data}, name))
    if problem.limits.seats > len(people):
        raise BadProblem(
            "seats_over_people", seats=problem.limits.seats, people=len(people)
        )
    return problem


def _nobody() -> dict[str, Json]:
    return {"must_in": [], "must_out": []}


def _read(path: Path) -> Node:
    try:
        return Node(tomllib.loads(read_text(path)), path.name)
    except tomllib.TOMLDecodeError as error:
        raise BadProblem("not_toml", file=path.name, problem=str(error)) from None
    except RecursionError:
        problem = "it is nested too deeply"
        raise BadProblem("not_toml", file=path.name, problem=problem) from None


def _items(members: dict[str, Node], key: str) -> list[Node]:
    return members[key].items() if key in members else []


def _integer(members: dict[str, Node], key: str, default: int | None) -> int | None:
    return members[key].integer() if key in members else default


def _quota(node: Node) -> Json:
    members = node.members(
        "attribute", "value", optional=("min", "max", "min_flex", "max_flex")
    )
    return {
        "attribute": members["attribute"].text(),
        "value": members["value"].text(),
        "least": _integer(members, "min", 0),
        "most": _integer(members, "max", None),
        "least_flex": _integer(members, "min_flex", None),
        "most_flex": _integer(members, "max_flex", None),
    }


def _raw(node: Node) -> Json:
    value = node.value
    if isinstance(value, dict) and "where" in value:
        value = {**value, "condition": value["where"]}
        del value["where"]
        value.setdefault("label", "; ".join(_tests(value["condition"])))
    return value  # type: ignore[return-value]  # the problem's reader checks it


def _tests(condition: object) -> list[str]:
    if not isinstance(condition, dict):
        return []
    return [f"{name}={values}" for name, values in condition.items()]
