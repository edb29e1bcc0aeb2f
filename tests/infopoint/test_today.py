"""What the Today page says to a worker and to a lead."""

import pytest

from mosty.infopoint.actions import periods
from mosty.office.queries.needs import needs_of
from tests.infopoint.conftest import last_month

pytestmark = pytest.mark.django_db


def test_a_worker_is_led_to_recording(point, recorded, worker, now):
    recorded()
    assert [(one.count, one.text, one.url) for one in needs_of(worker, now)] == [
        (
            1,
            "consultation is recorded today at: Point krakow",
            "/en/points/krakow/record/",
        )
    ]


def test_a_lead_sees_what_came_late_and_what_is_not_closed(
    point, recorded, lead, today, now
):
    recorded()
    assert needs_of(lead, now) == []
    day = last_month(today)
    recorded(day)
    assert [(one.count, one.text) for one in needs_of(lead, now)] == [
        (1, "month is over and not closed: Point krakow")
    ]
    periods.close(point=point, year=day.year, month=day.month, actor=lead, now=now)
    recorded(day)
    assert [(one.count, one.text, one.url) for one in needs_of(lead, now)] == [
        (
            1,
            "late record waits for your decision: Point krakow",
            "/en/points/krakow/periods/",
        )
    ]
