"""The limits by name, and their rows in an integer programme over types."""

from collections.abc import Iterable

from mosty.engines.selection.model import ORGANISATION, Problem
from mosty.engines.selection.outcome import NamedLimit
from mosty.engines.selection.pool import Pool
from mosty.engines.selection.program import Program


def named_limits(problem: Problem) -> tuple[NamedLimit, ...]:
    """Return every limit that a person could change, in canonical order."""
    limits = problem.limits
    found = []
    for quota in limits.quotas:
        params: dict[str, str | int] = {
            "attribute": quota.attribute,
            "value": quota.value,
        }
        if quota.least:
            found.append(NamedLimit("quota_least", {**params, "least": quota.least}))
        if quota.most is not None:
            found.append(NamedLimit("quota_most", {**params, "most": quota.most}))
    if least := limits.per_organisation_least:
        found.append(NamedLimit("organisation_least", {"least": least}))
    if (most := limits.per_organisation_most) is not None:
        found.append(NamedLimit("organisation_most", {"most": most}))
    found += [NamedLimit("must_in", {"code": c}) for c in sorted(problem.must_in)]
    found.append(NamedLimit("seats", {"seats": limits.seats}))
    return tuple(found)


def program_over(pool: Pool, limits: Iterable[NamedLimit]) -> Program:
    """
    Return a programme whose points are the cohorts that keep ``limits``.

    Column t is the number of people of type t, from 0 to as many as there are.
    """
    program = Program()
    limits = tuple(limits)
    floors = [0] * len(pool)
    for limit in limits:
        if limit.code == "must_in":
            floors[pool.type_of[str(limit.params["code"])]] += 1
    for type_, floor in zip(pool.types, floors, strict=True):
        program.add_column(floor, len(type_.codes))
    for limit in limits:
        _add_rows(program, pool, limit)
    return program


def _add_rows(program: Program, pool: Pool, limit: NamedLimit) -> None:
    match limit.code:
        case "seats":
            everybody = dict.fromkeys(range(len(pool)), 1)
            program.add_row(everybody, None, int(limit.params["seats"]))
        case "organisation_least":
            for types in pool.by_value(ORGANISATION).values():
                nominees = sum(len(pool.types[t].codes) for t in types)
                least = min(int(limit.params["least"]), nominees)
                program.add_row(dict.fromkeys(types, 1), least, None)
        case "organisation_most":
            for types in pool.by_value(ORGANISATION).values():
                most = int(limit.params["most"])
                program.add_row(dict.fromkeys(types, 1), None, most)
        case "quota_least":
            program.add_row(_quota_terms(pool, limit), int(limit.params["least"]), None)
        case "quota_most":
            program.add_row(_quota_terms(pool, limit), None, int(limit.params["most"]))


def _quota_terms(pool: Pool, limit: NamedLimit) -> dict[int, int]:
    types = pool.by_value(str(limit.params["attribute"]))
    return dict.fromkeys(types.get(str(limit.params["value"]), ()), 1)
