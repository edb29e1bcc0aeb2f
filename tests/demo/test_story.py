"""The played story: it keeps office hours, its order, and something to do."""

from datetime import UTC, datetime

import pytest
from django.db.models import F

from mosty.audit.models import Entry
from mosty.demo import load, story
from mosty.outbox.models import Message
from mosty.programmes.models import Session

# In Warsaw it is half past one at night.
NIGHT = datetime(2026, 5, 20, 23, 30, tzinfo=UTC)


def test_morning_is_that_of_the_day_where_the_programme_is() -> None:
    assert story.morning(NIGHT) == datetime(2026, 5, 21, 7, tzinfo=UTC)


@pytest.mark.django_db
def test_a_story_played_at_night_keeps_office_hours() -> None:
    said: list[str] = []
    story.play(NIGHT, said.append)

    assert [line.strip() for line in said if "expired" in line] == [
        "5 offers expired; their seats went to the reserve list"
    ]
    moments = {
        moment
        for model, field in (
            (Entry, "at"),
            (Message, "created_at"),
            (Message, "sent_at"),
        )
        for moment in model.objects.values_list(field, flat=True)
        if moment is not None
    }
    assert {at.astimezone(load.ZONE).hour for at in moments} - {*range(8, 18)} == set()
    # Nothing is told before it happens, and nothing happens after now.
    assert max(moments) <= NIGHT
    assert not Message.objects.filter(sent_at__lt=F("created_at")).exists()
    for scope in ("good-practices", "partnerships", "trial-course"):
        told = list(Entry.objects.filter(scope=scope).order_by("id"))
        assert told == sorted(told, key=lambda entry: (entry.at, entry.pk))
    # One letter waits to be read, and it asks nobody for an answer.
    drafts = Message.objects.filter(state=Message.State.DRAFT)
    assert [(one.scope, one.link) for one in drafts] == [("partnerships", None)]
    assert set(Session.objects.values_list("room", flat=True)) == {
        "sala\N{NO-BREAK SPACE}A",
        "sala\N{NO-BREAK SPACE}B",
    }
