"""The same file sent twice at one moment waits once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from mosty.audit.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_finds_the_file_of_the_first(calls, points):
    # Of both apps in one test: what is committed has to be swept away once only.
    for desk in (calls, points):
        together = Barrier(2)

        def upload(_turn, desk=desk, together=together):
            try:
                together.wait(timeout=20)
                return desk.upload(content=desk.content, file_name="list.csv").pk
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            assert len(set(pool.map(upload, range(2)))) == 1
        assert desk.kind.objects.count() == 1
    assert Entry.objects.filter(verb="import.uploaded").count() == 2
