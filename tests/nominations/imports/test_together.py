"""Two who import the same list in the same moment import it once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import translation

from mosty.nominations.actions import imports
from mosty.nominations.models import ImportedFile, Invitation, Nomination
from mosty.nominations.queries.imports import pages
from mosty.outbox.models import Message
from tests.nominations.imports.files import csv, xlsx

pytestmark = pytest.mark.django_db(transaction=True)


ALREADY_TAKEN = "This file has already been taken over."
ALREADY_THERE = "Everything in this file is already there. Nothing was changed."


@pytest.mark.parametrize(
    ("files", "refusal"),
    (((csv(), csv()), ALREADY_TAKEN), ((csv(), xlsx()), ALREADY_THERE)),
)
def test_the_second_finds_that_nothing_is_left_to_do(
    call, krakow, lodz, secretariat, coordinator, now, files, refusal
):
    waiting = [
        imports.upload(
            call=call,
            organisation=None,
            content=content,
            file_name="list",
            actor=actor,
            now=now,
        )
        for content, actor in zip(files, (secretariat, coordinator), strict=True)
    ]
    # The cities are in the call already: nothing but the lock holds the second back.
    for city in (krakow, lodz):
        Invitation.objects.create(call=call, organisation=city, code=city.slug)
    seen = pages.trial(waiting[0], now).digest
    together = Barrier(2)

    def take(pk, actor):
        try:
            imported = ImportedFile.objects.get(pk=pk)
            together.wait(timeout=20)
            imports.take_over(imported=imported, seen=seen, actor=actor, now=now)
        except imports.CannotImport as refusal:
            with translation.override("en"):
                return str(refusal)
        else:
            return "taken over"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(
            pool.map(take, [one.pk for one in waiting], (secretariat, coordinator))
        )
    assert said == sorted([refusal, "taken over"])
    assert (Nomination.objects.count(), Message.objects.count()) == (2, 2)
