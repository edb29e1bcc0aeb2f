"""Locks in the database on what has no row yet, or on more than a row."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def hold(*what: object) -> None:
    """
    Wait until nobody else holds ``what``; then nobody else does till the transaction ends.

    ``what`` begins with whose lock it is ("nominations.address") and is plain values: two
    are the same if they read the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [repr(what)]
        )


@contextmanager
def alone(*what: object) -> Iterator[None]:
    """
    Wait until nobody else is within ``what``; then nobody else is till this is left.

    It reaches over transactions: what is read within it was written by no other within.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [repr(what)])
    try:
        yield
    finally:
        # A connection that broke has let go of it.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(
                    "select pg_advisory_unlock(hashtextextended(%s, 0))", [repr(what)]
                )
