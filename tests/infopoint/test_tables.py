"""Tables count the records that count, in a city's codes or in the common ones."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from mosty.figures.tables import UNMAPPED, UNSTATED, Days, Scope, live
from mosty.infopoint.actions import codes, corrections, periods
from mosty.infopoint.common.names import entries as common_entries
from mosty.infopoint.common.regions import NOWHERE, region_names, region_of
from mosty.infopoint.models import Code, Consultation, Kind
from mosty.infopoint.queries.entries import Entry, entries, parents
from mosty.infopoint.tables import (
    EVERY,
    TABLES,
    WORKSHOP_TABLES,
    by_slug,
    of_city,
    of_network,
    quarter_of,
)
from tests.infopoint import chance
from tests.infopoint.conftest import last_month

pytestmark = pytest.mark.django_db


def count(slug, scope, period):
    found = live.cells(by_slug(slug), scope=scope, period=period)
    return [(cell.codes, cell.count) for cell in found]


@pytest.fixture
def days(today):
    return Days(today - timedelta(days=400), today)


def test_a_record_is_counted_once_and_under_each_of_its_topics(recorded, point, days):
    recorded(topics=("stay", "work"))
    recorded(topics=("work",), channel="email")
    city = of_city([point])
    assert count("channel", city, days) == [(("email",), 1), (("phone",), 1)]
    assert count("topic", city, days) == [(("stay",), 1), (("work",), 2)]
    assert count("main-topic", city, days) == [(("stay",), 1), (("work",), 1)]


def test_codes_stand_in_the_order_of_the_dimensions(recorded, point, today, days):
    month = f"{today:%Y-%m}"
    recorded(topics=("stay", "work"), nationality="ukr")
    recorded(topics=("work",), sex="male", age_band="18-29")
    city = of_city([point])
    assert count("topic-month", city, days) == [
        (("stay", month), 1),
        (("work", month), 2),
    ]
    assert count("nationality-topic", city, days) == [
        ((UNSTATED, "work"), 1),
        (("ukr", "stay"), 1),
        (("ukr", "work"), 1),
    ]
    assert count("sex-age", city, days) == [
        (("female", UNSTATED), 1),
        (("male", "18-29"), 1),
    ]


def test_what_does_not_count_is_not_counted(
    recorded, point, other_point, worker, lead, today, now, days
):
    recorded()
    withdrawn = recorded()
    corrections.withdraw(
        record=withdrawn, reason="Twice", actor=worker, seen=1, now=now
    )
    over = last_month(today)
    recorded(day=over)
    periods.close(point=point, year=over.year, month=over.month, actor=lead, now=now)
    late = recorded(day=over)
    assert Consultation.objects.get(pk=late.pk).state == "late"
    city = of_city([point])
    assert count("outcome", city, days) == [(("informed",), 2)]
    assert count("outcome", city, Days(over, over)) == [(("informed",), 1)]
    assert count("month", city, days) == [
        ((f"{over:%Y-%m}",), 1),
        ((f"{today:%Y-%m}",), 1),
    ]
    # A city sees nothing of another's.
    assert count("outcome", of_city([other_point]), days) == []
    assert count("outcome", Scope(()), days) == []


def test_own_codes_count_as_common_ones(recorded, point, lead, now, days):
    common = {(code.kind, code.code): code for code in Code.objects.filter(owner=None)}

    def add(code, counts_as):
        codes.add(
            city=point.city,
            kind=Kind.TOPIC,
            code=code,
            details=codes.Details(
                LazyI18nString({"en": code.title()}),
                common=common.get((Kind.TOPIC, counts_as)),
            ),
            actor=lead,
            now=now,
        )

    recorded(topics=("stay",), nationality="ukr")
    add("visa", "stay")
    add("card", "stay")
    add("garden", None)
    # Two of one common topic: one mention of it.
    recorded(topics=("visa", "card"), nationality="ukr")
    recorded(topics=("garden", "visa"), nationality="blr")
    own, network = of_city([point]), of_network([point])
    assert count("topic", own, days) == [
        (("card",), 1),
        (("garden",), 1),
        (("stay",), 1),
        (("visa",), 2),
    ]
    assert count("topic", network, days) == [((UNMAPPED,), 1), (("stay",), 3)]
    assert count("nationality-topic", network, days) == [
        (("blr", UNMAPPED), 1),
        (("blr", "stay"), 1),
        (("ukr", "stay"), 2),
    ]


def test_several_cities_compare_on_the_common_list_only(point, other_point):
    with pytest.raises(ValueError, match="common list"):
        of_city([point, other_point])
    assert of_network([point, other_point]).places == ("krakow", "lodz")


def test_counting_cannot_write_and_lets_others_write(point, days):
    count("channel", of_city([point]), days)
    with connection.cursor() as cursor:
        cursor.execute("show transaction_read_only")
        assert cursor.fetchone() == ("off",)


def test_counting_takes_one_query(recorded, point, days, django_assert_num_queries):
    recorded()
    with django_assert_num_queries(4):  # savepoint, read only, the count, release
        count("topic-month", of_city([point]), days)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.slug)
def test_every_table_counts_every_record_once_or_by_topic(
    table, recorded, point, days, today
):
    recorded(topics=("stay", "work"), nationality="ukr")
    recorded(day=today - timedelta(days=40), channel="email")
    cells = live.cells(table, scope=of_city([point]), period=days)
    assert sum(cell.count for cell in cells) == (
        3 if table.measure == "mentions" else 2
    )
    for place, dimension in enumerate(table.dimensions):
        known = entries(dimension, scope=of_city([point]), period=days, language="pl")
        assert {cell.codes[place] for cell in cells} <= set(known)


def test_slugs_are_unique():
    assert len({table.slug for table in EVERY}) == len(EVERY)


def test_persons_at_workshops_are_added_up_as_the_last_version_says(
    point, other_point, days
):
    chance.workshops([point, other_point], Random(3), 20, days)  # noqa: S311 - no secret
    counted = 0
    for table in WORKSHOP_TABLES:
        for scope in (of_city([point]), of_network([point, other_point])):
            asked = {"scope": scope, "period": days}
            cells = live.cells(table, **asked)
            assert cells == chance.counted(table, **asked)
            counted += len(cells)
    assert counted > 20


def test_entries_say_names_levels_and_what_is_sensitive(point, days):
    table = by_slug("nationality-topic")
    nationality, topic = table.dimensions
    asked = {"scope": of_city([point]), "period": days, "language": "pl"}
    known = entries(nationality, **asked)
    assert list(known)[:2] == ["ukr", "blr"]
    assert known["geo"] == Entry("geo", "Gruzja", "asia")
    assert known[UNSTATED] == Entry(UNSTATED, "nie podano", NOWHERE)
    assert parents(nationality, period=days, language="pl") == region_names("pl")
    topics = entries(topic, **asked)
    assert [entry.code for entry in topics.values() if entry.sensitive] == ["violence"]
    assert table.sensitive == ("topic",)
    assert UNMAPPED not in topics
    network = entries(topic, **{**asked, "scope": of_network([point])})
    assert network[UNMAPPED].label == "spoza wspólnej listy"


def test_months_have_quarters():
    month = by_slug("month").dimensions[0]
    period = Days.of_year(2024)
    known = entries(month, scope=Scope(()), period=period, language="pl")
    assert list(known.values())[3] == Entry("2024-04", "Kwiecień 2024", "2024-Q2")
    assert len(known) == 12
    assert quarter_of("2024-12") == "2024-Q4"
    assert list(parents(month, period=period, language="en").items())[:1] == [
        ("2024-Q1", "Q1 2024")
    ]


@pytest.mark.parametrize(
    ("language", "name"),
    (("en", "Q4 2024"), ("pl", "IV kwartał 2024"), ("uk", "IV квартал 2024")),
)
def test_quarters_are_named_as_offices_name_them(language, name):
    month, period = by_slug("month").dimensions[0], Days.of_year(2024)
    with override(language):
        named = parents(month, period=period, language=language)
    assert named["2024-Q4"] == name


def test_every_country_of_the_common_list_lies_somewhere():
    countries = {e.code for e in common_entries() if e.kind == "nationality"}
    nowhere = {code for code in countries if region_of(code) == NOWHERE}
    assert nowhere == {"xxa", "xxx"}
