"""The limits by name, and their rows in an integer programme over types."""

from collections.abc import Iterable

from mosty.engines.selection.model import ORGANISATION, Problem
from mosty.engines.selection.outcome import NamedLimit
from mosty.engines.selection.program import Program
from mosty.engines.selection.types import Types


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
    if limits.seats_least:
        found.append(NamedLimit("seats_least", {"seats": limits.seats_least}))
    found.append(NamedLimit("seats", {"seats": limits.seats}))
    return tuple(found)


def program_over(pool: Types, limits: Iterable[NamedLimit]) -> Program:
    """
    Return a programme whose points are the cohorts that keep ``limits``.

    Column t is the number of people of type t, from 0 to as many as there are.
    """
    program = Program()
    limits = tuple(limits)
    least = [0] * len(pool)
    most = [len(type_.codes) for type_ in pool.types]
    for limit in limits:
        if limit.code in {"must_in", "must_out"}:
            t = pool.type_of[str(limit.params["code"])]
            if limit.code == "must_in":
                least[t] += 1
            else:
                most[t] -= 1
    for t in range(len(pool)):
        program.add_column(least[t], most[t])
    for limit in limits:
        _add_rows(program, pool, limit)
    return program


def _add_rows(program: Program, pool: Types, limit: NamedLimit) -> None:
    everybody = dict.fromkeys(range(len(pool)), 1)
    match limit.code:
        case "seats":
            program.add_row(everybody, None, int(limit.params["seats"]), ("seats",))
        case "seats_least":
            seats = int(limit.params["seats"])
            program.add_row(everybody, seats, None, ("seats_least",))
        case "organisation_least":
            for value, types in pool.by_value(ORGANISATION).items():
                nominees = sum(len(pool.types[t].codes) for t in types)
                least = min(int(limit.params["least"]), nominees)
                terms = dict.fromkeys(types, 1)
                program.add_row(terms, least, None, (limit.code, value))
        case "organisation_most":
            for value, types in pool.by_value(ORGANISATION).items():
                more = dict(pool.problem.limits.organisation_more)
                most = int(limit.params["most"]) + more.get(value, 0)
                terms = dict.fromkeys(types, 1)
                program.add_row(terms, None, most, (limit.code, value))
        case "quota_least" | "quota_most":
            attribute, value = (
                str(limit.params[key]) for key in ("attribute", "value")
            )
            terms = dict.fromkeys(pool.by_value(attribute).get(value, ()), 1)
            low, high = (limit.params.get(key) for key in ("least", "most"))
            program.add_row(
                terms,
                None if low is None else int(low),
                None if high is None else int(high),
                (limit.code, attribute, value),
            )
