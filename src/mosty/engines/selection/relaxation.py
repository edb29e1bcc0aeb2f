"""The least change of limits that makes a cohort possible."""

from mosty.engines.errors import SolverFailed
from mosty.engines.selection.limits import named_limits
from mosty.engines.selection.model import ORGANISATION, Limits
from mosty.engines.selection.outcome import Change, NamedLimit
from mosty.engines.selection.program import Answer, Program
from mosty.engines.selection.types import Types

# Limits that can be moved: which way, from a NamedLimit's own number.
NUMBER = {
    "quota_least": ("least", -1),
    "quota_most": ("most", 1),
    "organisation_least": ("least", -1),
    "organisation_most": ("most", 1),
    "seats_least": ("seats", -1),
    "seats": ("seats", 1),
}


def least_change(pool: Types) -> tuple[Change, ...] | None:
    """
    Return the changes of the fewest limits, with the smallest sum, that suffice.

    Quotas move within their flexible bounds; people who must be in stay in. Of
    several such changes the one that spares the limits named first is taken, so the
    answer is always the same. None if no change is enough.

    :raises SolverFailed: if the solver contradicts what it has found before.
    """
    limits = [one for one in named_limits(pool.problem) if one.code in NUMBER]
    program = Program()
    for type_ in pool.types:
        program.add_column(type_.floor, len(type_.codes))
    moves, uses = [], []
    for limit in limits:
        most = _most(pool.problem.limits, limit, len(pool.type_of))
        move, use = program.add_column(0, most), program.add_column(0, 1)
        # move > 0 only if it is used
        program.add_row({move: 1, use: -most}, None, 0)
        _add(program, pool, limit, move)
        moves.append(move)
        uses.append(use)
    fewest = program.minimise(dict.fromkeys(uses, 1))
    if fewest is None:
        return None
    program.add_row(dict.fromkeys(uses, 1), None, fewest.value)
    least = _must(program.minimise(dict.fromkeys(moves, 1)))
    program.add_row(dict.fromkeys(moves, 1), None, least.value)
    changes = []
    for limit, move in zip(limits, moves, strict=True):
        answer = _must(program.minimise({move: 1}))
        program.set_bounds(move, answer.value, answer.value)
        if answer.value:
            key, sign = NUMBER[limit.code]
            was = int(limit.params[key])
            changes.append(Change(limit, was, was + sign * answer.value))
    return tuple(changes)


def _must(answer: Answer | None) -> Answer:
    if answer is None:
        raise SolverFailed("a change of limits was found and then lost")
    return answer


def _most(limits: Limits, limit: NamedLimit, people: int) -> int:
    """Return how far ``limit`` may be moved."""
    key, sign = NUMBER[limit.code]
    number = int(limit.params[key])
    flex = None
    if limit.code.startswith("quota"):
        quota = next(
            one
            for one in limits.quotas
            if (one.attribute, one.value)
            == (limit.params["attribute"], limit.params["value"])
        )
        flex = quota.least_flex if sign < 0 else quota.most_flex
    if flex is not None:
        return abs(flex - number)
    return number if sign < 0 else max(0, people - number)


def _add(program: Program, pool: Types, limit: NamedLimit, move: int) -> None:
    """Add the rows of ``limit``, loosened by the column ``move``."""
    key, sign = NUMBER[limit.code]
    number = int(limit.params[key])
    if limit.code.startswith("organisation"):
        groups = list(pool.by_value(ORGANISATION).values())
    elif limit.code.startswith("quota"):
        values = pool.by_value(str(limit.params["attribute"]))
        groups = [values.get(str(limit.params["value"]), [])]
    else:
        groups = [list(range(len(pool)))]
    more = dict(pool.problem.limits.organisation_more)
    for types in groups:
        terms = dict.fromkeys(types, 1)
        if sign > 0:
            extra = 0
            if limit.code == "organisation_most":
                extra = more.get(pool.types[types[0]].sample[ORGANISATION], 0)
            program.add_row({**terms, move: -1}, None, number + extra)
            continue
        nominees = sum(len(pool.types[t].codes) for t in types)
        if limit.code == "organisation_least" and nominees < number:
            # Those who nominated fewer get a seat for each, or the lowered number.
            all_sit = program.add_column(0, 1)
            program.add_row({**terms, all_sit: -nominees}, 0, None)
            program.add_row({**terms, move: 1, all_sit: number}, number, None)
        else:
            program.add_row({**terms, move: 1}, number, None)
