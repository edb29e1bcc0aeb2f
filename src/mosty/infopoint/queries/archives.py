"""
What an archive of information points holds: what counts, and the code lists.

A record is in it without its key, whoever made it, when, and any note. Codes stand as
words: those of the common list as they are, a city's own behind its slug, so that two
cities' codes are never one (``krakow:visa``).
"""

from collections.abc import Sequence
from datetime import date

from mosty.figures.tables.archives.writing import Column, Content
from mosty.infopoint.models import Kind, Period, Point

# Folder of the archive -> column.
FOLDERS = ("year", "month", "point")
LISTS = tuple(str(kind) for kind in Kind if kind != Kind.TOPIC)

# Code key -> its word.
_KEYS = """
    select code.id, case when city.id is null then code.code
        else city.slug || ':' || code.code end as word
    from infopoint_code code left join directory_organisation city
        on city.id = code.owner_id
"""


def contents(year: int, points: Sequence[Point]) -> tuple[Content, ...]:
    """Return what an archive of these points' year holds."""
    return (
        _consultations(year, points),
        _workshops(year, points),
        _codes(year, points),
    )


def _consultations(year: int, points: Sequence[Point]) -> Content:
    said = [f"{name}.word as {name}" for name in LISTS]
    looked_up = [f"left join word {name} on {name}.id = one.{name}" for name in LISTS]
    query = f"""
        with word as materialized ({_KEYS}),
        one as materialized (
            select * from infopoint_counted_consultation
            where point = any(%s) and day between %s and %s
        ),
        -- Lists of topics are few: each is put into words once.
        topic_list as materialized (
            select topics, string_agg(word.word, ' ' order by said.place) as words
            from (select distinct topics from one) list
                cross join lateral unnest(topics) with ordinality said (topic, place)
                join word on word.id = said.topic
            group by topics
        )
        select extract(year from one.day)::int, to_char(one.day, 'MM'), one.point,
            one.day, topic_list.words, main_topic.word, {", ".join(said)},
            one."returning", one.interpreter
        from one join topic_list on topic_list.topics = one.topics
            left join word main_topic on main_topic.id = one.main_topic
            {" ".join(looked_up)}
    """  # noqa: S608 - our own names of columns; values are bound
    return Content(
        "consultations",
        query,
        (
            [point.slug for point in points],
            date(year, 1, 1),
            date(year, 12, 31),
        ),
        (
            Column("year", "INTEGER", "year of the day"),
            Column("month", "VARCHAR", "month of the day, 01 to 12"),
            Column("point", "VARCHAR", "the information point's slug"),
            Column("day", "DATE", "the day on the point's clocks"),
            Column("topics", "VARCHAR[]", "codes of all topics, the main one first"),
            Column("main_topic", "VARCHAR", "code of the main topic"),
            *(
                Column(name, "VARCHAR", f"code of the list {name}; empty: not stated")
                for name in LISTS
            ),
            Column("returning", "VARCHAR", "new, returning or unknown, as staff say"),
            Column("interpreter", "VARCHAR", "yes or no"),
        ),
        FOLDERS,
    )


def _workshops(year: int, points: Sequence[Point]) -> Content:
    lists = ("topic", "language", "sex", "age_band")
    looked_up = [f"left join word {name} on {name}.id = one.{name}" for name in lists]
    query = f"""
        with word as materialized ({_KEYS})
        select extract(year from one.day)::int, to_char(one.day, 'MM'), one.point,
            one.day, {", ".join(f"{name}.word" for name in lists)}, one.persons
        from infopoint_counted_workshop_group one {" ".join(looked_up)}
        where one.point = any(%s) and one.day between %s and %s
    """  # noqa: S608 - our own names of columns; values are bound
    return Content(
        "workshop_groups",
        query,
        ([point.slug for point in points], date(year, 1, 1), date(year, 12, 31)),
        (
            Column("year", "INTEGER", "year of the day"),
            Column("month", "VARCHAR", "month of the day, 01 to 12"),
            Column("point", "VARCHAR", "the information point's slug"),
            Column("day", "DATE", "the day of the workshop"),
            Column("topic", "VARCHAR", "code of the topic"),
            Column("language", "VARCHAR", "code of the language"),
            Column("sex", "VARCHAR", "code of the list sex; empty: not stated"),
            Column(
                "age_band", "VARCHAR", "code of the list age_band; empty: not stated"
            ),
            Column("persons", "BIGINT", "how many persons of the group came"),
        ),
        FOLDERS,
    )


def _codes(year: int, points: Sequence[Point]) -> Content:
    query = f"""
        select %s::int, code.kind, word.word, code.code,
            case when code.owner_id is null then code.code else common.code end,
            city.slug, code.label, code.since, code.until, code.sensitive
        from infopoint_code code join ({_KEYS}) word on word.id = code.id
            left join infopoint_code common on common.id = code.common_id
            left join directory_organisation city on city.id = code.owner_id
        where code.owner_id is null or code.owner_id = any(%s)
    """  # noqa: S608 - our own names of columns; values are bound
    return Content(
        "codes",
        query,
        (year, [point.city_id for point in points]),
        (
            Column("year", "INTEGER", "year of the archive"),
            Column("kind", "VARCHAR", "the list"),
            Column("key", "VARCHAR", "the code as records say it"),
            Column("code", "VARCHAR", "the code in its list"),
            Column("common", "VARCHAR", "the code of the common list it counts as"),
            Column("city", "VARCHAR", "whose list; empty: the common one"),
            Column("label", "VARCHAR", "its names by language, as JSON"),
            Column("since", "DATE", "its first day"),
            Column("until", "DATE", "its last day"),
            Column("sensitive", "BOOLEAN", "published with a higher threshold"),
        ),
        ("year",),
    )


def months_open(year: int, points: Sequence[Point]) -> list[tuple[Point, str]]:
    """Return the months in which points were open and that nobody has closed; one query."""
    closed = {
        (period.point_id, period.month)
        for period in Period.objects.filter(point__in=points, year=year)
    }
    return [
        (point, f"{year}-{month:02}")
        for point in points
        for month in range(1, 13)
        if not {(point.pk, month), (point.pk, None)} & closed
        and _was_open(point, year, month)
    ]


def open_in(year: int, slug: str = "") -> list[Point]:
    """Return the points that were open in a year, or the one asked for; one query."""
    points = Point.objects.filter(opened_on__lte=date(year, 12, 31)).exclude(
        closed_on__lt=date(year, 1, 1)
    )
    if slug:
        points = points.filter(slug=slug)
    return list(points.select_related("city").order_by("slug"))


def _was_open(point: Point, year: int, month: int) -> bool:
    first, last = point.opened_on, point.closed_on or date.max
    return (first.year, first.month) <= (year, month) <= (last.year, last.month)
