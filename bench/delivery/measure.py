"""One run: everything filled, served, measured; import it after ``django.setup``."""

import time
from collections.abc import Callable
from typing import Any

from bench.client import Browser
from bench.delivery import crowd, phones
from bench.delivery.fill import Filled
from bench.delivery.goals import AT_ONCE, BESIDE, WITHIN_SECONDS
from bench.systems import Ask, page
from bench.turns import in_turns
from mosty.inbox.models import Receipt
from mosty.programmes.models import Session

ROUNDS = 4
TIMED = 5
# Phones that warm the server up, and those that come one by one.
FEW = 60
WAVES = ("warm", "alone", "moment", "flow", "minute")
Say = Callable[[str], None]


def pages(mosty: Browser, floor: Browser, filled: Filled, call: int) -> dict[str, Any]:
    """Return the middle time of each page and of its bare view, which take turns."""
    table = f"/pl/courses/{filled.course}/attendance/"
    bare = f"/attendance/{call}/{filled.course}/"
    row, rest = '<th scope="row">', 'class="row"'
    marking = f"{table}{filled.session}/"
    everybody = f"/marking/{call}/{filled.session}/"
    asked: dict[str, tuple[Ask, Ask | None]] = {
        "table": (page(mosty, table, row, 50), page(floor, f"{bare}50/", rest, 50)),
        "table100": (
            page(mosty, f"{table}?size=100", row, 100),
            page(floor, f"{bare}100/", rest, 100),
        ),
        "marking": (
            page(mosty, marking, "<fieldset", 500),
            page(floor, everybody, "<fieldset", 500),
        ),
        "results": (
            page(mosty, f"/pl/evaluation/surveys/{filled.survey}/results/", "20"),
            None,
        ),
    }
    assert set(BESIDE) < set(asked)
    return in_turns(asked, rounds=ROUNDS, timed=TIMED)


def checking_in(port: int, filled: Filled, say: Say) -> dict[str, Any]:
    """Return the times of every wave of phones, and what the database has of the last."""
    sessions = Session.objects.select_related("course__programme").in_bulk(
        list(filled.open_sessions.values())
    )
    opened = {wave: sessions[pk] for wave, pk in filled.open_sessions.items()}
    waves: dict[str, Any] = {}
    for wave, at_once, refill in (
        ("warm", 8, True),
        ("alone", 1, True),
        ("moment", AT_ONCE, False),
        ("flow", AT_ONCE, True),
    ):
        few = filled.phones[:FEW] if wave in {"warm", "alone"} else filled.phones
        say(f"checking in: {wave}, {len(few)} phones")
        requests = phones.forms(port, opened[wave], few)
        before, began = Receipt.objects.count(), time.perf_counter()
        seconds = crowd.send(
            port, requests, at_once=at_once, refill=refill, must=b"HTTP/1.1 302"
        )
        took = time.perf_counter() - began
        waves[wave] = {
            **phones.spread(seconds),
            "rate": len(seconds) / took,
            **phones.counted(opened[wave], before),
        }
    say(f"checking in: {len(filled.phones)} phones within a minute")
    before = Receipt.objects.count()
    minute = phones.over(WITHIN_SECONDS, port, opened["minute"], filled.phones)
    return {
        "waves": waves,
        "minute": {**minute, **phones.counted(opened["minute"], before)},
    }
