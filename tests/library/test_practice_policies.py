"""Who may do what with a practice."""

import pytest
from django.core.exceptions import PermissionDenied

from mosty.library import policies
from mosty.library.actions import practices, reviews

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        # has a desk, sees the practice there, its draft, its submitted one, writes, decides
        ("city", (True, True, 2, True, False)),
        ("coordinator", (True, True, 1, False, True)),
        ("partner", (True, True, 1, False, False)),
        ("secretariat", (True, False, 0, False, False)),
        ("trainer", (True, False, 0, False, False)),
        ("other_city", (True, False, 0, False, False)),
        ("worker", (False, False, 0, False, False)),
        ("auditor", (False, False, 0, False, False)),
        ("administrator", (False, False, 0, False, False)),
        ("stranger", (False, False, 0, False, False)),
    ),
)
def test_who_may_what(request, submitted, reviewed, partner, now, name, expected):
    reviewed(partner)
    author = request.getfixturevalue("city")
    coordinator = request.getfixturevalue("coordinator")
    reviews.give_back(version=submitted, reason="Shorter", actor=coordinator, now=now)
    practices.begin_again(practice=submitted.practice, actor=author, now=now)
    user = request.getfixturevalue(name)
    found = (
        policies.has_desk(user),
        policies.practices_visible_to(user).exists(),
        policies.versions_visible_to(user).count(),
        policies.can_write(user, submitted.practice),
        policies.can_decide(user, submitted.practice, now.date()),
    )
    assert found == expected
    if not expected[3]:
        for act in (
            lambda: practices.withdraw(version=submitted, actor=user, now=now),
            lambda: practices.submit(version=submitted, actor=user, now=now),
            lambda: practices.begin_again(
                practice=submitted.practice, actor=user, now=now
            ),
        ):
            with pytest.raises(PermissionDenied):
                act()
