"""
Count the queries of Mosty's pages in a call of 10 and in one of 10,000 nominations.

Reads what :mod:`bench.ours.fill` printed; prints, as JSON, page -> [few, many].
"""

import json
import sys
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402 - after django.setup
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402

from bench.ours.form import filled_in  # noqa: E402


def main() -> None:
    """Ask for each page in both calls."""
    filled = json.load(sys.stdin)
    contact = filled["contacts"][-1]
    counts = {}
    with translation.override("pl"):
        for name, view, session, query in (
            ("list", "nominations", filled["secretariat"], ""),
            ("search", "nominations", filled["secretariat"], f"?q={filled['word']}"),
            ("call", "call", "", ""),
            ("form", "nominate", contact["session"], ""),
            ("submit", "nominate", contact["session"], None),
        ):
            counts[name] = [
                _queries(_address(view, call, filled, contact), session, query)
                for call in (filled["few"], filled["call"])
            ]
    json.dump(counts, sys.stdout)


def _address(
    view: str, call: str, filled: dict[str, str], contact: dict[str, str]
) -> str:
    arguments = {
        "call": [filled["programme"], call],
        "nominations": [call],
        "nominate": [call, contact["city"]],
    }
    return reverse(f"nominations:{view}", args=arguments[view])


def _queries(address: str, session: str, query: str | None) -> int:
    """Return the number of queries of a page, or of sending its form."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    # What is kept for the life of a process is not a page's own.
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        if query is None:
            answer = client.post(address, filled_in(str(uuid4())))
        else:
            answer = client.get(f"{address}{query}")
    expected = 302 if query is None else 200
    assert answer.status_code == expected, (address, answer.status_code)
    return len(caught)


if __name__ == "__main__":
    main()
