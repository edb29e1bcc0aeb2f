"""People as CSV, earlier rounds as JSON, pairs as the command's arguments."""

from collections.abc import Container, Sequence
from dataclasses import replace
from pathlib import Path

from mosty.engines.errors import BadProblem, check_text
from mosty.engines.grouping.model import Pair, Person, Round, Rules, Task
from mosty.engines.grouping.units import units
from mosty.engines.reading import Node, parse
from mosty.engines.tables import people_in, read_table, read_text

# Names people where no other column is said to.
USUAL_ID = "id"


def read_task(
    people_path: Path,
    id_column: str | None,
    rules: Rules,
    *,
    together: Sequence[str] = (),
    apart: Sequence[str] = (),
    earlier: Sequence[Path] = (),
    seed: str,
) -> Task:
    """
    Return the people of a file, under ``rules`` and the pairs as they were written.

    :raises BadProblem: if something does not fit, naming file, row and column.
    """
    table = read_table(people_path)
    found = people_in(table, rules.attributes(), id_column or table.column(USUAL_ID))
    rules = replace(
        rules,
        together=tuple(_pair("--together", t, found, table.name) for t in together),
        apart=tuple(_pair("--apart", t, found, table.name) for t in apart),
    )
    people = tuple(Person(code, own) for code, (_, own) in found.items())
    rounds = [
        one for path in earlier for one in read_rounds(path, found, people_path.name)
    ]
    try:
        task = Task(people, rules, seed, tuple(rounds))
        units(task)
    except BadProblem as fault:
        row = found.get(str(fault.params.get("code")), (0,))[0]
        if fault.code != "language_of_too_few":
            raise
        raise BadProblem(
            "in_row", file=table.name, row=row, fault=str(fault)
        ) from fault
    return task


def read_rounds(path: Path, known: Container[str], people: str) -> tuple[Round, ...]:
    """
    Return the rounds in a JSON file: what the command wrote, or the array alone.

    Whoever is not here today does not matter, but somebody must be.

    :raises BadProblem: if it is no such file.
    """
    try:
        root = parse(read_text(path), path.name)
    except BadProblem as fault:
        if fault.code in {"not_json", "duplicate_key", "not_for_json"}:
            raise BadProblem("in_file", file=path.name, fault=str(fault)) from fault
        raise
    node = root
    if isinstance(root.value, dict):
        members = root.mapping()
        if "rounds" not in members:
            raise BadProblem("missing_key", path=path.name, key="rounds")
        node = members["rounds"]
    found = tuple(_round(one) for one in node.items())
    sat = [code for groups in found for group in groups for code in group]
    if sat and not any(code in known for code in sat):
        raise BadProblem("earlier_of_others", file=path.name, people=people)
    return found


def _round(node: Node) -> Round:
    groups = tuple(tuple(group.texts()) for group in node.items())
    seen: set[str] = set()
    for code in (code for group in groups for code in group):
        check_text(code, node.path)
        if code in seen:
            raise BadProblem("earlier_twice", path=node.path, code=code)
        seen.add(code)
    return groups


def _pair(option: str, text: str, known: Container[str], file: str) -> Pair:
    """Return the two ids in ``text``; a colon may be part of an id, too."""
    parts = text.split(":")
    ways = [
        (":".join(parts[:n]).strip(), ":".join(parts[n:]).strip())
        for n in range(1, len(parts))
    ]
    if not ways:
        raise BadProblem("bad_pair", option=option, text=text)
    right = [way for way in ways if way[0] in known and way[1] in known]
    if len(right) > 1:
        raise BadProblem("pair_unclear", option=option, text=text)
    if not right:
        stranger = next(code for code in ways[0] if code not in known)
        raise BadProblem(
            "pair_of_nobody", option=option, text=text, file=file, code=stranger
        )
    return right[0]
