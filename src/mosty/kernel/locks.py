"""Locks on what has no row yet, in the database, until the transaction ends."""

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
