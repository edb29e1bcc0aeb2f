"""
The tables of an information point, each defined once.

Pages count with them live, archives keep what they count, and a release is made of them.
"""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mosty.figures.tables import (
    Dimension,
    Hierarchy,
    Measure,
    Relation,
    Scope,
    Source,
    Table,
)
from mosty.infopoint.common.regions import region_of
from mosty.infopoint.models import Kind, Point

CONSULTATIONS = Relation(
    "consultations", "infopoint_counted_consultation", "infopoint_listed_code"
)
# A row for each group of persons at a workshop, as its version that holds says.
WORKSHOPS = Relation(
    "workshop_groups", "infopoint_counted_workshop_group", "infopoint_listed_code"
)


def quarter_of(month: str) -> str:
    """Return the quarter of a month, both as data have them: 2025-Q1 of 2025-03."""
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


def _of_list(kind: Kind, hierarchy: Hierarchy | None = None) -> Dimension:
    return Dimension(str(kind), kind.label, str(kind), str(kind), hierarchy=hierarchy)


MONTH = Dimension(
    "month",
    _("Month"),
    "day",
    "month",
    Source.MONTH,
    Hierarchy("quarter", _("Quarter"), quarter_of),
)
CHANNEL = _of_list(Kind.CHANNEL)
LANGUAGE = _of_list(Kind.LANGUAGE)
TOPIC = Dimension("topic", Kind.TOPIC.label, "topics", str(Kind.TOPIC), several=True)
MAIN_TOPIC = Dimension("main_topic", _("Main topic"), "main_topic", str(Kind.TOPIC))
NATIONALITY = _of_list(
    Kind.NATIONALITY, Hierarchy("region", _("Region of the world"), region_of)
)
SEX = _of_list(Kind.SEX)
AGE_BAND = _of_list(Kind.AGE_BAND)
LEGAL_STATUS = _of_list(Kind.LEGAL_STATUS)
DISTRICT = _of_list(Kind.DISTRICT)
DURATION = _of_list(Kind.DURATION)
OUTCOME = _of_list(Kind.OUTCOME)
REFERRAL = _of_list(Kind.REFERRAL)
RETURNING = Dimension(
    "returning", _("Been here before"), "returning", "returning", Source.VALUE
)
INTERPRETER = Dimension(
    "interpreter", _("Interpreter"), "interpreter", "interpreter", Source.VALUE
)


def _contacts(slug: str, title: Promise, definition: Promise, *by: Dimension) -> Table:
    """Return a table in which each consultation is counted once."""
    return Table(
        slug,
        title,
        Measure.CONTACTS,
        _("consultations"),
        by,
        definition,
        CONSULTATIONS,
        sensitive=tuple(one.name for one in by if one.kind == Kind.TOPIC),
    )


def _mentions(slug: str, title: Promise, definition: Promise, *by: Dimension) -> Table:
    """Return a table in which a consultation is counted under each of its topics."""
    return Table(
        slug,
        title,
        Measure.MENTIONS,
        _("mentions of a topic"),
        by,
        definition,
        CONSULTATIONS,
        sensitive=tuple(one.name for one in by if one.kind == Kind.TOPIC),
    )


