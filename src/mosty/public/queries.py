"""What the public pages need. A call or course that is no longer public is left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from mosty.infopoint.queries.years import InNumbers, in_numbers
from mosty.nominations.models import Call, Invitation
from mosty.nominations.queries.calls import last_minute
from mosty.programmes import policies
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Programme
from mosty.programmes.queries import PartnerRow, partners_of, timetables
from mosty.programmes.timetable import Timetable, read
from mosty.training.queries.materials import Shelf, shelf


class CallState(Enum):
    """Where a published call stands."""

    SOON = "soon"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CallLine:
    """One published call."""

    url: str
    course: Text
    part: int | None
    programme: Text
    opens_at: datetime
    last_minute: datetime
    zone: str
    state: str


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """One published programme."""

    slug: str
    name: Text
    summary: Text
    starts_on: date
    ends_on: date
    courses: int


@dataclass(frozen=True, slots=True)
class Home:
    """The first page."""

    programmes: list[ProgrammeCard]
    calls: list[CallLine]
    # Information points whose year stands in public, in numbers.
    points: list[InNumbers]


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course of a programme, with its call where it has one."""

    slug: str
    part: int | None
    title: Text
    starts_on: date | None
    ends_on: date | None
    is_illustrative: bool
    place: Text
    is_public: bool
    call: CallLine | None


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme: who holds it, when, with which courses."""

    programme: Programme
    partners: list[PartnerRow]
    courses: list[CourseLine]
    # Cities to which a published call of the programme was sent, each counted once.
    cities: int
    is_planned_by_reader: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session: its trainers by their organisations only, since nobody agreed to more."""

    title: Text
    starts_at: datetime
    ends_at: datetime
    room: str
    led_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day on the programme's clock."""

    day: date
    sessions: list[SessionLine]


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course: what it is about, when, where, by whom, and its call."""

    course: Course
    topics: list[Text]
    provisions: list[tuple[str, Text]]
    days: list[Day]
    # Which version of the timetable it is; 0 where none was published.
    version: int
    published_at: datetime | None
    call: CallLine | None
    is_public: bool
    is_planned_by_reader: bool
    materials: Shelf

    @property
    def says_who_leads(self) -> bool:
        """Test if any session says it: else the page has no column for it."""
        return any(line.led_by for day in self.days for line in day.sessions)

    @property
    def says_where(self) -> bool:
        """Test if any session has a room."""
        return any(line.room for day in self.days for line in day.sessions)

    @property
    def columns(self) -> int:
        """Return how many columns the timetable has."""
        return 2 + self.says_where + self.says_who_leads


def home(now: datetime) -> Home:
    """Return the published programmes, and the calls that are open or will be; four queries."""
    programmes = Programme.objects.filter(is_published=True).annotate(
        course_count=Count("courses", filter=Q(courses__is_published=True))
    )
    return Home(
        programmes=[
            ProgrammeCard(
                slug=row.slug,
                name=row.name,
                summary=row.summary,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                courses=row.course_count,
            )
            for row in programmes
        ],
        calls=[
            line
            for line in _lines(_published_calls().order_by("closes_at"), now)
            if line.state != CallState.CLOSED.value
        ],
        points=in_numbers(),
    )


def calls(now: datetime) -> dict[str, list[CallLine]]:
    """Return every published call by its state, the next to close first; one query."""
    lines = _lines(_published_calls().order_by("closes_at"), now)
    found = {
        state.value: [line for line in lines if line.state == state.value]
        for state in CallState
    }
    # Of those that are over, the last one is looked for most.
    found[CallState.CLOSED.value].reverse()
    return found


def _published_calls() -> QuerySet[Call]:
    return Call.objects.filter(
        state=Call.State.PUBLISHED,
        course__is_published=True,
        course__programme__is_published=True,
    ).select_related("course__programme")


def _lines(found: Iterable[Call], now: datetime) -> list[CallLine]:
    return [_line(call, now) for call in found]


def _line(call: Call, now: datetime) -> CallLine:
    programme = call.course.programme
    if call.is_open(now):
        state = CallState.OPEN
    else:
        state = CallState.CLOSED if call.is_closed(now) else CallState.SOON
    return CallLine(
        url=reverse("nominations:call", args=[programme.slug, call.slug]),
        course=call.course.title,
        part=call.course.part,
        programme=programme.short_name,
        opens_at=call.opens_at,
        last_minute=last_minute(call),
        zone=programme.time_zone,
        state=state.value,
    )


def programme_page(
    programme: Programme, reader: policies.Viewer, now: datetime
) -> ProgrammePage:
    """Return what the page of ``programme`` shows to ``reader``; four queries for the public."""
    published = Call.objects.filter(
        state=Call.State.PUBLISHED, course__programme=programme
    )
    by_course = {
        call.course_id: _line(call, now)
        for call in published.select_related("course__programme")
    }
    cities = (
        Invitation.objects.filter(call__in=published, sent_at__isnull=False)
        .aggregate(cities=Count("organisation", distinct=True))
        .get("cities")
    )
    courses = policies.courses_visible_to(reader).filter(programme=programme)
    return ProgrammePage(
        programme=programme,
        partners=partners_of(programme),
        courses=[
            CourseLine(
                slug=row.slug,
                part=row.part,
                title=row.title,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                is_illustrative=row.is_illustrative,
                place=row.place,
                is_public=row.is_published,
                call=by_course.get(row.pk),
            )
            for row in courses
        ],
        cities=cities or 0,
        is_planned_by_reader=policies.can_see_plans(reader, programme),
    )


def course_page(course: Course, reader: policies.Viewer, now: datetime) -> CoursePage:
    """Return what the page of ``course`` shows to ``reader``; eight queries for the public."""
    call = (
        Call.objects.filter(state=Call.State.PUBLISHED, course=course)
        .select_related("course__programme")
        .first()
    )
    version = timetables.last_version(course)
    return CoursePage(
        course=course,
        topics=[topic.text for topic in course.topics.all()],
        provisions=[
            (str(row.get_what_display()), row.organisation.short_name)
            for row in course.provisions.select_related("organisation")
        ],
        days=_days(course, read(version.content) if version else Timetable()),
        version=version.number if version else 0,
        published_at=version.published_at if version else None,
        call=_line(call, now) if call else None,
        is_public=course.is_published and course.programme.is_published,
        is_planned_by_reader=policies.can_see_plans(reader, course.programme),
        materials=shelf(course, reader),
    )


def _days(course: Course, table: Timetable) -> list[Day]:
    """Return the published timetable, day by day; one query."""
    led = {code for entry in table.sessions for code in entry.trainers}
    posts = timetables.organisations_of(led)
    return [
        Day(
            day,
            [
                SessionLine(
                    title=entry.title,
                    starts_at=entry.starts_at,
                    ends_at=entry.ends_at,
                    room=entry.room,
                    led_by=posts.on(day, entry.trainers),
                )
                for entry in entries
            ],
        )
        for day, entries in table.days(course.programme.zone)
    ]
