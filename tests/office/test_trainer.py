"""What a trainer finds on her first page: the way to the people of her courses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mosty.office.queries.courses_led import courses_led
from mosty.office.queries.needs import needs_of
from mosty.programmes.models import Course, Session, SessionTrainer
from mosty.selection.models import Offer, Seat
from mosty.training.models import Mark
from tests.factories import make_nomination


def _lead(course, trainer):
    session = Session.objects.create(
        course=course,
        title="Opening",
        starts_at=f"{course.starts_on}T09:00Z",
        ends_at=f"{course.starts_on}T12:00Z",
    )
    SessionTrainer.objects.create(session=session, person=trainer.person)


def _seat(call, city, number, state="accepted"):
    return Offer.objects.create(
        seat=Seat.objects.create(call=call, number=number),
        nomination=make_nomination(call, city),
        state=state,
        made_at=call.opens_at,
        expires_at=call.closes_at,
        answered_at=None if state == "open" else call.opens_at,
    )


def test_a_trainer_is_led_to_those_who_take_part(call, krakow, trainer, now):
    _lead(call.course, trainer)
    _seat(call, krakow, 1)
    _seat(call, krakow, 2)
    _seat(call, krakow, 3, "open")
    (need,) = needs_of(trainer, now)
    assert (need.count, need.text, need.url) == (
        2,
        f"people take part in: {call.course}",
        reverse("training:roster", args=[call.course_id]),
    )


def test_courses_of_others_and_past_ones_are_not_hers(call, krakow, trainer, now):
    _seat(call, krakow, 1)
    assert needs_of(trainer, now) == []
    _lead(call.course, trainer)
    yesterday = timezone.localdate() - timedelta(days=1)
    Course.objects.update(starts_on=yesterday, ends_on=yesterday)
    assert needs_of(trainer, now) == []


@pytest.mark.parametrize(("hour", "left"), ((22, 1), (23, 0)))
def test_a_course_ends_at_midnight_on_the_clocks_of_the_place(
    call, krakow, trainer, hour, left
):
    """In winter 23:00 in Greenwich is midnight in Warsaw."""
    _seat(call, krakow, 1)
    _lead(call.course, trainer)
    last = date(2027, 1, 22)
    Course.objects.update(starts_on=last, ends_on=last)
    needs = needs_of(trainer, datetime(2027, 1, 22, hour, tzinfo=UTC))
    roster = reverse("training:roster", args=[call.course_id])
    assert [need.url for need in needs].count(roster) == left


@pytest.mark.parametrize(("marked", "left"), ((0, 2), (1, 1), (2, 0)))
def test_sessions_begun_wait_for_their_marks(call, krakow, trainer, now, marked, left):
    offers = [_seat(call, krakow, 1), _seat(call, krakow, 2)]
    _lead(call.course, trainer)
    session = Session.objects.get()
    assert len(needs_of(trainer, session.starts_at - timedelta(minutes=1))) == 1
    for offer in offers[:marked]:
        Mark.objects.create(
            session=session,
            offer=offer,
            kind="present",
            way="roster",
            noted_at=session.starts_at,
            marked_at=session.starts_at,
        )
    found = [
        need for need in needs_of(trainer, session.starts_at) if "marked" in need.text
    ]
    assert [(need.count, need.url) for need in found] == [
        (
            left,
            reverse("training:attendance_session", args=[call.course_id, session.pk]),
        )
    ] * bool(left)


@pytest.mark.parametrize(
    ("days", "name", "state"),
    ((-1, "attendance", "delivered"), (0, "timetable", "to come")),
)
def test_the_way_to_her_courses_is_there_also_when_they_are_over(
    call, trainer, now, days, name, state
):
    assert courses_led(trainer, now) == []
    _lead(call.course, trainer)
    day = timezone.localdate(now) + timedelta(days=days)
    Course.objects.filter(pk=call.course_id).update(starts_on=day, ends_on=day)
    (row,) = courses_led(trainer, now)
    assert (row.url, row.state) == (
        reverse(f"training:{name}", args=[call.course_id]),
        state,
    )


def test_the_page_shows_them(signed_in, call, trainer):
    _lead(call.course, trainer)
    page = signed_in(trainer).get(reverse("office:today"))
    assert reverse("training:timetable", args=[call.course_id]) in page.content.decode()
