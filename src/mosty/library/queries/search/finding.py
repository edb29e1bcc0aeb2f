"""
The one statement that finds: rows, their order, what is shown of them, and the counts.

All of it is over the same rows, those that the reader may see: no count tells more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from mosty.engines.search import snippets, terms
from mosty.library.models import SearchDocument
from mosty.library.queries.search.question import Question

# How many of other languages are offered below what was found.
OFFERED = 5
# From D to A: body, (none), summary and topics, title.
_WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"
# What was said counts more than what means the same, a language that was not asked in
# less. Chosen on the queries that tune, see docs/explanation/benchmarks-search.md.
_WIDER = 0.3
_OTHER_LANGUAGE = 0.5
# Of documents with only some of the words: those with half of the best one's worth.
_HALF = 0.5
FACETS = ("kind", "language", "topic", "city")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which filters are on; in each, any of its values will do."""

    kind: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    city: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One document, and of its text what a passage is cut from."""

    id: int
    kind: str
    language: str
    city: int | None
    day: date | None
    title: str
    summary: str
    body: str
    path: str


@dataclass(slots=True)
class Found:
    """What the statement answered."""

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    # Of other languages, by the thesaurus.
    elsewhere: list[Hit] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(
        default_factory=lambda: {name: {} for name in FACETS}
    )
    # Only documents with some of the words were found.
    is_relaxed: bool = False


def find(
    asked: Question,
    among: QuerySet[SearchDocument],
    chosen: Chosen,
    *,
    rows: slice = slice(0, 25),
    newest: bool = False,
    is_relaxed: bool = False,
) -> Found:
    """Return what has everything that is ``asked``; ``is_relaxed``: what has some of it."""
    seen, seen_given = _visible(among)
    statement, given = _some(asked) if is_relaxed else _all(asked)
    is_far = bool(asked.elsewhere) and not is_relaxed
    newest = newest or not asked.nodes
    query = f"""
        with seen as ({seen}), found as materialized ({statement})
        {_parts(chosen, newest=newest, is_far=is_far)}"""
    values: Mapping[str, Any] = {
        **seen_given,
        **given,
        "weights": _WEIGHTS,
        "wider": _WIDER,
        "other": _OTHER_LANGUAGE,
        "spoken": [*asked.languages],
        "kinds": [*chosen.kind],
        "languages": [*chosen.language],
        "topics": [*chosen.topic],
        "cities": [*chosen.city],
        "size": rows.stop - rows.start,
        "offset": rows.start,
        "offered": OFFERED,
        "text": snippets.MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = _read(cursor.fetchall())
    found.is_relaxed = is_relaxed
    return found


def topics_of(among: QuerySet[SearchDocument]) -> dict[str, int]:
    """Return how many documents there are of each topic; one query."""
    seen, given = _visible(among)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select topic, count(*) from ({seen}) seen, unnest(topics) topic"  # noqa: S608 - Django's own SQL; every value is a parameter
            " group by topic",
            given,
        )
        return dict(cursor.fetchall())


Statement = tuple[str, dict[str, Any]]
_COLUMNS = "id, kind, language, city_id, topics, day"
_BY_RANK = "rank desc, day desc nulls last, id"
_NEWEST = "day desc nulls last, rank desc, id"


def _all(asked: Question) -> Statement:
    """Return the rows with everything that was asked for."""
    if not asked.nodes:
        return (
            f"select {_COLUMNS}, 0::float rank, false far from seen",  # noqa: S608
            {},
        )
    said, some, wide, elsewhere = asked.said, asked.some, asked.wide, asked.elsewhere
    given = {
        # One look into the index for all of them.
        "every": terms.any_of([said, wide, elsewhere]),
        "said": said,
        "some": some,
        "wide": wide,
        "elsewhere": elsewhere,
    }
    # Each rank reads the whole vector: one is enough where two would be the same.
    rank = (
        "(1 + %(wider)s) * ts_rank(%(weights)s, vector, %(some)s::tsquery, 1)"
        if wide == some
        else "ts_rank(%(weights)s, vector, %(some)s::tsquery, 1)"
        " + %(wider)s * ts_rank(%(weights)s, vector, %(wide)s::tsquery, 1)"
    )
    far, strict = "false", "true"
    if elsewhere:
        rank += " + 0.1 * ts_rank(%(weights)s, vector, %(elsewhere)s::tsquery, 1)"
        far = "language <> all(%(spoken)s) and not (vector @@ %(said)s::tsquery)"
    if wide != said:
        # In another language only what was said counts, or what is its name there.
        given["strict"] = terms.any_of([said, elsewhere])
        strict = "(language = any(%(spoken)s) or vector @@ %(strict)s::tsquery)"
    return (
        f"""
        select {_COLUMNS}, ({rank})
                * case when language = any(%(spoken)s) then 1 else %(other)s end rank,
            {far} far
        from ({_held("vector @@ %(every)s::tsquery", is_held=rank.count("ts_rank") > 1)}) held
        where {strict}""",  # noqa: S608 - put together of our own words
        given,
    )


def _some(asked: Question) -> Statement:
    """Return rows with some of it: rare things count more, title and place as before."""
    hits = [
        f"(vector @@ %(said{n})s::tsquery or (language = any(%(spoken)s)"
        f" and vector @@ %(wide{n})s::tsquery))::int h{n}"
        if node.said != node.wide
        else f"(vector @@ %(said{n})s::tsquery)::int h{n}"
        for n, node in enumerate(asked.nodes)
    ]
    worth = " + ".join(
        f"h{n} * ln(1 + count(*) over () / greatest(1.0, sum(h{n}) over ()))"
        for n in range(len(asked.nodes))
    )
    given = {f"said{n}": node.said for n, node in enumerate(asked.nodes)}
    given |= {f"wide{n}": node.wide for n, node in enumerate(asked.nodes)}
    return (
        f"""
        select {_COLUMNS}, (worth + near)
            * case when language = any(%(spoken)s) then 1 else %(other)s end rank,
            false far
        from (
            select *, max(worth) over () most from (
                select *, {worth} worth from (
                    select {_COLUMNS}, {", ".join(hits)},
                        ts_rank(%(weights)s, vector, %(some)s::tsquery, 1) near
                    from ({_held("vector @@ %(any)s::tsquery")}) held
                ) hit
            ) worthy
        ) best
        where worth >= {_HALF} * most""",  # noqa: S608 - put together of our own words
        given
        | {
            "some": asked.some,
            "any": terms.any_of(
                term for node in asked.nodes for term in (node.said, node.wide)
            ),
        },
    )


def _held(condition: str, *, is_held: bool = True) -> str:
    """
    Return the rows of which ``condition`` is true, their vectors at hand.

    PostgreSQL unpacks a stored vector anew for each function that reads it; what another
    function made is unpacked already. "offset 0" keeps it from being made twice.
    """
    if not is_held:
        return f"select {_COLUMNS}, vector from seen where {condition}"  # noqa: S608
    return (
        f"select {_COLUMNS}, vector || ''::tsvector vector from seen"  # noqa: S608
        f" where {condition} offset 0"
    )


def _parts(chosen: Chosen, *, newest: bool, is_far: bool) -> str:
    """Return what is asked of the rows that were found: those shown, and the counts."""
    on = {
        "kind": "kind = any(%(kinds)s)" if chosen.kind else "true",
        "language": "language = any(%(languages)s)"
        if chosen.language
        else ("not far" if is_far else "true"),
        "topic": "topics && %(topics)s" if chosen.topic else "true",
        "city": "city_id = any(%(cities)s)" if chosen.city else "true",
    }

    def but(name: str) -> str:
        """Return the condition of all filters but one, whose own values it counts."""
        kept = [text for key, text in on.items() if key != name and text != "true"]
        return " and ".join(kept) or "true"

    order = _NEWEST if newest else _BY_RANK
    parts = [_shown("hit", but(""), order, "limit %(size)s offset %(offset)s")]
    if is_far and not chosen.language:
        condition = f"far and {but('language')}"
        parts.append(_shown("far", condition, _BY_RANK, "limit %(offered)s"))
    nothing = ", ".join(["null"] * 9)
    counts = " ".join(
        f"when {bits} then count(*) filter (where {but(name)})"
        for name, bits in _SETS.items()
    )
    names = " ".join(f"when {bits} then '{name}'" for name, bits in _SETS.items())
    grouped = "grouping(kind, language, city_id)"
    parts += [
        # One pass for the total and three filters.
        f"""select case {grouped} {names} end,
            coalesce(kind, language, city_id::text), case {grouped} {counts} end,
            {nothing}
        from found group by grouping sets ((), (kind), (language), (city_id))""",  # noqa: S608
        f"""select 'topic', topic, count(*), {nothing}
        from found, unnest(topics) topic where {but("topic")} group by topic""",  # noqa: S608
    ]
    return " union all ".join(parts)


# Filter -> the bits of those that are not in its grouping set.
_SETS = {"": 7, "kind": 3, "language": 5, "city": 6}


def _shown(part: str, condition: str, order: str, limit: str) -> str:
    """Return some rows with their texts, which are read of these only."""
    return f"""(
        select '{part}', null::text, null::bigint, id, kind, language, city_id, day,
            title, summary, body, path
        from (
            select id, kind, language, city_id, day, rank from found
            where {condition} order by {order} {limit}
        ) top, lateral (
            select title, summary, left(body, %(text)s) body, path
            from library_searchdocument where library_searchdocument.id = top.id
        ) text order by {order})"""  # noqa: S608 - put together of our own words


def _visible(among: QuerySet[SearchDocument]) -> Statement:
    """Return the reader's rows as SQL with named values, as the rest of it has them."""
    sql, given = (
        among.order_by()
        .values("id", "kind", "language", "city_id", "topics", "day", "vector")
        .query.sql_with_params()
    )
    names = [f"seen{n}" for n in range(len(given))]
    return sql % tuple(f"%({name})s" for name in names), dict(
        zip(names, given, strict=True)
    )


def _read(rows: Sequence[tuple[Any, ...]]) -> Found:
    found = Found()
    for part, said, n, *shown in rows:
        if part == "hit":
            found.hits.append(Hit(*shown))
        elif part == "far":
            found.elsewhere.append(Hit(*shown))
        elif part == "":
            found.total = n
        elif n and said is not None:
            found.counts[part][said] = n
    return found
