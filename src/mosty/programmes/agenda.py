"""
The agenda of a course as an accessible PDF (PDF/UA-1), made by Typst.

Made of the published timetable. Titles reach the template as data, never as markup.
"""

import json
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mosty.programmes.models import Course, TimetableVersion
from mosty.programmes.timetable import read
from mosty.ui.dates import ZONES, day, day_range

TEMPLATE = Path(__file__).parent / "typst" / "agenda.typ"


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts inside Typst: the same letters on every machine."""
    return typst.Fonts(include_system_fonts=False)


def pdf(course: Course, version: TimetableVersion) -> bytes:
    """Return the agenda as ``version`` has it, in the language that is active."""
    zone = course.programme.zone
    when = day_range(course.starts_on, course.ends_on)
    if course.is_illustrative:
        when = f"{when} {pgettext('dates', '(illustrative)')}"
    data = {
        "language": get_language() or "en",
        "title": _("Agenda"),
        "course": str(course.title),
        "programme": str(course.programme.name),
        "lines": [line for line in (when, str(course.place or "")) if line],
        "columns": [_("Time"), _("Session"), pgettext("of a session", "Room")],
        "days": [
            {
                "day": day(when_held),
                "sessions": [
                    {
                        "hours": f"{entry.starts_at.astimezone(zone):%H:%M}–"
                        f"{entry.ends_at.astimezone(zone):%H:%M}",
                        "title": str(entry.title),
                        "room": entry.room,
                    }
                    for entry in entries
                ],
            }
            for when_held, entries in read(version.content).days(zone)
        ],
        "foot": _("Version %(number)s of %(day)s. Time zone: %(zone)s")
        % {
            "number": version.number,
            "day": day(version.published_at),
            "zone": ZONES.get(course.programme.time_zone, course.programme.time_zone),
        },
        "page": pgettext("of a document", "page"),
    }
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"],
    )
    return bytes(made[0] if isinstance(made, list) else made or b"")
