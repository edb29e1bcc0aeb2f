"""Limits on guessing, kept as an installation keeps them: in the database."""

import time

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
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
        assert limits.counted("one", "two", seconds=seconds) == {"one": 1, "two": 0}


def test_many_new_counts_free_no_old_one(kept: DatabaseCache) -> None:
    limits.count("a", seconds=900)
    for number in range(400):
        limits.count(f"b{number}", seconds=900)
    assert limits.counted("a", seconds=900) == {"a": 1}


@pytest.mark.parametrize("jump", (-86_400, 86_400))
def test_a_clock_that_jumps_keeps_nobody_out(
    kept: DatabaseCache, monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    began = time.time()
    clock = [began]
    monkeypatch.setattr("time.time", lambda: clock[0])
    for _try in range(9):
        limits.count("one", seconds=60)
    clock[0] = began + jump
    assert limits.counted("one", seconds=60) == {"one": 0}
    assert limits.count("one", seconds=60) == 1


def test_who_counts_waits_for_who_is_counting(kept: DatabaseCache) -> None:
    """Many at one moment are counted each: the key is locked before it is looked at."""
    with CaptureQueriesContext(connection) as asked:
        limits.count("one", seconds=60)
    first = next(i for i, one in enumerate(asked) if "accounts_cache" in one["sql"])
    locks = [one["sql"] for one in asked.captured_queries[:first]]
    assert any("pg_advisory_xact_lock" in sql and "one" in sql for sql in locks)


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    (
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ),
)
def test_a_visitor_is_told_apart_by_what_she_cannot_change(
    first: str, second: str, is_one: bool
) -> None:
    seen = [
        limits.address_of(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in (first, second)
    ]
    assert (seen[0] == seen[1]) is is_one
