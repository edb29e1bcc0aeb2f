"""Every table is the same in PostgreSQL, in DuckDB and in Spark: ``make test-scale``."""

from datetime import date
from random import Random

import pytest

from mosty.audit.actors import SYSTEM
from mosty.figures.tables import Days, live
from mosty.figures.tables.archives import duck, manifest
from mosty.figures.tables.archives.spark import Spark
from mosty.infopoint.actions import archives
from mosty.infopoint.models import Consultation
from mosty.infopoint.tables import EVERY, of_city, of_network
from tests.infopoint import chance
from tests.infopoint.conftest import make_point

pytestmark = [
    pytest.mark.django_db,
    # Of Spark's own making.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

YEARS = (2023, 2024)
RECORDS = 600
WORKSHOPS = 60


@pytest.fixture(params=[True, False], ids=["own codes", "common codes"])
def has_own(request):
    """Say if a city has codes of its own: two of a record's may be one common code."""
    return request.param


@pytest.fixture
def points(point, other_point, operator, has_own):
    """Return three points of two cities."""
    if has_own:
        chance.own_codes(point.city)
    # Looks like a number, and is a slug.
    return [point, make_point(point.city, operator, "007"), other_point]


@pytest.fixture
def written(points, now, tmp_path):
    """Record two years by chance, and archive each."""
    both = Days(date(YEARS[0], 1, 1), date(YEARS[1], 12, 31))
    chance.records(points, Random(5), RECORDS, both)  # noqa: S311 - no secret
    chance.workshops(points, Random(6), WORKSHOPS, both)  # noqa: S311 - as above
    for year in YEARS:
        archives.make(
            year=year,
            slug="",
            folder=tmp_path / f"{year}",
            may_be_open=True,
            reason="a test",
            actor=SYSTEM,
            now=now,
        )
    return manifest.opened([tmp_path / f"{year}" for year in YEARS])


def asked(points):
    """Yield whose records of which days are asked for."""
    yield of_city(points[:2]), Days.of_year(YEARS[1])
    yield of_network(points), Days(date(YEARS[0], 11, 15), date(YEARS[1], 3, 31))


def test_three_engines_agree_with_counting_one_by_one(points, written, spark, has_own):
    on_spark = Spark(spark, written)
    # Where no two codes are one, lists are counted another way, and nothing else is.
    tables = EVERY if has_own else [t for t in EVERY if t.measure == "mentions"]
    with duck.opened(written) as on_duck:
        for scope, period in asked(points):
            every = {"scope": scope, "period": period}
            wanted = {t.slug: chance.counted(t, **every) for t in tables}
            assert {t.slug: live.cells(t, **every) for t in tables} == wanted
            assert {t.slug: on_duck.cells(t, **every) for t in tables} == wanted
            assert {t.slug: on_spark.cells(t, **every) for t in tables} == wanted
            assert all(wanted.values())


@pytest.mark.parametrize("has_own", (False,), indirect=True)
def test_an_archive_without_records_has_no_cells(points, now, tmp_path, spark):
    assert Consultation.objects.count() == 0
    archives.make(
        year=YEARS[0],
        slug="",
        folder=tmp_path / "empty",
        may_be_open=True,
        reason="a test",
        actor=SYSTEM,
        now=now,
    )
    empty = Spark(spark, manifest.opened([tmp_path / "empty"]))
    for table in EVERY:
        assert (
            empty.cells(table, scope=of_network(points), period=Days.of_year(2023))
            == []
        )


def test_spark_is_heard_on_this_machine_only(spark):
    settings = dict(spark.sparkContext.getConf().getAll())
    assert settings["spark.driver.bindAddress"] == "127.0.0.1"
    assert settings["spark.driver.host"] == "127.0.0.1"
    assert settings["spark.ui.enabled"] == "false"
