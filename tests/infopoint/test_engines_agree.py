"""The database, an archive and counting one by one agree, whatever was recorded."""

from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.figures.tables import Days, live
from mosty.figures.tables.archives import duck, writing
from mosty.infopoint.queries.archives import contents
from mosty.infopoint.tables import EVERY, of_city, of_network
from tests.infopoint import chance

pytestmark = pytest.mark.django_db

YEAR = Days.of_year(2024)
WINTER = Days(date(2024, 1, 1), date(2024, 2, 29))


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, 10**6),
    number=st.integers(0, 40),
    period=st.sampled_from([YEAR, WINTER]),
    # Codes of a city's own: two topics of a record may be one on the common list.
    own=st.booleans(),
)
def test_any_records_make_the_same_tables(
    point, other_point, now, seed, number, period, own
):
    points = [point, other_point]
    with transaction.atomic(), TemporaryDirectory() as place:
        if own:
            chance.own_codes(point.city)
        chance.records(points, Random(seed), number, YEAR)  # noqa: S311 - no secret
        chance.workshops(points, Random(seed), number // 5, YEAR)  # noqa: S311 - as above
        archive = writing.write(
            Path(place),
            contents(2024, points),
            year=2024,
            places={point.slug: point.city.slug for point in points},
            is_closed=False,
            now=now,
        )
        with duck.opened([archive]) as engine:
            for table in EVERY:
                for scope in (of_city(points[:1]), of_network(points)):
                    asked = {"scope": scope, "period": period}
                    wanted = chance.counted(table, **asked)
                    assert live.cells(table, **asked) == wanted
                    assert engine.cells(table, **asked) == wanted
        transaction.set_rollback(True)
