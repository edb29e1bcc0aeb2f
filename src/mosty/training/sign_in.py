"""The sign-in sheet of each half-day, to be printed and signed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mosty.programmes.models import Course
from mosty.training.queries.roster import HalfDay, Row
from mosty.ui import typeset
from mosty.ui.dates import day

TEMPLATE = Path(__file__).parent / "typst" / "sign_in.typ"


def pdf(course: Course, half_days: Sequence[HalfDay], people: Sequence[Row]) -> bytes:
    """Return one sheet for each of ``half_days``, each on a page of its own."""
    return typeset.pdf(TEMPLATE, _data(course, half_days, people))


def picture(course: Course, half_day: HalfDay, people: Sequence[Row]) -> bytes:
    """Return the first page of a sheet as PNG, to be looked at on a screen."""
    return typeset.picture(TEMPLATE, _data(course, [half_day], people))


def _data(
    course: Course, half_days: Sequence[HalfDay], people: Sequence[Row]
) -> dict[str, Any]:
    return {
        "language": get_language() or "en",
        "title": _("Sign-in sheet"),
        "course": str(course.title),
        "place": str(course.place or ""),
        "illustrative": pgettext("dates", "(illustrative)")
        if course.is_illustrative
        else "",
        "columns": [
            _("No."),
            pgettext("of a person", "Name"),
            _("City"),
            _("Signature"),
        ],
        "page": pgettext("of a document", "page"),
        "sheets": [
            {
                "day": day(half.day),
                "part": half.part,
                "sessions": [
                    {
                        "hours": f"{starts:%H:%M}–{ends:%H:%M}",
                        "title": title,
                        "room": room,
                    }
                    for starts, ends, title, room in half.sessions
                ],
            }
            for half in half_days
        ],
        "people": [
            {
                "name": row.name,
                "city": row.city,
                "mark": f"{row.code} ({_('fictional')})" if row.fictional else row.code,
            }
            for row in people
        ],
    }
