"""Timetables: as they are drafted, as they were published, and as calendars."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from mosty.directory.models import Person, Position
from mosty.programmes.changes import sentence
from mosty.programmes.models import Course, Session, TimetableVersion
from mosty.programmes.timetable import (
    Change,
    Entry,
    Timetable,
    compare,
    follow,
    ordered,
    read,
)


def drafted(course: Course) -> tuple[Entry, ...]:
    """Return the sessions as they are planned now, the cancelled left out; three queries."""
    rows = course.sessions.filter(is_cancelled=False)
    return ordered(
        replace(_entry(row), place=course.place)
        for row in rows.prefetch_related("trainers__person")
    )


def _entry(row: Session) -> Entry:
    return Entry(
        uid=str(row.uid),
        title=row.title,
        starts_at=row.starts_at.astimezone(UTC),
        ends_at=row.ends_at.astimezone(UTC),
        room=row.room,
        online=row.online,
        trainers=tuple(sorted(one.person.code for one in row.trainers.all())),
    )


def as_edited(course: Course) -> Timetable:
    """
    Return the draft as its form shows it, the cancelled sessions as ``gone``.

    Who sends the form says what she saw: what others wrote meanwhile is not lost.
    """
    rows = course.sessions.prefetch_related("trainers__person")
    found: dict[bool, list[Entry]] = {False: [], True: []}
    for row in rows:
        found[row.is_cancelled].append(_entry(row))
    return Timetable(ordered(found[False]), ordered(found[True]))


def last_version(course: Course) -> TimetableVersion | None:
    """Return what was published last, or None; one query."""
    return TimetableVersion.objects.filter(course=course).order_by("-number").first()


def published(course: Course) -> Timetable:
    """Return the timetable as it was published last, empty if never; one query."""
    version = last_version(course)
    return read(version.content) if version else Timetable()


def last_versions(courses: Iterable[int]) -> dict[int, Timetable]:
    """Return the published timetables of several courses by their keys; one query."""
    rows = (
        TimetableVersion.objects.filter(course__in=list(courses))
        .order_by("course_id", "-number")
        .distinct("course_id")
    )
    return {row.course_id: read(row.content) for row in rows}


def courses_published_with(person: Person) -> list[tuple[Course, Timetable]]:
    """Return each course in whose published timetable ``person`` leads, or led; two queries."""
    found = TimetableVersion.objects.none()
    for part in ("sessions", "gone"):
        for field in ("trainers", "past_trainers"):
            found = found | TimetableVersion.objects.filter(
                content__contains={part: [{field: [person.code]}]}
            )
    keys = set(found.values_list("course", flat=True))
    courses = Course.objects.filter(pk__in=keys).select_related("programme")
    tables = last_versions(keys)
    return [(course, tables[course.pk]) for course in courses]


def trainer_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of trainers by their codes; one query."""
    wanted = set(codes)
    if not wanted:
        return {}
    return {one.code: str(one) for one in Person.objects.filter(code__in=wanted)}


def organisations_of(codes: Iterable[str]) -> "Posts":
    """Return where trainers work, for pages that do not name them; one query."""
    rows = (
        Position.objects.filter(person__code__in=set(codes))
        .select_related("organisation", "person")
        .order_by("organisation__sort_name")
    )
    return Posts(
        tuple(
            (row.person.code, row.since, row.until, str(row.organisation.short_name))
            for row in rows
        )
    )


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts of trainers: code, from, until, organisation; organisations in order."""

    held: tuple[tuple[str, date | None, date | None, str], ...]

    def on(self, day: date, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the organisations for which those people worked on ``day``, each once."""
        wanted = set(codes)
        names = [
            name
            for code, since, until, name in self.held
            if code in wanted
            and (since is None or since <= day)
            and (until is None or day <= until)
        ]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Pending:
    """What publishing now would make of a course's timetable."""

    last: TimetableVersion | None
    before: Timetable
    after: Timetable
    changes: list[Change]


def pending(course: Course, now: datetime) -> Pending:
    """Return what would change if the draft were published; four queries."""
    last = last_version(course)
    before = read(last.content) if last else Timetable()
    draft = drafted(course)
    return Pending(
        last, before, follow(before, draft, now), compare(before.sessions, draft)
    )


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version, with what it changed in words."""

    number: int
    published_at: datetime
    note: str
    changes: list[str]
    # The first one has nothing before it: how many sessions it began with.
    sessions: int


def history(course: Course) -> list[VersionLine]:
    """Return every version, the newest first, with what it changed; one query."""
    rows = list(TimetableVersion.objects.filter(course=course).order_by("number"))
    zone = course.programme.zone
    lines: list[VersionLine] = []
    before = Timetable()
    for row in rows:
        after = read(row.content)
        changes = compare(before.sessions, after.sessions) if lines else []
        lines.append(
            VersionLine(
                number=row.number,
                published_at=row.published_at,
                note=row.note,
                changes=[sentence(change, zone) for change in changes],
                sessions=len(after.sessions),
            )
        )
        before = after
    return lines[::-1]
