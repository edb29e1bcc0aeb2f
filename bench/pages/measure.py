"""Opening pages in this process, with queries counted and time taken; import after setup."""

import time
from collections.abc import Sequence
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.e2e.academy import Academy

from bench.pages.visits import Visit
from mosty.accounts.models import Role

TIMED = 5


def clients() -> dict[str, Client]:
    """Return somebody for each role who is signed in, and "" for the public."""
    academy = Academy(timezone.now())
    found = {role: Client(SERVER_NAME="127.0.0.1") for role in ("", *Role.values)}
    for role in Role.values:
        found[role].force_login(academy.user(role))
    return found


def pages(visits: Sequence[Visit], timed: int = TIMED) -> dict[str, dict[str, Any]]:
    """Return, by page, its queries, the middle of its times in ms, and its bytes."""
    by_role = clients()
    found = {}
    for visit in visits:
        client = by_role[visit.role]
        # The first reads what later ones find at hand, as on a server that has begun.
        client.get(visit.path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(visit.path)
            size = _size(answer)
        asked, longest = len(queries), slowest(queries)
        spent = sum(float(one["time"]) for one in queries) * 1000
        took = []
        for _time in range(timed):
            began = time.perf_counter()
            _size(client.get(visit.path))
            took.append(time.perf_counter() - began)
        found[visit.key] = {
            "role": visit.role,
            "path": visit.path,
            "status": answer.status_code,
            "wanted": visit.status,
            "queries": asked,
            "slowest": longest,
            "sql": spent,
            "ms": median(took) * 1000 if took else 0.0,
            "bytes": size,
        }
    return found


def slowest(queries: CaptureQueriesContext) -> str:
    """Return the query that took longest, with its time."""
    one = max(queries, key=lambda query: float(query["time"]), default=None)
    return f"{one['time']} {one['sql'][:1500]}" if one else ""


def _size(answer: Any) -> int:
    if answer.streaming:
        return sum(map(len, answer.streaming_content))
    return len(answer.content)
