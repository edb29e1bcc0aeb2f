"""What several of these tests begin with."""

import pytest

from mosty.infopoint.actions import periods
from tests.infopoint.conftest import last_month
from tests.infopoint.workshops.given import record


@pytest.fixture
def workshop(point, worker, now):
    return record(point, worker, now)


@pytest.fixture
def closed(point, worker, lead, now, today):
    """Return a workshop of last month, which is closed."""
    row = record(point, worker, now, last_month(today))
    periods.close(
        point=point, year=row.day.year, month=row.day.month, actor=lead, now=now
    )
    return row
