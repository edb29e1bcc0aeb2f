"""How a workshop is told, corrected and withdrawn."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from mosty.audit.models import Entry
from mosty.infopoint.actions import workshops
from mosty.infopoint.actions.saying import CannotRecord
from mosty.infopoint.actions.workshops import Group
from mosty.infopoint.models import (
    Workshop,
    WorkshopChange,
    WorkshopGroup,
)
from mosty.infopoint.queries.workshops import groups_of
from tests.infopoint.workshops.given import GROUPS, counts, record, said_of


def correct(workshop, said, actor, now, **fields):
    given = {"seen": 1, "reason": "Counted wrong", **fields}
    return workshops.correct(
        workshop=workshop, said=said, actor=actor, now=now, **given
    )


def test_a_workshop_is_kept_once_with_its_persons(point, worker, now, today):
    key = uuid4()
    for _n in range(2):
        record(point, worker, now, key=key)
    row = Workshop.objects.select_related("topic", "language").get()
    assert (row.topic.code, row.language.code, row.day, row.persons) == (
        "work",
        "uk",
        today,
        10,
    )
    assert counts(row) == {
        ("female", "18-29"): 4,
        ("female", "30-44"): 2,
        ("male", "18-29"): 1,
        ("", ""): 3,
    }
    entry = Entry.objects.get(verb="workshop.recorded")
    assert entry.after == {"day": today.isoformat(), "persons": 10}


@pytest.mark.parametrize(
    ("wrong", "field"),
    (
        ({"topic": "nonsense"}, "topic"),
        ({"topic": ""}, "topic"),
        ({"language": ""}, "language"),
        ({"groups": (Group("robot", "", 1),)}, "sex"),
        ({"groups": (Group("", "200", 1),)}, "age_band"),
        ({"groups": (Group("", "", -1),)}, "groups"),
        ({"groups": (Group("", "", 9_999), Group("male", "", 1))}, "groups"),
        ({"place": "Anna, anna@example.org"}, "place"),
        ({"partner": "44051401359"}, "partner"),
    ),
)
def test_what_is_wrong_is_said_of_its_field(point, worker, now, wrong, field):
    with pytest.raises(CannotRecord) as caught:
        record(point, worker, now, **wrong)
    assert set(caught.value.fields) == {field}
    assert Workshop.objects.count() == 0


def test_days_that_are_not_possible(point, worker, other_worker, now, today):
    for day in (today + timedelta(days=1), point.opened_on - timedelta(days=1)):
        with pytest.raises(CannotRecord):
            record(point, worker, now, day)
    with pytest.raises(PermissionDenied):
        record(point, other_worker, now)


def test_of_an_earlier_operator_s_days_only_the_lead_tells(
    point, worker, lead, other_point, now, today
):
    operation = point.operations.get()
    operation.since = today
    operation.save()
    before = other_point.operations.get().operator
    point.operations.create(
        operator=before, since=point.opened_on, until=today - timedelta(days=1)
    )
    day = today - timedelta(days=3)
    with pytest.raises(CannotRecord):
        record(point, worker, now, day)
    assert record(point, lead, now, day).operation.operator_id == before.pk


def test_a_correction_keeps_the_old_version_with_its_groups(workshop, worker, now):
    said = said_of(workshop.day, groups=(Group("male", "", 5),), place="Library")
    correct(workshop, said, worker, now)
    row = Workshop.objects.get()
    assert (row.version, row.persons, counts(row)) == (2, 5, {("male", ""): 5})
    assert {
        version: sum(held.values()) for version, held in groups_of(row).items()
    } == {1: 10, 2: 5}
    change = WorkshopChange.objects.get()
    assert (change.said["persons"], change.reason, change.is_revision) == (
        10,
        "Counted wrong",
        False,
    )
    entry = Entry.objects.get(verb="workshop.corrected")
    assert entry.after == {"fields": ["groups", "persons"]}


def test_tables_count_the_groups_that_hold(workshop, point, worker, now):
    gone = record(point, worker, now)
    workshops.withdraw(workshop=gone, seen=1, reason="x", actor=worker, now=now)
    correct(workshop, said_of(workshop.day, groups=GROUPS[:2]), worker, now)
    with connection.cursor() as cursor:
        cursor.execute(
            "select point, count(*), sum(persons) from infopoint_counted_workshop_group"
            " group by point"
        )
        assert cursor.fetchall() == [("krakow", 2, 6)]
        cursor.execute("select sum(persons) from infopoint_counted_workshop")
        assert cursor.fetchall() == [(6,)]


def test_what_cannot_be_corrected(workshop, worker, now):
    for wrong in (
        {"seen": 2},
        {"reason": " "},
        {"said": said_of(workshop.day)},
        {"said": said_of(workshop.day, language="")},
    ):
        given = {"said": said_of(workshop.day, language="ru"), **wrong}
        with pytest.raises(CannotRecord):
            correct(workshop, actor=worker, now=now, **given)
    assert (WorkshopChange.objects.count(), WorkshopGroup.objects.count()) == (0, 4)


def test_a_withdrawn_workshop_stays_and_counts_no_more(workshop, worker, now):
    workshops.withdraw(
        workshop=workshop, seen=1, reason="Never was", actor=worker, now=now
    )
    row = Workshop.objects.get()
    assert (row.state, row.version, sum(counts(row).values())) == ("withdrawn", 2, 10)
    with pytest.raises(CannotRecord):
        correct(row, said_of(row.day, language="ru"), worker, now, seen=2)


def test_in_a_closed_period_the_lead_alone_adds_and_corrects(closed, worker, lead, now):
    point, day = closed.point, closed.day
    with pytest.raises(CannotRecord):
        record(point, worker, now, day, late_reason="Forgotten")
    with pytest.raises(CannotRecord) as caught:
        record(point, lead, now, day)
    assert set(caught.value.fields) == {"reason"}
    late = record(point, lead, now, day, late_reason="Forgotten")
    assert (late.late_reason, record(point, lead, now).late_reason) == ("Forgotten", "")
    said = said_of(day, language="ru")
    with pytest.raises(CannotRecord):
        correct(closed, said, worker, now)
    correct(closed, said, lead, now)
    assert WorkshopChange.objects.get().is_revision is True


def test_closing_tells_how_many_workshops_counted(closed):
    entry = Entry.objects.get(verb="period.closed")
    assert (entry.after["consultations"], entry.after["workshops"]) == (0, 1)
