"""The draft of a timetable beside what is published, for those who plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.db.models.functions import Lower

from mosty.accounts.models import User
from mosty.directory.models import Person
from mosty.programmes import policies as programmes
from mosty.programmes.changes import sentence
from mosty.programmes.models import Course
from mosty.programmes.queries import timetables
from mosty.programmes.timetable import Entry, ordered
from mosty.training import policies


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody who would have to be in two places."""

    name: str
    fictional: bool
    session: str
    other: str
    other_course: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One session of the draft."""

    entry: Entry
    trainers: str


@dataclass(frozen=True, slots=True)
class TimetablePage:
    """What the page of a timetable shows to its planners."""

    course: Course
    days: list[tuple[date, list[Line]]]
    # What publishing would change, in words; empty for the first version.
    changes: list[str]
    is_new: bool
    version: int
    published_at: datetime | None
    published_by: str
    seats: int
    trainers_told: int
    clashes: list[Clash]
    can_publish: bool

    @property
    def can_be_published(self) -> bool:
        """Test if the draft says anything that the last version does not."""
        return bool(self.changes) or (self.is_new and bool(self.days))


def page(course: Course, user: User, now: datetime) -> TimetablePage:
    """Return what the page shows; a constant number of queries."""
    found = timetables.pending(course, now)
    people = {code for change in found.changes for code in change.people}
    draft = found.after.sessions
    names = timetables.trainer_names(
        people | {code for entry in draft for code in entry.trainers}
    )
    last, zone = found.last, course.programme.zone
    return TimetablePage(
        course=course,
        days=[
            (
                day,
                [
                    Line(one, ", ".join(names.get(code, code) for code in one.trainers))
                    for one in entries
                ],
            )
            for day, entries in found.after.days(zone)
        ],
        changes=[
            sentence(change, zone, names=names) for change in found.changes if last
        ],
        is_new=last is None,
        version=last.number if last else 0,
        published_at=last.published_at if last else None,
        published_by=last.published_by if last else "",
        seats=policies.accepted().filter(seat__call__course=course).count(),
        trainers_told=Person.objects.filter(code__in=people).exclude(email="").count(),
        clashes=clashes(course, draft),
        can_publish=programmes.can_edit_course(user, course),
    )


def clashes(course: Course, sessions: Sequence[Entry] | None = None) -> list[Clash]:
    """
    Return who has seats in two courses that meet; three queries at most.

    Of ``sessions``, else of the published timetable, held against what is published of
    the other courses. A person is known by her entry in the directory or her address.
    """
    mine = list(
        policies.accepted()
        .filter(seat__call__course=course)
        .annotate(address=Lower("nomination__email"))
        .select_related("nomination")
        .order_by("nomination__sort_name", "pk")
    )
    if not mine:
        return []
    others = list(
        policies.accepted()
        .exclude(seat__call__course=course)
        .annotate(address=Lower("nomination__email"))
        .filter(
            Q(address__in=[one.address for one in mine])
            | Q(nomination__person__in=[one.nomination.person_id for one in mine])
        )
        .select_related("nomination", "seat__call__course")
    )
    if not others:
        return []
    keys = {other.seat.call.course_id for other in others} | {course.pk}
    tables = timetables.last_versions(keys)
    own = tables[course.pk].sessions if course.pk in tables else ()
    wanted = ordered(own if sessions is None else sessions)
    return [
        Clash(
            name=f"{one.nomination.family_name} {one.nomination.given_name}",
            fictional=one.nomination.is_fictional,
            session=str(entry.title),
            other=str(there.title),
            other_course=str(other.seat.call.course.title),
            starts_at=max(entry.starts_at, there.starts_at),
            ends_at=min(entry.ends_at, there.ends_at),
        )
        for one in mine
        for other in others
        if other.address == one.address
        or (
            one.nomination.person_id is not None
            and other.nomination.person_id == one.nomination.person_id
        )
        if other.seat.call.course_id in tables
        for entry in wanted
        for there in tables[other.seat.call.course_id].sessions
        if entry.meets(there)
    ]
