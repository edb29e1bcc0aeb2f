"""
The public copy of a record: what can be shown to everybody, singling out nobody.

People go by their place in the drawn order, P1 for the first drawn. Whoever does not
have all codes cannot work that order out, so it names nobody; places that somebody was
told of herself are hers to tell. Of the people's attributes only values that the rules
ask about are kept, and no attributes at all if fewer than ``SMALLEST_GROUP`` people
would be alike in them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mosty.engines.draw import Draw
from mosty.engines.errors import BadProblem
from mosty.engines.reading import Json, Node, canonical, parse
from mosty.engines.selection.casting import digest_of, pseudonyms, published
from mosty.engines.selection.claims import (
    cast_of,
    cohort_of,
    fraction_in,
    seated_by,
    whole,
)
from mosty.engines.selection.model import ORGANISATION, Candidate, Prefer, Problem
from mosty.engines.selection.problem_json import problem_from_json, problem_to_json
from mosty.engines.selection.public import Numbered
from mosty.engines.selection.record import digests
from mosty.engines.selection.reserve import reserve_list
from mosty.engines.selection.result_json import fraction
from mosty.engines.selection.types import Types
from mosty.engines.selection.verify import (
    Difference,
    different,
    digest_faults,
    lottery_faults,
    text_faults,
)

# So many people at least are alike in everything that a copy says of them.
SMALLEST_GROUP = 3
KEYS = {
    "certificate",
    "copy_of",
    "digests",
    "distribution",
    "drawn",
    "engine",
    "input_sha256",
    "left_out",
    "min_odds",
    "odds",
    "odds_exact",
    "people",
    "priorities",
    "public_lottery",
    "reserve",
    "rules",
    "seats",
    "seed",
    "seed_source",
    "selected",
    "ticket",
}
# What a copy leaves out -> what it can therefore not show.
NOT_SHOWN = {
    "codes": "that the drawn order follows from the seed: that takes the codes",
    "people": "that the cohorts keep the rules, that no lottery is fairer, and that"
    " the reserve list follows: that takes the attributes",
    "reasons": "why somebody has this result",
}
NO_COHORTS = "who sits, and the odds: this lottery lists no cohorts"


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """The text of a copy, how many people are in it, and what it leaves out."""

    text: str
    people: int
    left_out: tuple[str, ...]


def public_copy(text: str) -> PublicCopy:
    """
    Return the public copy of a record.

    :raises BadProblem: if ``text`` is not a record, or records that there is no cohort.
    """
    node = parse(text, "record")
    members = node.mapping()
    for key in sorted((KEYS - {"copy_of", "left_out", "rules"}) | {"input"}):
        if key not in members:
            raise BadProblem("missing_key", path="record", key=key)
    problem = problem_from_json(members["input"])
    drawn = members["drawn"].texts()
    seed = members["seed"].text()
    is_cast = cast_of(members["public_lottery"]) is not None
    # Where a list was published, everybody keeps the name that she has there.
    names = pseudonyms(drawn, seed) if is_cast else in_order(drawn)
    shown = _shown(problem, names)
    enough = _smallest_group(shown) >= SMALLEST_GROUP
    left_out = ("codes", "reasons") if enough else ("codes", "people", "reasons")
    rules = problem_to_json(shown)
    people = rules.pop("candidates")
    distribution = members["distribution"].mapping()
    copy: dict[str, Json] = {
        "copy_of": members["digests"].mapping()["all"].text(),
        "left_out": list(left_out),
        "rules": rules,
        "people": people if enough else None,
        "certificate": _plain(members["certificate"]) if enough else None,
        "distribution": {
            **{key: _plain(one) for key, one in distribution.items()},
            "types": [
                sorted(names[code] for code in one.texts())
                for one in distribution["types"].items()
            ],
        },
        **{
            key: [names[code] for code in members[key].texts()]
            for key in ("drawn", "reserve")
        },
        "selected": sorted(names[code] for code in members["selected"].texts()),
        **{
            key: {
                names[code]: _plain(one) for code, one in members[key].mapping().items()
            }
            for key in ("odds", "odds_exact")
        },
        "public_lottery": _list_of(members["public_lottery"], names)
        if is_cast
        else None,
        **{
            key: _plain(members[key])
            for key in (
                "engine",
                "input_sha256",
                "min_odds",
                "priorities",
                "seats",
                "seed",
                "seed_source",
                "ticket",
            )
        },
    }
    whole_text = canonical({**copy, "digests": digests(copy)})
    return PublicCopy(whole_text, len(drawn), left_out)


def in_order(codes: Sequence[str]) -> dict[str, str]:
    """Return a name for each place: P1 for the first."""
    width = len(str(len(codes)))
    return {code: f"P{place:0{width}}" for place, code in enumerate(codes, 1)}


def _list_of(lottery: Node, names: Mapping[str, str]) -> Json:
    """Return the list as it was published, the number drawn, and the list's digest."""
    members = lottery.mapping()
    distinct = [
        sorted(names[code] for code in one.texts())
        for one in members["distinct"].items()
    ]
    order = sorted(range(len(distinct)), key=lambda index: distinct[index])
    place = {index: new for new, index in enumerate(order)}
    return {
        "distinct": [list(distinct[index]) for index in order],
        "cohorts": [place[one.integer()] for one in members["cohorts"].items()],
        **{key: _plain(members[key]) for key in ("deviation", "number", "sha256")},
    }


