"""
The one statement that finds: rows, their order, and the counts of every filter.

All of it is over the same rows, those that the reader may see: no count tells more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

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


@dataclass(slots=True)
class Found:
    """What the statement answered."""

    total: int = 0
    ids: list[int] = field(default_factory=list)
    # Of other languages, by the thesaurus.
    elsewhere: list[int] = field(default_factory=list)
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
) -> Found:
    """Return what answers ``asked``; where nothing has all of it, what has some."""
    found = _run(_all(asked), among, chosen, rows, newest=newest)
    if not found.total and len(asked.nodes) > 1:
        some = _run(_some(asked), among, chosen, rows, newest=newest)
        if some.total:
            some.is_relaxed = True
            some.elsewhere = found.elsewhere or some.elsewhere
            return some
    return found


Statement = tuple[str, dict[str, Any]]
_COLUMNS = "id, kind, language, city_id, topics, day"


def _all(asked: Question) -> Statement:
    """Return the rows with everything that was asked for."""
    if not asked.nodes:
        return (
            f"select {_COLUMNS}, 0::float rank, false far from seen",  # noqa: S608
            {},
        )
    elsewhere = asked.elsewhere
    far = "or vector @@ %(elsewhere)s::tsquery" if elsewhere else ""
    also = (
        "+ 0.1 * ts_rank(%(weights)s, vector, %(elsewhere)s::tsquery, 1)"
        if elsewhere
        else ""
    )
    return (
        f"""
        select {_COLUMNS},
            (ts_rank(%(weights)s, vector, %(some)s::tsquery, 1)
                + %(wider)s * ts_rank(%(weights)s, vector, %(wide)s::tsquery, 1) {also})
                * case when language = any(%(spoken)s) then 1 else %(other)s end rank,
            not (vector @@ %(said)s::tsquery) and language <> all(%(spoken)s) far
        from seen
        where vector @@ %(said)s::tsquery
            or (language = any(%(spoken)s) and vector @@ %(wide)s::tsquery)
            {far}""",  # noqa: S608 - put together of our own words
        {
            "said": asked.said,
            "some": asked.some,
            "wide": asked.wide,
            "elsewhere": elsewhere,
            "spoken": [*asked.languages],
        },
    )


def _some(asked: Question) -> Statement:
    """Return rows with some of it: rare things count more, title and place as before."""
    hits = [
        f"(vector @@ %(said{n})s::tsquery or (language = any(%(spoken)s)"
        f" and vector @@ %(wide{n})s::tsquery))::int h{n}"
        for n in range(len(asked.nodes))
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
                    from seen
                    where vector @@ %(some)s::tsquery or vector @@ %(any)s::tsquery
                ) hit
            ) worthy
        ) best
        where worth >= {_HALF} * most""",  # noqa: S608 - put together of our own words
        given
        | {
            "some": asked.some,
            "any": "|".join(node.wide for node in asked.nodes),
            "spoken": [*asked.languages],
        },
    )


def _run(
    statement: Statement,
    among: QuerySet[SearchDocument],
    chosen: Chosen,
    shown: slice,
    *,
    newest: bool,
) -> Found:
    rows, given = statement
    seen, seen_given = _visible(among)
    on = {
        "kind": "kind = any(%(kinds)s)" if chosen.kind else "true",
        "language": "language = any(%(languages)s)" if chosen.language else "not far",
        "topic": "topics && %(topics)s" if chosen.topic else "true",
        "city": "city_id = any(%(cities)s)" if chosen.city else "true",
    }

    def but(name: str) -> str:
        """Return the condition of all filters but one, whose own values it counts."""
        return " and ".join(text for key, text in on.items() if key != name)

    every = but("")
    order = "day desc nulls last, rank desc, id" if newest else _BY_RANK
    query = f"""
        with seen as ({seen}), found as materialized ({rows})
        (select 'hit' part, '' said, id n from found where {every}
            order by {order} limit %(size)s offset %(offset)s)
        union all (select 'far', '', id from found where far and {but("language")}
            order by {_BY_RANK} limit %(offered)s)
        union all select 'total', '', count(*) from found where {every}
        union all select 'kind', kind, count(*) from found
            where {but("kind")} group by kind
        union all select 'language', language, count(*) from found
            where {but("language")} group by language
        union all select 'topic', topic, count(*) from found, unnest(topics) topic
            where {but("topic")} group by topic
        union all select 'city', city_id::text, count(*) from found
            where {but("city")} and city_id is not null group by city_id"""  # noqa: S608 - Django's own SQL and our own words; every value is a parameter
    values: Mapping[str, Any] = {
        **seen_given,
        **given,
        "weights": _WEIGHTS,
        "wider": _WIDER,
        "other": _OTHER_LANGUAGE,
        "kinds": [*chosen.kind],
        "languages": [*chosen.language],
        "topics": [*chosen.topic],
        "cities": [*chosen.city],
        "size": shown.stop - shown.start,
        "offset": shown.start,
        "offered": 0 if chosen.language else OFFERED,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return _read(cursor.fetchall())


_BY_RANK = "rank desc, day desc nulls last, id"


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


def _read(rows: Sequence[tuple[str, str, int]]) -> Found:
    found = Found()
    for part, said, n in rows:
        if part == "hit":
            found.ids.append(n)
        elif part == "far":
            found.elsewhere.append(n)
        elif part == "total":
            found.total = n
        else:
            found.counts[part][said] = n
    return found
