"""The demo's point: the same each time, and in whatever month it is played."""

from datetime import UTC, datetime

import pytest

from mosty.accounts.models import User
from mosty.demo import infopoint, load
from mosty.figures.models import Release
from mosty.infopoint import policies
from mosty.infopoint.models import Consultation, Period

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "closed", "late", "withdrawn"),
    (
        (datetime(2026, 11, 20, 12, tzinfo=UTC), 10, 2, 1),
        (datetime(2026, 3, 1, 3, tzinfo=UTC), 1, 0, 1),
        (datetime(2026, 1, 1, 9, tzinfo=UTC), 0, 0, 0),
    ),
)
def test_the_point_has_a_closed_year_and_a_running_one(now, closed, late, withdrawn):
    load.load(now)
    point = infopoint.play(now, lambda said: None)

    of_last_year = Consultation.objects.filter(day__year=2025).count()
    assert of_last_year == infopoint.A_YEAR
    found = (
        Period.objects.count(),
        Consultation.objects.filter(state="late").count(),
        Consultation.objects.filter(state="withdrawn").count(),
    )
    assert found == (closed, late, withdrawn)
    # The closed year is published; one table more waits for the lead.
    made = Release.objects.order_by("number").values_list("number", "state")
    assert list(made) == ([(1, "published"), (2, "ready")] if late else [])
    worker, lead = (User.objects.get(grants__role=role) for role in ("worker", "lead"))
    # Whether she may record is asked of the real day: the operation has no end.
    assert policies.can_lead(lead, point) is True
    assert policies.can_lead(worker, point) is False
