"""The overview and the bare view, filled, served, and asked in turns."""

from typing import Any

from bench import stage
from bench.client import Browser
from bench.plans.goals import PAGES
from bench.rows import Asked
from bench.say import say
from bench.systems import page
from bench.turns import in_turns

NAME = "plans_bench"


def run(asked: Asked) -> dict[str, Any]:
    """Return the middle time of each page and of its bare view."""
    server, env = stage.own_database(NAME, asked)
    # It needs Django's settings.
    from bench.plans.fill import fill

    say("filling the database")
    filled = fill()
    with stage.beside_the_floor(server, NAME, env) as (port, floor_port):
        cookies = {"sessionid": filled.coordinator, "csrftoken": "c" * 32}
        mosty, floor = Browser(port, cookies), Browser(floor_port)
        say("pages")
        return in_turns(
            {
                key: (
                    page(
                        mosty, f"/pl/plans/actions/{query}", '<th scope="row"><a', rows
                    ),
                    page(floor, f"/plans/{query}", 'class="row"', rows),
                )
                for key, (_words, query, rows) in PAGES.items()
            },
            rounds=6,
            timed=5,
        )
