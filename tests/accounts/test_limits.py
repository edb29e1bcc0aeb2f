"""Limits on guessing, kept as an installation keeps them: in the database."""

import time

import pytest
from django.core.cache.backends.db import DatabaseCache
from pytest_django import DjangoAssertNumQueries

from mosty.accounts import limits
from mosty.config import settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> DatabaseCache:
    """Return the cache of an installation, in place of that of the tests."""
    given = settings.CACHES["default"]
    cache = DatabaseCache(given["LOCATION"], {"OPTIONS": given.get("OPTIONS", {})})
    monkeypatch.setattr(limits, "cache", cache)
    return cache


@pytest.mark.parametrize("seconds", (60, 900))
def test_a_limit_ends_when_it_says(
    kept: DatabaseCache,
    monkeypatch: pytest.MonkeyPatch,
    seconds: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    began = time.time()
    clock = [began]
    monkeypatch.setattr("time.time", lambda: clock[0])
    counts = []
    for passed in (0, seconds / 2, seconds - 1, seconds + 1):
        clock[0] = began + passed
        counts.append(limits.count("one", seconds=seconds))
    assert counts == [1, 2, 3, 1]
    # One look for all: a whole hall checks in at once.
    with django_assert_num_queries(1):
        assert limits.counted("one", "two") == {"one": 1, "two": 0}


def test_many_new_counts_free_no_old_one(kept: DatabaseCache) -> None:
    limits.count("a", seconds=900)
    for number in range(400):
        limits.count(f"b{number}", seconds=900)
    assert limits.counted("a") == {"a": 1}
