"""Calendars say the same moments to everybody, in winter and in summer."""

import hashlib
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from django.utils import translation
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from mosty.programmes import calendar
from mosty.programmes.languages import Text
from mosty.programmes.models import Programme, Session
from mosty.programmes.queries import timetables
from mosty.programmes.timetable import Entry, Timetable, follow
from mosty.programmes.zones import vtimezone
from tests.factories import make_version
from tests.programmes.rows import both, make_session

HOUR = timedelta(hours=1)
# The nights between are those in which the clocks are changed.
WEEKENDS = ((2027, 3, 27), (2027, 10, 30))


def parsed(content: bytes) -> Calendar:
    """Return what another library reads."""
    return IcsCalendarStream.calendar_from_ics(content.decode())


def feed(course, table, **options) -> bytes:
    items = calendar.of_course(course, table, **{"with_link": False, **options})
    return calendar.feed(items, "Timetable")


@pytest.mark.django_db
@pytest.mark.parametrize("first", WEEKENDS)
@pytest.mark.parametrize("zone", ("Europe/Warsaw", "Europe/Riga", "UTC"))
def test_the_moments_are_the_sessions_across_the_change_of_clocks(course, first, zone):
    Programme.objects.update(time_zone=zone)
    course.programme.refresh_from_db()
    for days in range(3):
        starts = datetime(*first, 9, tzinfo=ZoneInfo(zone)) + timedelta(days=days)
        make_session(course, starts_at=starts, ends_at=starts + 2 * HOUR)
    make_version(course)

    content = feed(course, timetables.published(course))

    wanted = list(Session.objects.values_list("starts_at", "ends_at"))
    found = parsed(content).events
    assert [(e.start.astimezone(UTC), e.end.astimezone(UTC)) for e in found] == wanted
    assert {e.start.hour for e in found} == {9}
    # A reader that knows no zones computes with the rules that come along.
    carried = _zone_inside(content)
    times = re.findall(
        r"DTSTART(?:;TZID=[^:]+)?:(\d{8}T\d{6})Z?\r\n.*?UID", _events(content), re.S
    )
    naive = [datetime.strptime(one, "%Y%m%dT%H%M%S") for one in times]  # noqa: DTZ007
    read = [one.replace(tzinfo=carried or UTC).astimezone(UTC) for one in naive]
    assert read == [starts for starts, _ends in wanted]


def _events(content: bytes) -> str:
    return content.decode().partition("BEGIN:VEVENT")[2]


def _zone_inside(content: bytes):
    """Return the first VTIMEZONE as dateutil reads it."""
    text = (
        content.decode().partition("BEGIN:VTIMEZONE")[2].partition("END:VTIMEZONE")[0]
    )
    whole = f"BEGIN:VTIMEZONE{text}END:VTIMEZONE\r\n"
    return tz.tzical(io.StringIO(whole)).get()


def test_a_zone_is_two_yearly_rules_as_outlook_reads_them():
    parts = vtimezone(ZoneInfo("Europe/Warsaw"), [2027]).to_ical().decode().splitlines()
    assert parts == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Warsaw",
        "BEGIN:STANDARD",
        "DTSTART:20261025T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]


@pytest.mark.parametrize(
    ("key", "year"),
    (
        ("Europe/Warsaw", 2027),
        ("America/New_York", 2027),
        ("Australia/Sydney", 2027),
        ("Africa/Casablanca", 2027),
        ("UTC", 2027),
        # Gave up summer time in 2016: no rule holds for the years around.
        ("Europe/Istanbul", 2016),
        ("America/Sao_Paulo", 2019),
    ),
)
def test_a_zone_that_comes_along_is_the_zone(key, year):
    zone = ZoneInfo(key)
    content = vtimezone(zone, [year]).to_ical().decode()
    carried = tz.tzical(io.StringIO(content)).get()
    noon = datetime(year, 1, 1, 12, tzinfo=UTC)
    for day in range(365):
        moment = noon + timedelta(days=day)
        wall = moment.astimezone(zone).replace(tzinfo=None)
        assert wall.replace(tzinfo=carried).astimezone(UTC) == moment


AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
ENTRY = Entry(
    uid="5b0c1d6e-0000-4000-8000-000000000001",
    title=Text({"en": "Group; work, too", "pl": "Praca w grupach"}),
    starts_at=datetime(2027, 5, 12, 7, tzinfo=UTC),
    ends_at=datetime(2027, 5, 12, 9, tzinfo=UTC),
    room="A",
    place=Text("Warsaw"),
    online="https://example.org/secret",
    trainers=("T1",),
)


@pytest.mark.django_db
def test_a_change_raises_the_sequence_and_a_session_that_is_gone_is_cancelled(course):
    other = replace(ENTRY, uid="5b0c1d6e-0000-4000-8000-000000000002")
    first = follow(Timetable(), [ENTRY, other], AT)
    second = follow(first, [replace(ENTRY, room="B")], AT + HOUR)
    events = parsed(feed(course, second)).events
    assert [
        (e.uid, e.sequence, e.status.value, e.location, e.last_modified) for e in events
    ] == [
        (ENTRY.uid, 1, "CONFIRMED", "B, Warsaw", AT + HOUR),
        (other.uid, 1, "CANCELLED", "A, Warsaw", AT + HOUR),
    ]


@pytest.mark.django_db
def test_the_head_and_the_escapes(course):
    content = feed(course, follow(Timetable(), [ENTRY], AT))
    found = parsed(content)
    assert (found.method, found.version) == ("PUBLISH", "2.0")
    (event,) = found.events
    assert event.summary == "Group; work, too"
    assert str(event.url).endswith("/en/academy/courses/course/")
    assert b"ATTENDEE" not in content
    assert b"ORGANIZER" not in content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "shown"),
    (
        ({"with_link": True}, True),
        ({"with_link": False}, False),
        ({"with_link": True, "is_off": True}, False),
    ),
)
def test_the_link_for_joining_is_not_for_the_public(course, options, shown):
    content = feed(course, follow(Timetable(), [ENTRY], AT), **options)
    (event,) = parsed(content).events
    assert ("https://example.org/secret" in event.description) == shown
    assert (event.status.value == "CANCELLED") == options.get("is_off", False)


@pytest.mark.django_db
def test_a_trainer_reads_what_she_leads_and_what_she_leads_no_more(course):
    first = follow(Timetable(), [ENTRY], AT)
    second = follow(first, [replace(ENTRY, trainers=("T2",))], AT)
    found = {
        code: [
            (item.entry.sequence, item.is_cancelled, item.with_link)
            for item in calendar.of_trainer(code, [(course, second)])
        ]
        for code in ("T1", "T2", "T3")
    }
    assert found == {"T1": [(1, True, False)], "T2": [(1, False, True)], "T3": []}


@pytest.mark.django_db
def test_the_courses_in_which_somebody_led_are_found(
    course, trainer, django_assert_num_queries
):
    session = make_session(course, trainers=[trainer.person])
    make_version(course)
    session.trainers.all().delete()
    make_version(course)
    with django_assert_num_queries(3):
        found = timetables.courses_published_with(trainer.person)
    assert [one for one, _table in found] == [course]


@pytest.mark.django_db
def test_the_public_calendar_is_kept_until_it_changes(client, course):
    session = make_session(
        course, both("Housing"), room="A", online="https://x.example/"
    )
    make_version(course)
    path = "/en/academy/courses/course.ics"
    page = client.get(path)
    assert page["Content-Type"] == "text/calendar; charset=utf-8"
    assert page["Cache-Control"] == "public, max-age=60"
    assert b"x.example" not in page.content
    again = client.get(path, headers={"if-none-match": page["ETag"]})
    assert again.status_code == 304
    digest = hashlib.sha256(page.content).digest()
    Session.objects.filter(pk=session.pk).update(room="B")
    assert hashlib.sha256(client.get(path).content).digest() == digest
    make_version(course)
    (event,) = parsed(client.get(path).content).events
    assert (event.sequence, event.location, event.uid) == (
        1, "B, Kraków", str(session.uid),
    )  # fmt: skip
    with translation.override("pl"):
        polish = parsed(client.get("/pl/academy/courses/course.ics").content)
    assert polish.events[0].summary == "Housing (pl)"
