"""Who was there: one session to be marked, and the whole course as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mosty.accounts.models import User
from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer
from mosty.training import policies, times
from mosty.training.models import Mark, MarkChange
from mosty.training.models.attendance import Attended, Way
from mosty.training.queries import completion
from mosty.training.queries.completion import Standing
from mosty.training.queries.roster import SIZES, HalfDay
from mosty.ui import listing
from mosty.ui.dates import day, moment
from mosty.ui.listing import Listing

SORTS: listing.Sorts = {
    "name": ("nomination__sort_name",),
    "city": ("nomination__organisation__sort_name", "nomination__sort_name"),
}
KINDS = tuple(Attended.values)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a mark said before, who changed it, when and why."""

    who: str
    session: str
    was: str
    at: str
    by: str
    reason: str

    @property
    def sentence(self) -> str:
        """Return it as it stands beside the mark, on the page and on paper."""
        return _("Corrected on %(at)s by %(by)s: %(reason)s (before: %(was)s)") % {
            "at": self.at,
            "by": self.by,
            "reason": self.reason,
            "was": self.was,
        }


@dataclass(frozen=True, slots=True)
class Person:
    """One participant, as she is marked at a session; ``kind`` is empty if she is not."""

    code: str
    name: str
    city: str
    fictional: bool
    kind: str
    minutes: int | None
    version: int
    note: str
    corrections: tuple[Correction, ...]
    # What the form shows: the mark, or what was sent with it and not saved.
    chosen: str
    chosen_minutes: int | None

    @property
    def seen(self) -> str:
        """Return the mark that the page shows, as its form sends it back."""
        return f"{self.code}:{self.version}:{self.kind}:{self.minutes or ''}"


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session with everybody who takes part."""

    course: Course
    session: Session
    people: list[Person]
    sessions: list[Session]
    is_open: bool
    opens_at: datetime
    can_mark: bool
    is_late: bool

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Return how many are marked as what, and how many not at all."""
        kinds = [person.kind for person in self.people]
        rows = [(kind, str(Attended(kind).label), kinds.count(kind)) for kind in KINDS]
        return [*rows, ("", pgettext("mark", "not marked"), kinds.count(""))]

    @property
    def seen(self) -> str:
        """Return which marks stand on the page, as its form sends it back."""
        return " ".join(one.seen for one in self.people if one.kind)

    @property
    def listed(self) -> str:
        """Return the codes of all on the page."""
        return " ".join(one.code for one in self.people)

    def with_choices(
        self, chosen: Mapping[str, tuple[str, int | None]]
    ) -> "SessionPage":
        """Return the page as it was filled in, where nothing of it was saved."""
        people = [
            replace(one, chosen=chosen[one.code][0], chosen_minutes=chosen[one.code][1])
            if one.code in chosen
            else one
            for one in self.people
        ]
        return replace(self, people=people)

    @property
    def minutes(self) -> int:
        """Return how long the session lasts."""
        return times.minutes_of(self.session)


def in_words(kind: str, minutes: int | None) -> str:
    """Return what a mark says, such as "late, 10 min"."""
    said = str(Attended(kind).label)
    return f"{said}, {minutes} min" if minutes else said


def sessions_for(user: User) -> QuerySet[Session]:
    """Return the sessions whose attendance ``user`` sees."""
    return policies.sessions_visible_to(user).select_related("course__programme")


def session_page(session: Session, user: User, now: datetime) -> SessionPage:
    """Return the page of ``session``; a constant number of queries."""
    course = session.course
    offers = list(_by_name(course))
    marks = {mark.offer_id: mark for mark in Mark.objects.filter(session=session)}
    changes = _corrections(MarkChange.objects.filter(mark__session=session), course)
    return SessionPage(
        course=course,
        session=session,
        people=[
            _person(offer, marks.get(offer.pk), changes.get(offer.pk, ()), course)
            for offer in offers
        ],
        sessions=completion.sessions_of(course),
        is_open=times.is_open(session, now),
        opens_at=times.opens_at(session),
        can_mark=policies.can_mark(user, session),
        is_late=now >= session.ends_at + times.TRAINER_CORRECTS_FOR
        and not policies.can_correct_late(user, course),
    )


def _by_name(course: Course) -> QuerySet[Offer]:
    """Return the participants in the order of the sheets that they sign."""
    return (
        policies.accepted()
        .filter(seat__call__course=course)
        .select_related("nomination__organisation")
        .order_by("nomination__sort_name", "pk")
    )


def name_of(offer: Offer) -> str:
    """Return a participant's name as lists have it."""
    return f"{offer.nomination.family_name} {offer.nomination.given_name}"


