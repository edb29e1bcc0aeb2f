"""The same file sent twice at one moment waits once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from mosty.audit.models import Entry
from mosty.importing import actions
from mosty.kernel.names import clean

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_finds_the_file_of_the_first(calls, points, monkeypatch):
    # Of both apps in one test: what is committed has to be swept away once only.
    for desk in (calls, points):
        inside = Barrier(2)

        def lingering(name, inside=inside):
            # Each waits for the other after it has looked, and before it stores: where
            # nothing holds one of them back, both have found no file.
            with suppress(BrokenBarrierError):
                inside.wait(timeout=0.5)
            return clean(name)

        def upload(_turn, desk=desk):
            try:
                return desk.upload(content=desk.content, file_name="list.csv").pk
            finally:
                connection.close()

        monkeypatch.setattr(actions, "clean", lingering)
        with ThreadPoolExecutor(2) as pool:
            assert len(set(pool.map(upload, range(2)))) == 1
        assert desk.kind.objects.count() == 1
    assert Entry.objects.filter(verb="import.uploaded").count() == 2
