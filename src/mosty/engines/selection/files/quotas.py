"""Quotas as sortition tools write them, and the problem that they make with people."""

from collections.abc import Sequence
from pathlib import Path

from mosty.engines.errors import BadProblem
from mosty.engines.selection.model import Candidate, Limits, Problem, Quota
from mosty.engines.tables import Table, people_in, read_table, whole

# (attribute, value) in the two conventions of the field.
CONVENTIONS = (("feature", "value"), ("category", "feature"), ("category", "name"))


def read_quotas(path: Path) -> list[tuple[Quota, int]]:
    """
    Return the quotas in ``path``, each with its row.

    The header is ``feature,value,min,max`` or ``category,feature,min,max``, either with
    ``min_flex,max_flex``: how far the numbers may move if nothing else helps. An
    empty or negative ``max_flex`` is no bound.

    :raises BadProblem: if it is not such a file, naming row and column.
    """
    table = read_table(path)
    attribute, value = _convention(table)
    least, most = (table.needed(name) for name in ("min", "max"))
    least_flex, most_flex = (table.column(name) for name in ("min_flex", "max_flex"))
    found = []
    rows: dict[tuple[str, str], int] = {}
    for line in table.lines:
        for column in (attribute, value):
            if not line.cells[column]:
                raise BadProblem(
                    "empty_cell", file=table.name, row=line.number, column=column
                )
        what = line.cells[attribute], line.cells[value].casefold()
        if what in rows:
            raise BadProblem(
                "code_twice",
                file=table.name,
                row=line.number,
                column=value,
                code=line.cells[value],
                before=rows[what],
            )
        rows[what] = line.number
        low = whole(table, line, least, blank=0)
        high = whole(table, line, most, blank=None)
        low_flex = whole(table, line, least_flex, blank=None) if least_flex else None
        high_flex = whole(table, line, most_flex, blank=None) if most_flex else None
        if high_flex is not None and high_flex < 0:
            high_flex = None
        try:
            quota = Quota(
                line.cells[attribute],
                line.cells[value],
                low or 0,
                high,
                low_flex,
                high_flex,
            )
        except BadProblem as fault:
            raise BadProblem(
                "in_row", file=table.name, row=line.number, fault=str(fault)
            ) from fault
        found.append((quota, line.number))
    if not found:
        raise BadProblem("no_rows", file=table.name)
    return found


def read_people(
    path: Path, attributes: Sequence[str], id_column: str | None
) -> tuple[tuple[Candidate, ...], dict[str, int]]:
    """
    Return the people in ``path`` with these ``attributes``, and the row of each code.

    Other columns are not read: a record holds what the rules ask about and no more.
    Without ``id_column`` people are numbered from 1.

    :raises BadProblem: if a column or a cell is missing, or a code comes twice.
    """
    found = people_in(read_table(path), attributes, id_column)
    people = tuple(Candidate(code, own) for code, (_, own) in found.items())
    return people, {code: row for code, (row, _) in found.items()}


def stratified(
    people_path: Path,
    quotas_path: Path,
    seats: int,
    id_column: str | None = None,
    lottery: str = "leximin",
) -> Problem:
    """
    Return the problem of exactly ``seats`` people who meet the quotas of a file.

    Every value that occurs among the people needs a quota, and every value that some
    are asked for must occur: both are mostly misspellings.

    :raises BadProblem: if files and number do not fit together.
    """
    listed = read_quotas(quotas_path)
    quotas = tuple(quota for quota, _ in listed)
    attributes = list(dict.fromkeys(quota.attribute for quota in quotas))
    people, rows = read_people(people_path, attributes, id_column)
    _check_seats(seats, len(people))
    spelt = {(quota.attribute, quota.value.casefold()): quota.value for quota in quotas}
    known = []
    for person in people:
        own = {}
        for name, value in person.attributes.items():
            if (name, value.casefold()) not in spelt:
                raise BadProblem(
                    "value_without_quota",
                    file=people_path.name,
                    row=rows[person.code],
                    column=name,
                    value=value,
                    quotas=quotas_path.name,
                )
            own[name] = spelt[name, value.casefold()]
        known.append(Candidate(person.code, own))
    for quota, row in listed:
        if quota.least > seats:
            fault = BadProblem(
                "quota_over_seats",
                attribute=quota.attribute,
                value=quota.value,
                least=quota.least,
                seats=seats,
            )
            raise BadProblem("in_row", file=quotas_path.name, row=row, fault=str(fault))
        occurs = any(p.attributes[quota.attribute] == quota.value for p in known)
        if quota.least and not occurs:
            raise BadProblem(
                "quota_for_nobody",
                file=quotas_path.name,
                row=row,
                attribute=quota.attribute,
                value=quota.value,
                least=quota.least,
                people=people_path.name,
            )
    limits = Limits(seats, quotas=quotas, seats_least=seats)
    return Problem(tuple(known), limits, lottery=lottery)


def _check_seats(seats: int, people: int) -> None:
    if seats < 1:
        raise BadProblem("no_seats", seats=seats)
    if seats > people:
        raise BadProblem("seats_over_people", seats=seats, people=people)


def _convention(table: Table) -> tuple[str, str]:
    for first, second in CONVENTIONS:
        found = table.column(first), table.column(second)
        if found[0] and found[1]:
            return found[0], found[1]
    raise BadProblem("no_quota_header", file=table.name)
