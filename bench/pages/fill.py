"""
Fill a database: ``python -m bench.pages.fill small|large``.

Small plays the Academy as the tests of all pages have it, and counts what each page asks
of the database; large adds the large demo to it.
"""

import json
import sys

import django

django.setup()

from django.db import connection  # noqa: E402 - models need django.setup
from django.utils import timezone, translation  # noqa: E402
from tests.e2e import stage  # noqa: E402

from bench.pages import measure, visits  # noqa: E402
from mosty.demo import large  # noqa: E402


def main(size: str) -> None:
    """Fill, and print what there is as JSON."""
    found: dict[str, int] = {}
    with translation.override("en"):
        now = timezone.now()
        if size == "small":
            stage.play(now, lambda said: None)
        else:
            found = large.fill(now, lambda said: print(said, file=sys.stderr))
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    if size == "small":
        counted = measure.pages(visits.small(), timed=0)
        found = {key: one["queries"] for key, one in counted.items()}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
