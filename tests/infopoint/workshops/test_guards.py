"""What the database itself refuses of workshops."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from mosty.infopoint.actions import points
from mosty.infopoint.actions.saying import CannotRecord
from mosty.infopoint.models import (
    Code,
    Guide,
    Workshop,
    WorkshopChange,
    WorkshopGroup,
)
from tests.infopoint.workshops.given import record, refused


def change_of(row, **fields):
    said = {
        name: getattr(row, name)
        for name in ("topic_id", "language_id", "place", "partner", "persons", "state")
    }
    given = {"version": row.version, "reason": "x", "changed_by": "x"}
    return WorkshopChange.objects.create(
        workshop=row,
        said={**said, "day": row.day.isoformat()},
        changed_at=row.recorded_at,
        **{**given, **fields},
    )


def test_nothing_changes_without_its_old_version(workshop, now):
    rows = Workshop.objects.filter(pk=workshop.pk)
    refused(lambda: rows.update(place="Elsewhere"))
    refused(lambda: rows.update(place="Elsewhere", version=2))
    refused(rows.delete)
    change_of(workshop)
    rows.update(place="Elsewhere", version=2, persons=0)
    workshop.refresh_from_db()
    change_of(workshop)
    # This version has no groups.
    refused(lambda: rows.update(persons=1, version=3))


def test_a_closed_period_takes_no_silent_change(closed, point, now):
    rows = Workshop.objects.filter(pk=closed.pk)
    change_of(closed)
    refused(lambda: rows.update(place="Elsewhere", version=2, persons=0))
    fields = {
        name: getattr(closed, name)
        for name in ("point", "operation", "day", "topic", "language", "recorded_at")
    }
    refused(lambda: Workshop.objects.create(key=uuid4(), recorder_key="x", **fields))
    refused(
        lambda: Guide.objects.create(
            point=point, title="x", languages=["pl"], published_on=closed.day
        )
    )


def test_groups_add_up_and_never_change(workshop):
    female = Code.objects.get(kind="sex", code="female")
    phone = Code.objects.get(kind="channel", code="phone")
    of = {"workshop": workshop, "version": 1}
    refused(lambda: WorkshopGroup.objects.create(**of, sex=female, count=1))
    refused(lambda: WorkshopGroup.objects.create(**of, sex=phone, count=1))
    refused(lambda: WorkshopGroup.objects.create(**{**of, "version": 2}, count=1))
    refused(lambda: WorkshopGroup.objects.update(count=7))
    refused(lambda: WorkshopGroup.objects.all().delete())
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkshopGroup.objects.create(**of, sex=female, count=0)


def test_codes_and_operations_cover_the_days_of_workshops(workshop, today):
    after = today + timedelta(days=1)
    for code in (workshop.topic, Code.objects.get(kind="sex", code="male")):
        code.since = after
        refused(code.save)
    operation = workshop.operation
    operation.since = after
    refused(operation.save)


def test_a_code_that_did_not_hold_on_the_day_is_refused(
    point, worker, krakow, now, today
):
    Code.objects.create(
        owner=krakow, kind="topic", code="new", label="New", since=today
    )
    record(point, worker, now, topic="new")
    with pytest.raises(CannotRecord):
        record(point, worker, now, today - timedelta(days=1), topic="new")


def test_a_point_is_not_moved_past_its_workshops(workshop, lead, now):
    point = workshop.point
    details = points.Details(point.name, ("pl",), workshop.day + timedelta(days=1))
    with pytest.raises(points.CannotChangePoint):
        points.change_point(point=point, details=details, actor=lead, now=now)
