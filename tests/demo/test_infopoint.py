"""The demo's points: the same each time, and in whatever month they are played."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Sum

from mosty.accounts.models import User
from mosty.demo import infopoint, load
from mosty.demo.infopoint import krakow, records, wroclaw
from mosty.figures.models import Release
from mosty.figures.queries import cited
from mosty.infopoint import policies
from mosty.infopoint.models import Consultation, Guide, Period, Point, Workshop
from mosty.infopoint.queries import comparing

pytestmark = pytest.mark.django_db


def test_points_are_open_on_working_days_and_on_others_where_there_are_no_such():
    friday, saturday, sunday, monday = (date(2024, 3, day) for day in range(1, 5))
    assert records.working_days(friday, monday) == [friday, monday]
    assert records.working_days(saturday, sunday) == [saturday, sunday]


@pytest.mark.parametrize(
    ("now", "closed", "late", "withdrawn"),
    (
        (datetime(2026, 11, 20, 12, tzinfo=UTC), (11, 1), 2, 3),
        (datetime(2026, 1, 1, 9, tzinfo=UTC), (0, 0), 0, 2),
    ),
)
def test_the_points_have_closed_years_and_a_running_one(now, closed, late, withdrawn):
    load.load(now)
    infopoint.play(now, lambda said: None)

    point = Point.objects.get(slug=wroclaw.SLUG)
    # What is published of 2024 is so here; the rest is illustrative.
    published = Consultation.objects.filter(point=point, day__year=2024)
    assert (
        published.count(),
        published.exclude(nationality=None).values("nationality").distinct().count(),
        published.values("language").distinct().count(),
        published.count()
        + Workshop.objects.filter(point=point, day__year=2024).aggregate(
            all=Sum("persons")
        )["all"],
    ) == (3_880, 81, 5, 7_437)
    values = {int(one.value) for one in cited(point.subject)}
    assert values >= {607, 893, 3_500, 3_880, 7_437, 81, 5}
    second = Point.objects.get(slug=krakow.SLUG)
    of_last_year = Consultation.objects.filter(point=second, day__year=2025)
    assert of_last_year.count() == krakow.A_YEAR
    found = (
        tuple(Period.objects.filter(point=one).count() for one in (point, second)),
        Consultation.objects.filter(state="late").count(),
        Consultation.objects.filter(state="withdrawn").count(),
    )
    assert found == (closed, late, withdrawn)
    # Closed years are published, one table more waits for the lead; both are compared.
    made = Release.objects.order_by("pk").values_list("subject", "year", "state")
    first, other = point.subject, second.subject
    assert list(made) == (
        [
            (first, 2024, "published"),
            (first, 2024, "ready"),
            (first, 2025, "published"),
            (other, 2025, "published"),
        ]
        if late
        else []
    )
    assert len(comparing.page(2025, "en").tables) == (7 if late else 0)
    assert Guide.objects.count() == 4
    worker, lead = (
        User.objects.filter(grants__role=role).order_by("id")[0]
        for role in ("worker", "lead")
    )
    # Whether she may record is asked of the real day: the operation has no end.
    assert policies.can_lead(lead, point) is True
    assert policies.can_lead(lead, second) is False
    assert policies.can_lead(worker, point) is False
