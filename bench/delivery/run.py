"""Everything filled, served by Granian with 2 workers of 4 threads, and measured."""

from typing import Any

from bench import stage
from bench.client import Browser
from bench.rows import Asked
from bench.say import say

NAME = "delivery_bench"
THREADS = 4


def run(asked: Asked) -> dict[str, Any]:
    """Return all results."""
    server, env = stage.own_database(NAME, asked)
    # These need Django's settings.
    from bench.delivery import measure
    from bench.delivery.fill import fill
    from mosty.nominations.models import Call

    say("filling the database")
    filled = fill(measure.WAVES)
    call = Call.objects.get(course=filled.course).pk
    with stage.beside_the_floor(server, NAME, env, threads=THREADS) as (port, floor):
        cookies = {"sessionid": filled.coordinator, "csrftoken": "c" * 32}
        say("pages")
        pages = measure.pages(Browser(port, cookies), Browser(floor), filled, call)
        return {"pages": pages, **measure.checking_in(port, filled, say)}
