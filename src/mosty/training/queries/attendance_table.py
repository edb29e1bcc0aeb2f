"""Attendance of a whole course: as a table, and as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mosty.accounts.models import User
from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer
from mosty.training import policies, times
from mosty.training.models import Mark, MarkChange
from mosty.training.models.attendance import Attended
from mosty.training.queries import attendance, completion
from mosty.training.queries.attendance import KINDS, Correction
from mosty.training.queries.completion import Standing
from mosty.training.queries.roster import SIZES, HalfDay
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS: listing.Sorts = {
    "name": ("nomination__sort_name",),
    "city": ("nomination__organisation__sort_name", "nomination__sort_name"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One mark in the table: a letter, how many minutes late, and the words for it."""

    letter: str
    kind: str
    minutes: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One participant in the table."""

    code: str
    name: str
    city: str
    fictional: bool
    cells: list[Cell]
    standing: Standing
    corrections: list[Correction]

    @property
    def hours(self) -> str:
        """Return the time attended, as hours and minutes."""
        return f"{self.standing.attended // 60}:{self.standing.attended % 60:02}"


@dataclass(frozen=True, slots=True)
class Table:
    """Attendance of a whole course: who, at which session, and the hours."""

    course: Course
    people: Listing[Line]
    half_days: list[tuple[HalfDay, int]]
    sessions: list[tuple[Session, datetime, bool]]
    legend: list[tuple[str, str]]
    rule: Any
    can_set_rule: bool
    corrections: list[Correction]


def table(course: Course, user: User, params: QueryDict, now: datetime) -> Table:
    """Return the table of ``course``; a constant number of queries."""
    found: Listing[Any] = listing.build(
        params, attendance.by_name(course), sorts=SORTS, default="name", sizes=SIZES
    )
    sessions = completion.sessions_of(course)
    rule = completion.rule_of(course)
    lines = _lines(course, list(found.rows), sessions, rule, now)
    marked = set(policies.sessions_marked_by(user).values_list("pk", flat=True))
    return Table(
        course=course,
        people=replace(found, rows=lines),
        half_days=_half_days(course, sessions),
        sessions=[
            (
                session,
                course.programme.local(session.starts_at),
                session.pk in marked and times.is_open(session, now),
            )
            for session in sessions
        ],
        legend=[
            (attendance.letters()[kind], str(Attended(kind).label)) for kind in KINDS
        ],
        rule=rule,
        can_set_rule=policies.can_set_rule(user, course),
        corrections=[one for line in lines for one in line.corrections],
    )


def _half_days(
    course: Course, sessions: Sequence[Session]
) -> list[tuple[HalfDay, int]]:
    """Return the half-days of the table's head, each with how many sessions it has."""

    def half(session: Session) -> tuple[date, bool]:
        starts = course.programme.local(session.starts_at)
        return starts.date(), starts.hour < 12

    return [
        (HalfDay(day, is_morning, ()), len(list(group)))
        for (day, is_morning), group in groupby(sessions, key=half)
    ]


def _lines(
    course: Course,
    offers: Sequence[Offer],
    sessions: Sequence[Session],
    rule: Any,
    now: datetime,
) -> list[Line]:
    marks = completion.marks_of(offer.pk for offer in offers)
    changes = attendance.corrections(
        MarkChange.objects.filter(mark__offer__in=offers),
        (mark for held in marks.values() for mark in held.values()),
        course,
    )
    cell = _Cells()
    return [
        Line(
            code=offer.code,
            name=attendance.name_of(offer),
            city=str(offer.nomination.organisation),
            fictional=offer.nomination.is_fictional,
            cells=[
                cell.of(marks.get(offer.pk, {}).get(session.pk)) for session in sessions
            ],
            standing=completion.standing(sessions, marks.get(offer.pk, {}), rule, now),
            corrections=list(changes.get(offer.pk, ())),
        )
        for offer in offers
    ]


class _Cells:
    """Makes cells; those that say the same are one, put into words once."""

    def __init__(self) -> None:
        self._letters = attendance.letters()
        self._made: dict[tuple[str, int | None], Cell] = {}
        self._none = Cell("–", "", None, pgettext("mark", "not marked"))

    def of(self, mark: Mark | None) -> Cell:
        """Return the cell of ``mark``."""
        if mark is None:
            return self._none
        said = (mark.kind, mark.minutes)
        if said not in self._made:
            letter = self._letters[mark.kind].upper()
            self._made[said] = Cell(letter, *said, attendance.in_words(*said))
        return self._made[said]


def header(course: Course) -> list[str]:
    """Return the columns of the file."""
    sessions = completion.sessions_of(course)
    local = course.programme.local
    return [
        pgettext("of a person", "Name"),
        _("City"),
        _("Code"),
        *(f"{local(one.starts_at):%Y-%m-%d %H:%M} {one.title}" for one in sessions),
        _("Minutes attended"),
        _("Minutes in all"),
        _("Per cent"),
        pgettext("participation", "Status"),
        pgettext("of marks", "Corrections"),
        _("Fictional"),
    ]


def everybody(course: Course, now: datetime) -> list[Line]:
    """Return every participant with all marks; six queries at most."""
    sessions, rule = completion.sessions_of(course), completion.rule_of(course)
    return _lines(course, list(attendance.by_name(course)), sessions, rule, now)


def lines(rows: Sequence[Line]) -> Iterator[list[str | int]]:
    """Yield a line of the file for each of ``rows``."""
    for row in rows:
        standing = row.standing
        yield [
            row.name,
            row.city,
            row.code,
            *(cell.words for cell in row.cells),
            standing.attended,
            standing.total,
            standing.percent,
            str(standing.status.label),
            "; ".join(f"{one.session}: {one.sentence}" for one in row.corrections),
            _("yes") if row.fictional else "",
        ]
