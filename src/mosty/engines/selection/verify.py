"""Checking a record: its text, its lottery and its draw; with a solver, all of it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from mosty.engines.draw import Draw
from mosty.engines.errors import BadProblem
from mosty.engines.reading import Json, Node, canonical, parse
from mosty.engines.selection import check
from mosty.engines.selection.casting import (
    digest_of,
    pseudonyms,
    published,
)
from mosty.engines.selection.claims import (
    cast_of,
    cohort_of,
    cut_of,
    fraction_in,
    level_of,
    seated_by,
    whole,
)
from mosty.engines.selection.lottery.certificate import Claim, faults
from mosty.engines.selection.model import Problem
from mosty.engines.selection.problem_json import problem_from_json
from mosty.engines.selection.public import Numbered
from mosty.engines.selection.record import NAME, VERSION, digests, input_digest, run
from mosty.engines.selection.reserve import reserve_list
from mosty.engines.selection.result_json import fraction, priority_names
from mosty.engines.selection.types import Types
from mosty.engines.selection.watch import Watch

# What differs between two runs of the same.
PASSING = {"seconds", "digests"}
KEYS = {
    "digests",
    "engine",
    "explain",
    "feasible",
    "input",
    "input_sha256",
    "public_lottery",
    "seconds",
    "seed",
    "seed_source",
}
FOUND = {
    "certificate",
    "cohorts",
    "distribution",
    "drawn",
    "empty_because",
    "min_odds",
    "odds",
    "odds_exact",
    "people",
    "priorities",
    "reserve",
    "seats",
    "selected",
    "ticket",
    "types",
}
NOT_FOUND = {"conflict", "relaxation"}


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One place where a record is not what it must be.

    Both sides are JSON texts, and empty where a side has nothing.
    """

    path: str
    recorded: str
    computed: str


def verify(
    text: str, *, full: bool = False, watch: Watch | None = None
) -> list[Difference]:
    """
    Check a record and return where it is wrong; an empty list if nowhere.

    Without ``full`` no solver is used: the text must be canonical and have the
    digests it states, its cohorts must keep the rules, its odds be those of the cohorts
    and as fair as its certificate says, and its draw follow from the seed. With
    ``full``, everything is solved again and compared.

    :raises BadProblem: if ``text`` is not a record.
    :raises Cancelled: if ``watch`` says so while everything is solved again.
    """
    node = parse(text, "record")
    members = node.mapping()
    # Of another engine, no more than these is known.
    for key in sorted(KEYS - members.keys()):
        raise BadProblem("missing_key", path="record", key=key)
    data = {key: _json(member) for key, member in members.items()}
    if data["engine"] != {"name": NAME, "version": VERSION}:
        ours: Json = {"name": NAME, "version": VERSION}
        return [different("record.engine", data["engine"], ours)]
    feasible = members["feasible"].truth()
    node.members(*sorted(KEYS | (FOUND if feasible else NOT_FOUND)))
    problem = problem_from_json(members["input"])
    found = [*text_faults(text, data), *digest_faults(data)]
    digest = input_digest(problem)
    if data["input_sha256"] != digest:
        found.append(different("record.input_sha256", data["input_sha256"], digest))
    if feasible and not found:
        found += _draw_faults(problem, members, data)
    if full:
        found += _full(problem, data, watch)
    return found


def _json(node: Node) -> Json:
    return node.value  # type: ignore[return-value]  # it was parsed from JSON


def text_faults(text: str, data: Mapping[str, Json]) -> Iterator[Difference]:
    """Yield the first byte, from 0, at which the text is not the canonical one, if any."""
    ours = canonical(dict(data)).encode()
    theirs = text.removesuffix("\n").encode()
    if ours == theirs:
        return
    at = next(
        (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b),
        min(len(ours), len(theirs)),
    )
    before, after = theirs[at : at + 20], ours[at : at + 20]
    yield Difference(
        f"byte {at}",
        json.dumps(before.decode(errors="replace")),
        json.dumps(after.decode(errors="replace")),
    )


def digest_faults(data: Mapping[str, Json]) -> Iterator[Difference]:
    """Yield the parts whose digests are not those of their texts."""
    stated, ours = data["digests"], digests(data)
    if not isinstance(stated, dict):
        yield different("record.digests", stated, ours)
        return
    for key in sorted({*stated, *ours}):
        if stated.get(key) != ours.get(key):
            path = "record.digests" if key == "all" else f"record.{key}"
            yield different(path, stated.get(key, ""), ours.get(key, ""))


