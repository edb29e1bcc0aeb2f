"""What a programme's numbers count: the people and the sessions behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.forms import BaseForm
from django.http import QueryDict

from mosty.directory.models import Department
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Programme, Session
from mosty.reports.queries.numbers import in_hours
from mosty.reports.queries.taking_part import Part, end_of, first_courses
from mosty.ui import listing
from mosty.ui.listing import Listing

SIZES = (50, 100)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """That one person was at one course."""

    name: str
    sort_name: str
    is_fictional: bool
    city: str
    city_sort: str
    department: str
    course: str
    course_pk: int
    attendances: int
    minutes: int
    is_returning: bool

    @property
    def hours(self) -> str:
        """Return how long she was there."""
        return in_hours(self.minutes)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session that was held."""

    course: Text
    title: Text
    starts_at: datetime
    ends_at: datetime

    @property
    def hours(self) -> str:
        """Return its length."""
        return in_hours((self.ends_at - self.starts_at) // timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class People:
    """The people behind the numbers, as filtered: rows, and how many persons they are."""

    rows: Listing[PersonRow]
    persons: int
    attendances: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the people may be filtered by: the courses and cities that occur."""

    courses: list[tuple[str, str]]
    cities: list[tuple[str, str]]


def choices(programme: Programme, found: Sequence[Part]) -> Choices:
    """Return the courses and cities of ``found``; one query."""
    there = {part.course for part in found}
    courses = Course.objects.filter(programme=programme, pk__in=there)
    cities = sorted({(part.city_sort, part.city) for part in found})
    return Choices(
        courses=[(str(course.pk), str(course.title)) for course in courses],
        cities=[(name, name) for _sort, name in cities],
    )


def people(
    found: Sequence[Part], known: Choices, params: QueryDict, form: BaseForm
) -> People:
    """Return those of ``found`` whom ``form``, the filters, lets through."""
    first = first_courses(found)
    kept = _filtered(found, first, form)
    words = dict(Department.choices)
    titles = dict(known.courses)
    rows = [
        PersonRow(
            name=part.name,
            sort_name=part.sort_name,
            is_fictional=part.is_fictional,
            city=part.city,
            city_sort=part.city_sort,
            department=str(words[part.department]),
            course=titles[str(part.course)],
            course_pk=part.course,
            attendances=part.attendances,
            minutes=part.minutes,
            is_returning=first[part.person] != part.course,
        )
        for part in kept
    ]
    return People(
        rows=listing.of_rows(
            params,
            rows,
            sorts={
                "name": lambda row: (row.sort_name, row.course_pk),
                "city": lambda row: (row.city_sort, row.sort_name),
                "course": lambda row: (row.course_pk, row.sort_name),
                "hours": lambda row: (row.minutes, row.sort_name),
            },
            default="name",
            form=form,
            sizes=SIZES,
        ),
        persons=len({part.person for part in kept}),
        attendances=sum(part.attendances for part in kept),
    )


def _filtered(
    found: Sequence[Part], first: Mapping[str, int], form: BaseForm
) -> list[Part]:
    asked = form.cleaned_data if form.is_valid() else {}
    return [
        part
        for part in found
        if asked.get("course") in (None, "", str(part.course))
        and asked.get("city") in (None, "", part.city)
        and asked.get("department") in (None, "", part.department)
        and asked.get("gender") in (None, "", part.gender)
        and (not asked.get("returning") or first[part.person] != part.course)
    ]


def sessions(programme: Programme, on: date, now: datetime) -> list[SessionRow]:
    """Return the sessions that had ended by the end of ``on``, in order; one query."""
    held = (
        Session.objects.filter(
            course__programme=programme,
            ends_at__lte=end_of(programme, on, now),
            is_cancelled=False,
        )
        .select_related("course")
        .order_by("starts_at", "id")
    )
    return [
        SessionRow(
            course=row.course.title,
            title=row.title,
            starts_at=programme.local(row.starts_at),
            ends_at=programme.local(row.ends_at),
        )
        for row in held
    ]
