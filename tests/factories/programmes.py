"""Programmes and courses."""

from datetime import date, timedelta

from django.utils import timezone

from mosty.directory.models import Organisation
from mosty.programmes.models import Course, Partnership, Programme, TimetableVersion
from mosty.programmes.queries import timetables


def make_programme(slug: str = "academy", **fields: object) -> Programme:
    """Return a published programme of this year and the next, without partners."""
    year = timezone.localdate().year
    defaults = {
        "name": "Academy for tests",
        "short_name": "Academy",
        "summary": "An academy for tests.",
        "starts_on": date(year, 1, 1),
        "ends_on": date(year + 1, 12, 31),
        "languages": ["pl", "en"],
        "is_published": True,
    }
    return Programme.objects.create(slug=slug, **{**defaults, **fields})


def make_partnership(
    programme: Programme, organisation: Organisation, role: str, **fields: object
) -> Partnership:
    """Return what ``organisation`` is to ``programme``."""
    return Partnership.objects.create(
        programme=programme, organisation=organisation, role=role, **fields
    )


def make_course(
    programme: Programme | None = None, slug: str = "course", **fields: object
) -> Course:
    """Return a published course of two days, sixty days from now."""
    first = timezone.localdate() + timedelta(days=60)
    defaults = {
        "title": "Good practices",
        "part": 1,
        "languages": ["pl"],
        "capacity": 25,
        "starts_on": first,
        "ends_on": first + timedelta(days=1),
        "place": "Kraków",
        "is_published": True,
    }
    return Course.objects.create(
        programme=programme or make_programme(), slug=slug, **{**defaults, **fields}
    )


def make_version(course: Course, **fields: object) -> TimetableVersion:
    """Return the draft of the timetable as it is now, published as the next version."""
    now = fields.get("published_at") or timezone.now()
    found = timetables.pending(course, now)
    defaults = {
        "number": found.last.number + 1 if found.last else 1,
        "published_at": now,
        "published_by": "Alice Adams",
        "content": found.after.content(),
    }
    return TimetableVersion.objects.create(course=course, **{**defaults, **fields})