def is_public_copy(text: str) -> bool:
    """Test if ``text`` says of itself that it is a public copy, not a record."""
    try:
        return "copy_of" in parse(text, "record").mapping()
    except BadProblem:
        return False


def verify_copy(text: str) -> tuple[list[Difference], list[str]]:
    """
    Check a public copy; return where it is wrong, and what it cannot show.

    The ticket follows from the seed, who sits from the ticket and the drawn order, the
    odds from the tickets. Where people are kept: the cohorts keep the rules, no lottery
    is fairer, and the reserve list follows. No solver is used.

    :raises BadProblem: if ``text`` is not a public copy.
    """
    members = parse(text, "record").members(*sorted(KEYS))
    data = {key: _plain(member) for key, member in members.items()}
    left_out = members["left_out"].texts()
    found = [*text_faults(text, data), *digest_faults(data)]
    if not found:
        found += _faults(members, data)
    not_shown = [NOT_SHOWN[one] for one in left_out if one in NOT_SHOWN]
    if not members["distribution"].mapping()["cohorts"].value:
        not_shown.append(NO_COHORTS)
    return found, not_shown


def _faults(
    members: Mapping[str, Node], data: Mapping[str, Json]
) -> Iterator[Difference]:
    drawn = members["drawn"].texts()
    cast = cast_of(members["public_lottery"])
    places = list(in_order(drawn).values())
    if (drawn if cast is None else sorted(drawn)) != places:
        yield different("record.drawn", list(drawn), list(places))
        return
    distribution = members["distribution"].members("rule", "total", "types", "cohorts")
    total = whole(distribution["total"])
    ticket = None
    if cast is None and total:
        ticket = Draw(members["seed"].text()).below(total)
    if data["ticket"] != (None if ticket is None else str(ticket)):
        yield different("record.ticket", data["ticket"], str(ticket))
        return
    types = [one.texts() for one in distribution["types"].items()]
    if sorted(code for codes in types for code in codes) != places:
        yield Difference("record.distribution.types", "not everybody, once", "")
        return
    cohorts = [cohort_of(one) for one in distribution["cohorts"].items()]
    selected = members["selected"].texts()
    if cohorts and (ticket is not None or cast is not None):
        wrong = [
            *_odds_faults(members, types, cohorts, total),
            *(_list_faults(members, places) if cast is not None else ()),
        ]
        yield from wrong
        if wrong:
            return
        seated = (
            sorted(cast.cohort)
            if cast is not None
            else seated_by(types, cohorts, ticket or 0, drawn)
        )
        if selected != seated:
            yield different("record.selected", list(selected), list(seated))
            return
    if data["people"] is not None:
        yield from _rules_faults(members, types, cohorts, total)


