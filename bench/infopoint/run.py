"""Workers of both kinds, in turns, on one database."""

from typing import Any

from bench import stage
from bench.infopoint.goals import WORKERS
from bench.rows import Asked
from bench.say import say

NAME = "infopoint_bench"
# The floor: the same columns and indexes; no keys, guards or ledger.
BARE = (
    "create table {} (like infopoint_consultation including defaults including indexes)"
)


def run(asked: Asked) -> dict[str, Any]:
    """Return all results."""
    # A connection for each worker, as the bare insert has.
    server, env = stage.own_database(NAME, asked, MOSTY_POOL=str(WORKERS))
    # These need Django's settings.
    from django.db import connection

    from bench.infopoint import measure
    from bench.infopoint.fill import fill
    from bench.infopoint.workers import BARE as TABLE

    say("filling the database")
    fill(WORKERS)
    with connection.cursor() as cursor:
        cursor.execute(BARE.format(TABLE))
    server.settle(NAME)
    rounds = measure.rates(env, say)
    say("what each part costs")
    return {"rounds": rounds, "parts": measure.parts()}
