"""A point changes hands; its records stay, its old staff go."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from mosty.audit.models import Entry
from mosty.infopoint import policies
from mosty.infopoint.actions import points
from mosty.infopoint.actions.codes import load_common
from mosty.infopoint.actions.points import CannotChangePoint
from mosty.infopoint.models import Code, Operation, Point
from mosty.kernel.languages import EVERYONE
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def society(db):
    return make_organisation("Society", kind="ngo")


@pytest.fixture
def operation(point):
    return point.operations.get()


def end(operation, day, lead, now, reason="Tender"):
    return points.end_operation(
        operation=operation, last_day=day, reason=reason, actor=lead, now=now
    )


def start(point, society, day, lead, now):
    return points.start_operation(
        point=point, operator=society, since=day, actor=lead, now=now
    )


def test_on_the_day_after_the_last_the_old_staff_see_nothing(
    point, operation, worker, society, lead, recorded, today, now
):
    record = recorded(today - timedelta(days=1))
    newcomer = make_user("Nina Nowa", role="worker", organisation=society)
    end(operation, today - timedelta(days=1), lead, now)
    start(point, society, today, lead, now)

    seen = [
        (
            policies.can_record(user, point),
            policies.points_visible_to(user).count(),
            policies.records_visible_to(user).count(),
        )
        for user in (worker, newcomer, lead)
    ]
    assert seen == [(False, 0, 0), (True, 1, 1), (False, 1, 1)]
    # The record stays with the operation under which it was made.
    record.refresh_from_db()
    assert record.operation == operation
    told = Entry.objects.filter(verb__startswith="operation.").order_by("pk")
    day = str(today - timedelta(days=1))
    assert [(one.verb, one.reason, one.after) for one in told] == [
        ("operation.ended", "Tender", {"operator": "foundation", "until": day}),
        ("operation.started", "", {"operator": "society", "since": str(today)}),
    ]


def test_on_its_last_day_an_operator_still_works(
    point, operation, worker, lead, today, now
):
    end(operation, today, lead, now)
    assert policies.can_record(worker, point) is True


def test_what_cannot_be_handed_over(
    point, operation, worker, society, lead, recorded, today, now
):
    recorded()
    for actor in (worker, make_user("Sid Stray")):
        with pytest.raises(PermissionDenied):
            end(operation, today, actor, now)
        with pytest.raises(PermissionDenied):
            start(point, society, today, actor, now)
    for day, reason in (
        # There is a record of today.
        (today - timedelta(days=1), "Tender"),
        (point.opened_on - timedelta(days=1), "Tender"),
        (today, " "),
    ):
        with pytest.raises(CannotChangePoint):
            end(operation, day, lead, now, reason)
    for day in (today + timedelta(days=1), point.opened_on - timedelta(days=1)):
        with pytest.raises(CannotChangePoint):
            start(point, society, day, lead, now)
    end(operation, today, lead, now)
    start(point, society, today + timedelta(days=1), lead, now)
    with pytest.raises(CannotChangePoint):
        end(operation, today + timedelta(days=1), lead, now)
    assert Operation.objects.count() == 2


def test_the_database_keeps_operations_apart_and_over_their_records(
    point, operation, society, recorded, today
):
    recorded()
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.create(point=point, operator=society, since=today)
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(pk=operation.pk).update(
            until=today - timedelta(days=1)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(pk=operation.pk).update(operator=society)


def test_a_point_is_a_city_s(point, society):
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.filter(pk=point.pk).update(city=society)


def test_a_point_does_not_close_before_its_records(point, lead, recorded, today, now):
    recorded()
    details = points.Details(point.name, ("pl",), point.opened_on)
    for first, last in (
        (today + timedelta(days=1), None),
        (point.opened_on, today - timedelta(days=1)),
        (point.opened_on, point.opened_on - timedelta(days=1)),
    ):
        wrong = points.Details(point.name, ("pl",), first, last)
        with pytest.raises(CannotChangePoint):
            points.change_point(point=point, details=wrong, actor=lead, now=now)
    points.change_point(point=point, details=details, actor=lead, now=now)
    entry = Entry.objects.get(verb="point.changed")
    assert (entry.before["languages"], entry.after["languages"]) == (
        ["pl", "uk"],
        ["pl"],
    )


def test_the_common_list_is_loaded_once():
    # Codes are ended, not deleted: the tests' own list goes as a whole.
    with connection.cursor() as cursor:
        cursor.execute("truncate infopoint_code cascade")
    assert load_common() > 400
    assert load_common() == 0
    poland = Code.objects.get(kind="nationality", code="pol")
    assert [poland.label.localize(code) for code in ("pl", "en", "uk", "be", "ru")] == [
        "Polska",
        "Poland",
        "Польща",
        "Польшча",
        "Польша",
    ]
    # No name stands twice in a list: its people would be counted in two rows.
    for language in EVERYONE:
        names = [
            (code.kind, code.label.localize(language)) for code in Code.objects.all()
        ]
        assert len(names) == len(set(names))
    every = Code.objects.all()
    assert [code for code in every if len(code.label.data) != 5] == []
    assert [code.code for code in every if code.sensitive] == ["violence"]


# Who ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        # has_any, sees, records, leads, records seen, corrects
        ("worker", (True, True, True, False, 1, True)),
        ("lead", (True, True, False, True, 1, True)),
        ("other_worker", (True, False, False, False, 0, False)),
        ("city", (False, False, False, False, 0, False)),
        ("coordinator", (False, False, False, False, 0, False)),
        ("auditor", (False, False, False, False, 0, False)),
        ("administrator", (False, False, False, False, 0, False)),
        ("stranger", (False, False, False, False, 0, False)),
    ),
)
def test_who_may_what(request, point, other_point, recorded, name, expected):
    record = recorded()
    user = request.getfixturevalue(name)
    found = (
        policies.has_any(user),
        point in policies.points_visible_to(user),
        policies.can_record(user, point),
        policies.can_lead(user, point),
        policies.records_visible_to(user).count(),
        policies.can_correct(user, record),
    )
    assert found == expected
    assert policies.can_keep_lists(user, point.city) is policies.can_lead(user, point)
    assert policies.cities_led_by(user).count() == policies.can_lead(user, point)