def _draw_faults(
    problem: Problem, members: Mapping[str, Node], data: Mapping[str, Json]
) -> Iterator[Difference]:
    """Follow the draw from the stored lottery, and check that lottery."""
    distribution = members["distribution"].members("rule", "total", "types", "cohorts")
    rule = distribution["rule"].text()
    if rule != problem.lottery:
        yield different("record.distribution.rule", rule, problem.lottery)
        return
    total = whole(distribution["total"])
    cast = cast_of(members["public_lottery"])
    if cast is None:
        draw = Draw(members["seed"].text())
        ticket = draw.below(total) if total else None
    else:
        draw, ticket = Draw(cast.order_seed), None
    drawn = list(draw.shuffle(person.code for person in problem.pool))
    if data["drawn"] != drawn:
        yield different("record.drawn", data["drawn"], list(drawn))
    if data["ticket"] != (None if ticket is None else str(ticket)):
        yield different("record.ticket", data["ticket"], str(ticket))
    selected = members["selected"].texts()
    types = [one.texts() for one in distribution["types"].items()]
    cohorts = [cohort_of(one) for one in distribution["cohorts"].items()]
    for key, ours in (
        ("seats", problem.limits.seats),
        ("types", len(types)),
        ("cohorts", len(cohorts)),
    ):
        if canonical(data[key]) != str(ours):
            yield different(f"record.{key}", data[key], ours)
    if rule in {"leximin", "maximin"}:
        wrong = list(lottery_faults(problem, members, types, cohorts, total))
        yield from wrong
        if wrong:
            return
        if cast is not None:
            seated = sorted(cast.cohort)
        elif ticket is not None:
            seated = seated_by(types, cohorts, ticket, drawn)
        else:
            return
        if selected != seated:
            yield different("record.selected", list(selected), list(seated))
            return
    if wrong_cohort := check.faults(problem, selected):
        yield Difference("record.selected", canonical(selected), wrong_cohort[0])
        return
    names = priority_names(problem.priorities)
    reached = dict(zip(names, check.values(problem, selected), strict=True))
    if data["priorities"] != reached:
        yield different("record.priorities", data["priorities"], dict(reached))
    reserve = list(reserve_list(Types(problem), set(selected), tuple(drawn)))
    if data["reserve"] != reserve:
        yield different("record.reserve", data["reserve"], list(reserve))
    yield from _people_faults(problem, members, selected, reserve, drawn)
    if data["public_lottery"] is not None:
        yield from _numbered_faults(problem, members, selected)


def _numbered_faults(
    problem: Problem, members: Mapping[str, Node], selected: list[str]
) -> Iterator[Difference]:
    """Tell which numbered cohorts are not as good as the one drawn, or misstated."""
    path = "record.public_lottery"
    stated = members["public_lottery"].members(
        "distinct", "cohorts", "deviation", "whose", "number", "sha256"
    )
    distinct = [one.texts() for one in stated["distinct"].items()]
    best = len(selected), check.values(problem, selected)
    for number, cohort in enumerate(distinct):
        if wrong := check.faults(problem, cohort):
            yield Difference(f"{path}.distinct[{number}]", canonical(cohort), wrong[0])
        elif (len(cohort), check.values(problem, cohort)) != best:
            worse = "it serves the priorities less well"
            yield Difference(f"{path}.distinct[{number}]", canonical(cohort), worse)
    often: Counter[str] = Counter()
    indices = stated["cohorts"].integers()
    for number, index in enumerate(indices):
        if not 0 <= index < len(distinct):
            yield Difference(f"{path}.cohorts[{number}]", str(index), "")
            return
        often.update(distinct[index])
    exact = members["odds_exact"].mapping()
    off = {
        code: abs(Fraction(often[code], len(indices) or 1) - fraction_in(odds))
        for code, odds in exact.items()
    }
    whose = min(off, key=lambda code: (-off[code], code)) if off else ""
    if stated["whose"].value != whose:
        yield different(f"{path}.whose", _json(stated["whose"]), whose)
    deviation = fraction(off.get(whose, Fraction(0)))
    if stated["deviation"].value != deviation:
        yield different(f"{path}.deviation", _json(stated["deviation"]), deviation)
    seed = members["seed"].text()
    names = pseudonyms((person.code for person in problem.pool), seed)
    listed = Numbered(
        tuple(tuple(distinct[index]) for index in indices),
        off.get(whose, Fraction(0)),
        "",
    )
    text = published(listed, names, members["input_sha256"].text(), seed)
    if stated["sha256"].value != digest_of(text):
        yield different(f"{path}.sha256", _json(stated["sha256"]), digest_of(text))


