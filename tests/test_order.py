"""What no query puts in order comes last first in tests: what leans on it fails."""

import pytest
from django.contrib.auth.models import Group
from django.db.models import Count

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups(db):
    return [Group.objects.create(name=name).name for name in ("b", "a", "c")]


def test_what_is_in_no_order_comes_last_first(groups):
    assert list(Group.objects.values_list("name", flat=True)) == ["c", "a", "b"]


def test_what_is_in_order_stays_so(groups):
    assert list(Group.objects.order_by("name").values_list("name", flat=True)) == [
        "a",
        "b",
        "c",
    ]


def test_counts_come_last_first_too(groups):
    counted = (
        Group.objects.values("name").annotate(many=Count("permissions")).order_by()
    )
    assert [row["name"] for row in counted] == ["c", "b", "a"]


def test_whether_and_how_many_are_asked_as_ever(groups):
    assert (Group.objects.exists(), Group.objects.aggregate(n=Count("pk"))) == (
        True,
        {"n": 3},
    )