TABLES: tuple[Table, ...] = (
    _contacts(
        "month",
        _("Consultations by month"),
        _("Each consultation is counted once, in the month of its day."),
        MONTH,
    ),
    _contacts(
        "channel",
        _("Consultations by channel"),
        _("Each consultation is counted once, by the way in which it was held."),
        CHANNEL,
    ),
    _contacts(
        "language",
        _("Consultations by language"),
        _("Each consultation is counted once, by the language that was spoken most."),
        LANGUAGE,
    ),
    _mentions(
        "topic",
        _("Topics of consultations"),
        _(
            "A consultation is counted under each of its topics: so the numbers add up to more than there were consultations."
        ),
        TOPIC,
    ),
    _contacts(
        "main-topic",
        _("Consultations by main topic"),
        _("Each consultation is counted once, by the topic that was named first."),
        MAIN_TOPIC,
    ),
    _mentions(
        "topic-month",
        _("Topics of consultations by month"),
        _(
            "A consultation is counted under each of its topics, in the month of its day."
        ),
        TOPIC,
        MONTH,
    ),
    _contacts(
        "nationality",
        _("Consultations by nationality"),
        _(
            "Each consultation is counted once, by the citizenship of the person as the staff noted it. Somebody who came twice is counted twice."
        ),
        NATIONALITY,
    ),
    _mentions(
        "nationality-topic",
        _("Topics of consultations by nationality"),
        _(
            "A consultation is counted under each of its topics, by the citizenship of the person as the staff noted it."
        ),
        NATIONALITY,
        TOPIC,
    ),
    _contacts(
        "sex-age",
        _("Consultations by sex and age"),
        _(
            "Each consultation is counted once, by the sex and the age of the person as the staff noted them."
        ),
        SEX,
        AGE_BAND,
    ),
    _contacts(
        "legal-status",
        _("Consultations by legal status"),
        _(
            "Each consultation is counted once, by the legal status of the person on the day of the consultation."
        ),
        LEGAL_STATUS,
    ),
    _contacts(
        "district",
        _("Consultations by district"),
        _("Each consultation is counted once, by the district where the person lives."),
        DISTRICT,
    ),
    _contacts(
        "outcome",
        _("Consultations by outcome"),
        _("Each consultation is counted once, by what came of it."),
        OUTCOME,
    ),
    _contacts(
        "referral",
        _("Consultations by where people were referred to"),
        _(
            "Each consultation is counted once. Those that ended without a referral stand under “not stated”."
        ),
        REFERRAL,
    ),
    _contacts(
        "returning",
        _("First and further visits"),
        _(
            "Each consultation is counted once, by whether the person had been here before, as the staff noted it. Nobody is recognised by a key."
        ),
        RETURNING,
    ),
    _contacts(
        "duration",
        _("Consultations by duration"),
        _("Each consultation is counted once, by how long it took."),
        DURATION,
    ),
    _contacts(
        "interpreter",
        _("Consultations with an interpreter"),
        _("Each consultation is counted once, by whether an interpreter took part."),
        INTERPRETER,
    ),
)


def _persons(slug: str, title: Promise, definition: Promise, *by: Dimension) -> Table:
    """Return a table of persons at workshops."""
    return Table(
        slug,
        title,
        Measure.PERSONS,
        _("persons at workshops"),
        by,
        definition,
        WORKSHOPS,
        sensitive=tuple(one.name for one in by if one.kind == Kind.TOPIC),
        weight="persons",
    )


# Apart from consultations: persons are never added to talks.
WORKSHOP_TABLES: tuple[Table, ...] = (
    _persons(
        "workshop-month",
        _("Persons at workshops by month"),
        _("Persons are counted at each workshop they came to, in its month."),
        MONTH,
    ),
    _persons(
        "workshop-topic",
        _("Persons at workshops by topic"),
        _("Persons are counted at each workshop they came to, by its topic."),
        Dimension("workshop_topic", Kind.TOPIC.label, "topic", str(Kind.TOPIC)),
    ),
    _persons(
        "workshop-language",
        _("Persons at workshops by language"),
        _("Persons are counted at each workshop they came to, by its language."),
        LANGUAGE,
    ),
    _persons(
        "workshop-sex-age",
        _("Persons at workshops by sex and age"),
        _(
            "Persons are counted at each workshop they came to, by the sex and age that the staff noted."
        ),
        SEX,
        AGE_BAND,
    ),
)
EVERY: tuple[Table, ...] = TABLES + WORKSHOP_TABLES


def by_slug(slug: str) -> Table:
    """
    Return one table.

    :raises KeyError: if there is none of this name.
    """
    return {table.slug: table for table in EVERY}[slug]


def of_city(points: Iterable[Point]) -> Scope:
    """
    Return the records of some points of one city, in the city's own codes.

    :raises ValueError: if they are of several cities, whose codes may differ.
    """
    return Scope.own({point.slug: point.city_id for point in points})


def of_network(points: Iterable[Point]) -> Scope:
    """Return the records of points of any cities, on the common list."""
    return Scope.common(point.slug for point in points)