def lottery_faults(
    problem: Problem,
    members: Mapping[str, Node],
    types: list[list[str]],
    cohorts: list[tuple[dict[int, int], int]],
    total: int,
) -> Iterator[Difference]:
    """
    Yield where a record's lottery is not what it says: its certificate, odds and least odds.

    ``cohorts`` are the listed ones with their tickets, of ``total`` in all.

    :raises BadProblem: if the certificate is written otherwise, naming the place.
    """
    certificate = members["certificate"].members("levels", "cuts")
    exact = members["odds_exact"].mapping()
    odds = {code: fraction_in(value) for code, value in exact.items()}
    names = priority_names(problem.priorities)
    values = members["priorities"].members(*names)
    claim = Claim(
        types=types,
        cohorts=cohorts,
        total=total,
        values=[values[name].integer() for name in names],
        size=len(members["selected"].texts()),
        levels=[level_of(one) for one in certificate["levels"].items()],
        cuts=[cut_of(one) for one in certificate["cuts"].items()],
    )
    for fault in faults(problem, claim, odds):
        yield Difference("record.distribution", fault, "")
    near: Json = {code: float(value) for code, value in odds.items()}
    yield from _compare("record.odds", _json(members["odds"]), near)
    least = float(min(odds.values())) if odds else None
    yield from _compare("record.min_odds", _json(members["min_odds"]), least)


def _people_faults(
    problem: Problem,
    members: Mapping[str, Node],
    selected: list[str],
    reserve: list[str],
    drawn: list[str],
) -> Iterator[Difference]:
    """Tell whose result is not what the lists say."""
    position = {code: place for place, code in enumerate(drawn, 1)}
    people = {}
    listed = []
    for node in members["people"].items():
        person = node.members("code", "result", "position", "reason")
        listed.append(person["code"].text())
        people[listed[-1]] = node.path, person
    codes = [person.code for person in problem.candidates]
    if listed != codes:
        yield different("record.people", list(listed), list(codes))
        return
    for candidate in problem.candidates:
        code = candidate.code
        result = (
            "excluded"
            if code in problem.must_out
            else "selected"
            if code in selected
            else "reserve"
            if code in reserve
            else "not_selected"
        )
        path, person = people[code]
        if person["result"].value != result:
            yield different(f"{path}.result", _json(person["result"]), result)
        place = position.get(code)
        yield from _compare(f"{path}.position", _json(person["position"]), place)


def _full(
    problem: Problem, data: Mapping[str, Json], watch: Watch | None
) -> Iterator[Difference]:
    tickets = data["public_lottery"]
    again = run(
        problem,
        str(data["seed"]),
        str(data["seed_source"]),
        explain=data["explain"] is True,
        tickets=len(tickets["cohorts"]) if isinstance(tickets, dict) else 0,
        number=tickets["number"] if isinstance(tickets, dict) else None,
        watch=watch,
    ).to_data()
    for key in sorted({*data, *again} - PASSING):
        yield from _compare(f"record.{key}", data.get(key), again.get(key))


def _compare(path: str, recorded: Json, computed: Json) -> Iterator[Difference]:
    if isinstance(recorded, dict) and isinstance(computed, dict):
        for key in sorted({*recorded, *computed}):
            yield from _compare(f"{path}.{key}", recorded.get(key), computed.get(key))
    elif (
        isinstance(recorded, list)
        and isinstance(computed, list)
        and len(recorded) == len(computed)
    ):
        for index, (old, new) in enumerate(zip(recorded, computed, strict=True)):
            yield from _compare(f"{path}[{index}]", old, new)
    # The texts, since in Python true == 1 and 1 == 1.0.
    elif canonical(recorded) != canonical(computed):
        yield different(path, recorded, computed)


def different(path: str, recorded: Json, computed: Json) -> Difference:
    """Return what is recorded at ``path``, and what must be there."""
    return Difference(path, canonical(recorded), canonical(computed))