def _person(
    offer: Offer, mark: Mark | None, changes: Sequence[Correction], course: Course
) -> Person:
    return Person(
        code=offer.code,
        name=name_of(offer),
        city=str(offer.nomination.organisation),
        fictional=offer.nomination.is_fictional,
        kind=mark.kind if mark else "",
        minutes=mark.minutes if mark else None,
        version=mark.version if mark else 0,
        note=note_of(mark, course) if mark else "",
        corrections=tuple(changes),
        chosen=mark.kind if mark else "",
        chosen_minutes=mark.minutes if mark else None,
    )


def note_of(mark: Mark, course: Course) -> str:
    """Return who made a mark, when, and how it came in."""
    at = course.programme.local(mark.noted_at)
    when = f"{day(at.date())}, {at:%H:%M}"
    by = "" if mark.way == Way.SELF else f"{mark.marked_by}, "
    return f"{when}, {by}{mark.get_way_display()}"


def _corrections(
    found: QuerySet[MarkChange], course: Course
) -> Mapping[int, list[Correction]]:
    """Return corrections by the participant's key, the oldest first; one query."""
    zone = course.programme.time_zone
    made: dict[int, list[Correction]] = {}
    rows = found.select_related("mark__session", "mark__offer__nomination")
    for change in rows.order_by("changed_at", "pk"):
        session = change.mark.session
        began = course.programme.local(session.starts_at)
        made.setdefault(change.mark.offer_id, []).append(
            Correction(
                who=name_of(change.mark.offer),
                session=f"{began:%d.%m %H:%M} {session.title}",
                was=in_words(change.kind, change.minutes),
                at=moment(change.changed_at, zone),
                by=change.changed_by,
                reason=change.reason,
            )
        )
    return made


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


def buttons() -> list[tuple[str, str, str]]:
    """Return each mark with the short word and the letter of its button."""
    words = {
        Attended.PRESENT: pgettext("button of a mark", "present"),
        Attended.LATE: pgettext("button of a mark", "late"),
        Attended.EXCUSED: pgettext("button of a mark", "excused"),
        Attended.ABSENT: pgettext("button of a mark", "absent"),
    }
    known = letters()
    return [(kind, words[Attended(kind)], known[kind]) for kind in KINDS]


def letters() -> dict[str, str]:
    """Return the letter of each mark, which is also its key on the keyboard."""
    return {
        Attended.PRESENT: pgettext("letter of a mark", "p"),
        Attended.LATE: pgettext("letter of a mark", "l"),
        Attended.EXCUSED: pgettext("letter of a mark", "e"),
        Attended.ABSENT: pgettext("letter of a mark", "a"),
    }


def table(course: Course, user: User, params: QueryDict, now: datetime) -> Table:
    """Return the table of ``course``; a constant number of queries."""
    found: Listing[Any] = listing.build(
        params, _by_name(course), sorts=SORTS, default="name", sizes=SIZES
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
        legend=[(letters()[kind], str(Attended(kind).label)) for kind in KINDS],
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
    marks = completion.marks_of(offers)
    changes = _corrections(MarkChange.objects.filter(mark__offer__in=offers), course)
    known = letters()
    return [
        Line(
            code=offer.code,
            name=name_of(offer),
            city=str(offer.nomination.organisation),
            fictional=offer.nomination.is_fictional,
            cells=[
                _cell(marks.get(offer.pk, {}).get(session.pk), known)
                for session in sessions
            ],
            standing=completion.standing(sessions, marks.get(offer.pk, {}), rule, now),
            corrections=list(changes.get(offer.pk, ())),
        )
        for offer in offers
    ]


def _cell(mark: Mark | None, known: Mapping[str, str]) -> Cell:
    if mark is None:
        return Cell("–", "", None, pgettext("mark", "not marked"))
    return Cell(
        known[mark.kind].upper(),
        mark.kind,
        mark.minutes,
        in_words(mark.kind, mark.minutes),
    )


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
    return _lines(course, list(_by_name(course)), sessions, rule, now)


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


def unmarked(user: User, now: datetime) -> list[tuple[Session, int]]:
    """Return the sessions that have begun, that ``user`` leads, and whom nobody marked."""
    sessions = list(
        policies.sessions_led_by(user)
        .filter(starts_at__lte=now, is_cancelled=False)
        .select_related("course__programme")
        .order_by("starts_at", "pk")
    )
    courses = {session.course_id for session in sessions}
    seated = dict(
        policies.accepted()
        .filter(seat__call__course__in=courses)
        .values_list("seat__call__course")
        .annotate(Count("pk"))
        .order_by()
    )
    marked = dict(
        Mark.objects.filter(session__in=sessions, offer__state=Offer.State.ACCEPTED)
        .values_list("session")
        .annotate(Count("pk"))
        .order_by()
    )
    return [
        (session, left)
        for session in sessions
        if (left := seated.get(session.course_id, 0) - marked.get(session.pk, 0)) > 0
    ]
