"""
The sign-in sheet of each half-day as an accessible PDF (PDF/UA-1), made by Typst.

Names and titles reach the template as data, never as markup: a name may hold any
character and changes nothing but itself.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mosty.programmes.models import Course
from mosty.training.queries.roster import HalfDay, Row
from mosty.ui.dates import day

TEMPLATE = Path(__file__).parent / "typst" / "sign_in.typ"


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts inside Typst: the same letters on every machine."""
    return typst.Fonts(include_system_fonts=False)


def pdf(course: Course, half_days: Sequence[HalfDay], people: Sequence[Row]) -> bytes:
    """Return one sheet for each of ``half_days``, each on a page of its own."""
    return _compile(course, half_days, people, "pdf")


def _compile(
    course: Course,
    half_days: Sequence[HalfDay],
    people: Sequence[Row],
    form: Literal["pdf", "png"],
) -> bytes:
    data = {
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
                "mark": f"({_('fictional')})" if row.fictional else "",
            }
            for row in people
        ],
    }
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format=form,
        ppi=100,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"] if form == "pdf" else [],
    )
    # A picture of several pages comes as a list; only one is ever asked for.
    return bytes(made[0] if isinstance(made, list) else made or b"")


def picture(course: Course, half_day: HalfDay, people: Sequence[Row]) -> bytes:
    """Return the first page of a sheet as PNG, to be looked at on a screen."""
    return _compile(course, [half_day], people, "png")
