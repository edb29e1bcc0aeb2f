"""From a day until a day, both included."""

from datetime import date, timedelta

import pytest

from mosty.accounts.models import Grant, Role, User
from mosty.kernel.spans import holding_on
from tests.factories import make_user

DAY = date(2024, 3, 10)
NEXT, BEFORE = DAY + timedelta(days=1), DAY - timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "until", "holds"),
    (
        (None, None, True),
        (DAY, DAY, True),
        (None, DAY, True),
        (DAY, None, True),
        (NEXT, None, False),
        (None, BEFORE, False),
    ),
)
def test_both_days_count_and_a_missing_one_is_for_ever(
    since: date | None, until: date | None, holds: bool
) -> None:
    user = make_user("Anna Ar", role=Role.AUDITOR)
    user.grants.update(since=since, until=until)
    assert (
        Grant.objects.filter(holding_on(DAY)).exists(),
        User.objects.filter(holding_on(DAY, "grants__")).exists(),
    ) == (holds, holds)
