"""Locks that reach over transactions."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from mosty.kernel.locks import alone

pytestmark = pytest.mark.django_db
FREE = "select pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """Return another's connection to the database."""
    of = connection.get_connection_params()
    known = {key: of[key] for key in ("host", "port", "user", "password") if key in of}
    with psycopg.connect(dbname=of["dbname"], autocommit=True, **known) as found:
        yield found


def is_free(other: psycopg.Connection, *what: object) -> bool:
    found = other.execute(FREE, [repr(what)]).fetchone()
    assert found is not None
    return bool(found[0])


def test_nobody_else_is_within_until_it_is_left(other: psycopg.Connection) -> None:
    with alone("page", 1):
        assert (is_free(other, "page", 1), is_free(other, "page", 2)) == (False, True)
    assert is_free(other, "page", 1) is True


def test_a_fault_within_lets_go(other: psycopg.Connection) -> None:
    with pytest.raises(RuntimeError), alone("page", 1):
        raise RuntimeError
    assert is_free(other, "page", 1) is True
