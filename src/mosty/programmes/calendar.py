"""
Timetables as calendars (iCalendar, RFC 5545), to be subscribed to.

Made of published versions alone: the same version gives the same bytes. Nobody's name
stands in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from mosty.programmes.models import Course
from mosty.programmes.timetable import Entry, Timetable
from mosty.programmes.zones import vtimezone

TYPE = "text/calendar; charset=utf-8"
# How often programs should look again.
_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One session in somebody's calendar."""

    course: Course
    entry: Entry
    is_cancelled: bool = False
    # How to join is for those who take part, not for the public.
    with_link: bool = False


def of_course(
    course: Course, table: Timetable, *, with_link: bool, is_off: bool = False
) -> list[Item]:
    """
    Return the sessions of a course, and those that were published and are gone.

    With ``is_off`` all are cancelled, for somebody who no longer takes part.
    """
    return [
        Item(
            course=course,
            entry=entry,
            is_cancelled=is_off or gone,
            with_link=with_link and not is_off,
        )
        for entry, gone in _all(table)
    ]


def of_trainer(code: str, tables: Sequence[tuple[Course, Timetable]]) -> list[Item]:
    """Return the sessions that a trainer leads, and those that she leads no more."""
    return [
        Item(
            course=course,
            entry=entry,
            is_cancelled=gone or code not in entry.trainers,
            with_link=code in entry.trainers,
        )
        for course, table in tables
        for entry, gone in _all(table)
        if code in {*entry.trainers, *entry.past_trainers}
    ]


def _all(table: Timetable) -> list[tuple[Entry, bool]]:
    """Return every session that was ever published, and whether it is gone."""
    return [(entry, False) for entry in table.sessions] + [
        (entry, True) for entry in table.gone
    ]


def feed(items: Sequence[Item], name: str) -> bytes:
    """Return a calendar called ``name``, in the language that is active."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Mosty//Timetable//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    years: dict[str, set[int]] = {}
    for item in items:
        found = years.setdefault(item.course.programme.time_zone, set())
        found |= {item.entry.starts_at.year, item.entry.ends_at.year}
    for key, wanted in sorted(years.items()):
        calendar.add_component(vtimezone(ZoneInfo(key), wanted))
    for item in items:
        calendar.add_component(_event(item))
    return bytes(calendar.to_ical())


def _event(item: Item) -> Event:
    entry, course = item.entry, item.course
    zone = course.programme.zone
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", str(entry.title))
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("sequence", entry.sequence)
    if entry.changed_at is not None:
        changed = entry.changed_at.astimezone(UTC).replace(microsecond=0)
        event.add("dtstamp", changed)
        event.add("last-modified", changed)
    event.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    where = ", ".join(part for part in (entry.room, str(entry.place)) if part)
    if where:
        event.add("location", where)
    lines = [str(course.title)]
    if course.is_illustrative:
        lines.append(_("Dates are illustrative."))
    if item.with_link and entry.online:
        lines.append(_("Join online: %(address)s") % {"address": entry.online})
    event.add("description", "\n".join(lines))
    event.add("url", page_of(course))
    return event


def page_of(course: Course) -> str:
    """Return the whole address of the course's page."""
    path = reverse("public:course", args=[course.programme.slug, course.slug])
    return f"{settings.BASE_URL}{path}"


def answer(content: bytes, name: str) -> HttpResponse:
    """Return a calendar as programs fetch it."""
    response = HttpResponse(content, content_type=TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["Content-Language"] = get_language() or "en"
    return response