def _list_faults(
    members: Mapping[str, Node], places: Sequence[str]
) -> Iterator[Difference]:
    """Tell if the list is not the one that was published."""
    stated = members["public_lottery"].members(
        "distinct", "cohorts", "deviation", "number", "sha256"
    )
    distinct = [tuple(one.texts()) for one in stated["distinct"].items()]
    indices = stated["cohorts"].integers()
    if not all(0 <= index < len(distinct) for index in indices):
        yield Difference("record.public_lottery.cohorts", "no such cohort", "")
        return
    cohorts = tuple(distinct[index] for index in indices)
    numbered = Numbered(cohorts, fraction_in(stated["deviation"]), "")
    names = dict(zip(places, places, strict=True))
    text = published(
        numbered, names, members["input_sha256"].text(), members["seed"].text()
    )
    if stated["sha256"].value != digest_of(text):
        path = "record.public_lottery.sha256"
        yield different(path, _plain(stated["sha256"]), digest_of(text))


def _odds_faults(
    members: Mapping[str, Node],
    types: list[list[str]],
    cohorts: list[tuple[dict[int, int], int]],
    total: int,
) -> Iterator[Difference]:
    """Tell whose odds are not those of the tickets."""
    if sum(weight for _counts, weight in cohorts) != total:
        yield Difference("record.distribution.total", str(total), "")
        return
    seats = members["seats"].integer()
    expected = [0] * len(types)
    for number, (counts, weight) in enumerate(cohorts):
        path = f"record.distribution.cohorts[{number}]"
        fits = all(
            0 <= t < len(types) and 0 <= count <= len(types[t])
            for t, count in counts.items()
        )
        if not fits or weight <= 0 or sum(counts.values()) > seats:
            yield Difference(path, "no such cohort", "")
            return
        for t, count in counts.items():
            expected[t] += count * weight
    ours: dict[str, Json] = {
        code: fraction(Fraction(expected[t], total * len(codes)))
        for t, codes in enumerate(types)
        for code in codes
    }
    stated = _plain(members["odds_exact"])
    if canonical(stated) != canonical(ours):
        yield different("record.odds_exact", stated, ours)


def _rules_faults(
    members: Mapping[str, Node],
    types: list[list[str]],
    cohorts: list[tuple[dict[int, int], int]],
    total: int,
) -> Iterator[Difference]:
    """Tell where the lottery or the reserve list does not follow from the rules."""
    rules = members["rules"].mapping()
    stated = {key: one.value for key, one in rules.items()}
    stated["candidates"] = members["people"].value
    problem = problem_from_json(Node(stated, "record.rules"))
    selected, drawn = members["selected"].texts(), members["drawn"].texts()
    if cohorts:
        yield from lottery_faults(problem, members, types, cohorts, total)
    reserve = list(reserve_list(Types(problem), set(selected), tuple(drawn)))
    if members["reserve"].texts() != reserve:
        yield different("record.reserve", _plain(members["reserve"]), list(reserve))


def _shown(problem: Problem, names: Mapping[str, str]) -> Problem:
    """Return the problem under pseudonyms, with those values only that rules ask about."""
    limits = problem.limits
    # These tell all values apart; of others the rules name some values.
    apart = {ORGANISATION} if limits.per_organisation else set()
    named: dict[str, set[str]] = {}
    for quota in limits.quotas:
        named.setdefault(quota.attribute, set()).add(quota.value)
    for priority in problem.priorities:
        if isinstance(priority, Prefer):
            for attribute, values in priority.condition.tests:
                named.setdefault(attribute, set()).update(values)
        else:
            apart.add(priority.attribute)
    others = {
        attribute: _other({p.attributes[attribute] for p in problem.pool} | values)
        for attribute, values in named.items()
    }
    candidates = tuple(
        Candidate(
            names[person.code],
            {
                attribute: value
                if attribute in apart or value in named[attribute]
                else others[attribute]
                for attribute, value in person.attributes.items()
                if attribute in apart or attribute in named
            },
        )
        for person in problem.pool
    )
    return replace(
        problem,
        candidates=candidates,
        must_in=frozenset(names[code] for code in problem.must_in),
        must_out=frozenset(),
    )


def _other(values: set[str]) -> str:
    """Return a value that is none of ``values``."""
    name = "other"
    while name in values:
        name += "_"
    return name


def _smallest_group(problem: Problem) -> int:
    """Return how many people are alike in all that is shown of them, at the least."""
    must_in = problem.must_in
    groups = Counter(
        (p.code in must_in, *p.attributes.values()) for p in problem.candidates
    )
    return min(groups.values(), default=0)


def _plain(node: Node) -> Json:
    return node.value  # type: ignore[return-value]  # it was parsed from JSON
