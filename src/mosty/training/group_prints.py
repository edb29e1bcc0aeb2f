"""Groups on paper: what the templates of Typst are filled with."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mosty.programmes.models import Course
from mosty.training.queries.groups import Line, Round, Sitter
from mosty.ui import typeset
from mosty.ui.dates import day

_FOLDER = Path(__file__).parent / "typst"
SHEETS, WALL, TENTS = (
    _FOLDER / name for name in ("group_sheets.typ", "group_list.typ", "name_tents.typ")
)


def sheets(course: Course, one: Round) -> bytes:
    """Return a page for each group: names, room for the task and for the action plan."""
    return typeset.pdf(SHEETS, sheets_data(course, one))


def wall(course: Course, one: Round) -> bytes:
    """Return everybody by name with the group where she sits."""
    return typeset.pdf(WALL, wall_data(course, one))


def tents(course: Course, people: Sequence[Line]) -> bytes:
    """Return a page for each of ``people``, to be folded in the middle."""
    return typeset.pdf(TENTS, tents_data(course, people))


def sheets_data(course: Course, one: Round) -> dict[str, Any]:
    """Return what the group sheets say."""
    return {
        **_head(course, one),
        "headings": [_("Name"), _("City"), _("Kind of unit")],
        "task": _("Task"),
        "notes": _("For the action plan"),
        "columns": [_("What we will do"), _("Who"), _("By when")],
        "groups": [
            {
                "name": _("Group %(number)s") % {"number": group.number},
                "people": [_person(person) for person in group.people],
            }
            for group in one.groups
        ],
    }


def wall_data(course: Course, one: Round) -> dict[str, Any]:
    """Return what the list for the wall says."""
    placed = [(person, group.number) for group in one.groups for person in group.people]
    return {
        **_head(course, one),
        "headings": [_("Name"), _("City"), _("Group")],
        "people": [
            {**_person(person), "group": number}
            for person, number in sorted(placed, key=lambda pair: pair[0].sort_name)
        ],
    }


def tents_data(course: Course, people: Sequence[Line]) -> dict[str, Any]:
    """Return what the name tents say."""
    return {
        **_common(course),
        "title": _("Name tents"),
        "round": _("Round"),
        "group": _("Group"),
        "code": _("Code for check-in"),
        "people": [
            {
                **_person(line.person),
                "code": line.person.code,
                "groups": [str(group) if group else "–" for group in line.groups],
            }
            for line in people
        ],
    }


def _common(course: Course) -> dict[str, Any]:
    return {
        "language": get_language() or "en",
        "course": str(course.title),
        "page": pgettext("of a document", "page"),
    }


def _head(course: Course, one: Round) -> dict[str, Any]:
    when = ""
    if one.starts_at:
        starts = course.programme.local(one.starts_at)
        when = f"{day(starts.date())}, {starts:%H:%M}"
    return {
        **_common(course),
        "title": _("Round %(number)s") % {"number": one.number},
        "session": one.session,
        "when": when,
    }


def _person(person: Sitter) -> dict[str, str]:
    return {
        "name": person.name,
        "city": person.city,
        "unit": person.unit,
        "mark": f"({_('fictional')})" if person.fictional else "",
    }
