"""A programme in numbers: each computed, with its unit, day and rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from mosty.directory.models import Department, Gender
from mosty.figures.models import CitedFigure
from mosty.figures.queries import Figure, cited
from mosty.plans.queries.numbers import PlanNumbers, plan_numbers
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Programme, Session
from mosty.reports.queries.taking_part import Part, end_of, first_courses, parts
from mosty.training import policies as training


@dataclass(frozen=True, slots=True)
class CourseNumbers:
    """One course that has begun."""

    pk: int
    title: Text
    part: int | None
    starts_on: date | None
    ends_on: date | None
    is_illustrative: bool
    sessions: int
    minutes: int
    seats: int
    persons: int
    first_time: int
    attendances: int
    cities: int

    @property
    def returning(self) -> int:
        """Return how many were at an earlier course of the programme too."""
        return self.persons - self.first_time

    @property
    def hours(self) -> str:
        """Return the length of its sessions in hours."""
        return in_hours(self.minutes)


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a breakdown: persons, and how often they were there."""

    key: str
    label: str
    persons: int
    attendances: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """The page of a programme in numbers."""

    programme: Programme
    on: date
    figures: list[Figure]
    courses: list[CourseNumbers]
    cities: list[Share]
    departments: list[Share]
    genders: list[Share]
    cited: list[CitedFigure]
    has_fictional: bool


def subject_of(programme: Programme) -> str:
    """Return what names the programme among the subjects of cited figures."""
    return f"programme:{programme.slug}"


def in_hours(minutes: int) -> str:
    """Return a length as hours and minutes, such as "7:30"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def numbers(programme: Programme, on: date, now: datetime) -> Numbers:
    """Return what the programme came to by the end of ``on``; nine queries."""
    until = end_of(programme, on, now)
    found = parts(programme, until)
    courses = _courses(programme, until, found)
    return Numbers(
        programme=programme,
        on=on,
        figures=[
            *_figures(programme, on, courses, found),
            *_plan_figures(on, plan_numbers(programme, on, until)),
        ],
        courses=courses,
        cities=_shares(found, lambda part: (part.city_sort, part.city, part.city)),
        departments=_shares(found, _by_choice(Department.choices, "department")),
        genders=_shares(found, _by_choice(Gender.choices, "gender")),
        cited=cited(subject_of(programme)),
        has_fictional=any(part.is_fictional for part in found),
    )


def _courses(
    programme: Programme, until: datetime, found: Sequence[Part]
) -> list[CourseNumbers]:
    """Return the courses of which a session has ended, in order; three queries."""
    held: dict[int, list[timedelta]] = {}
    for key, starts, ends in Session.objects.filter(
        course__programme=programme, ends_at__lte=until, is_cancelled=False
    ).values_list("course", "starts_at", "ends_at"):
        held.setdefault(key, []).append(ends - starts)
    seats = dict(
        training.accepted()
        .filter(seat__call__course__in=held)
        .values_list("seat__call__course")
        .annotate(Count("id"))
        .order_by()
    )
    first = first_courses(found)
    rows = []
    for course in Course.objects.filter(pk__in=held).order_by("starts_on", "part"):
        there = [part for part in found if part.course == course.pk]
        rows.append(
            CourseNumbers(
                pk=course.pk,
                title=course.title,
                part=course.part,
                starts_on=course.starts_on,
                ends_on=course.ends_on,
                is_illustrative=course.is_illustrative,
                sessions=len(held[course.pk]),
                minutes=sum(held[course.pk], timedelta()) // timedelta(minutes=1),
                seats=seats.get(course.pk, 0),
                persons=len(there),
                first_time=sum(first[part.person] == course.pk for part in there),
                attendances=sum(part.attendances for part in there),
                cities=len({part.city_sort for part in there}),
            )
        )
    return rows


def _by_choice(
    choices: Sequence[tuple[str, object]], field: str
) -> Callable[[Part], tuple[str, str, str]]:
    """Return what tells the order, key and words of a part's value of ``field``."""
    places = {key: place for place, (key, _label) in enumerate(choices)}
    words = {key: str(label) for key, label in choices}

    def told(part: Part) -> tuple[str, str, str]:
        key = str(getattr(part, field))
        return f"{places[key]:03}", key, words[key]

    return told


def _shares(
    found: Sequence[Part], told: Callable[[Part], tuple[str, str, str]]
) -> list[Share]:
    """Return persons and attendances by what ``told`` says of each part, in its order."""
    groups: dict[tuple[str, str, str], list[Part]] = {}
    for part in found:
        groups.setdefault(told(part), []).append(part)
    return [
        Share(
            key=key,
            label=label,
            persons=len({part.person for part in group}),
            attendances=sum(part.attendances for part in group),
        )
        for (_place, key, label), group in sorted(groups.items())
    ]


def _figures(
    programme: Programme,
    on: date,
    courses: Sequence[CourseNumbers],
    found: Sequence[Part],
) -> list[Figure]:
    def page(name: str) -> str:
        return f"{reverse(f'reports:{name}', args=[programme.slug])}?on={on}"

    def figure(
        key: str, value: int | str, label: str, unit: str, rule: str, url: str
    ) -> Figure:
        return Figure(
            key, value, label, unit, rule, on, _("timetables and attendance marks"), url
        )

    people, times = page("people"), page("sessions")
    persons = len({part.person for part in found})
    return [
        figure(
            "courses", len(courses), _("courses held"), _("courses"),
            _("Courses of which at least one session has ended."), "#courses",
        ),
        figure(
            "sessions", sum(row.sessions for row in courses), _("sessions held"),
            _("sessions"), _("Sessions that have ended."), times,
        ),
        figure(
            "hours", in_hours(sum(row.minutes for row in courses)),
            _("hours of teaching"), _("hours and minutes"),
            _("From the beginning to the end of each session held."), times,
        ),
        figure(
            "persons", persons, _("persons took part"), _("persons"),
            _("Each person once, however many courses she was at. Whoever was marked as"
              " present or late at one session at least."), people,
        ),
        figure(
            "participations", len(found), _("participations in courses"),
            _("person and course"),
            _("Each person once for each course at which she was."), people,
        ),
        figure(
            "attendances", sum(part.attendances for part in found), _("attendances"),
            _("person and session"),
            _("Each mark of present or late. These are not persons."), people,
        ),
        figure(
            "returning", sum(row.returning for row in courses),
            _("returning participations"), _("person and course"),
            _("Participations of persons who were at an earlier course of the"
              " programme."), f"{people}&returning=on",
        ),
        figure(
            "person_hours", in_hours(sum(part.minutes for part in found)),
            _("hours attended"), _("hours and minutes, summed over persons"),
            _("The length of the sessions at which each person was, less the minutes"
              " that she was late."), people,
        ),
        figure(
            "cities", len({part.city_sort for part in found}), _("cities took part"),
            _("cities"), _("Cities of whoever took part."), "#cities",
        ),
    ]  # fmt: skip


def _plan_figures(on: date, counts: PlanNumbers) -> list[Figure]:
    """Return what the cities' action plans came to, once one was signed off."""
    if not counts.actions:
        return []

    def figure(key: str, value: int, label: str, unit: str, rule: str) -> Figure:
        return Figure(
            key, value, label, unit, rule, on, _("action plans"), reverse("plans:index")
        )

    return [
        figure(
            "plan_actions", counts.actions, _("actions planned by cities"), _("actions"),
            _("Actions of the plans that a city had signed off."),
        ),
        figure(
            "plan_done", counts.done, _("actions done"), _("actions"),
            _("Of these, those that the last report says are done."),
        ),
        figure(
            "check_ins_answered", counts.answered, _("check-ins answered"),
            _("check-ins"), _("Answers after 3, 6 and 12 months, late ones too."),
        ),
        figure(
            "check_ins_missed", counts.missed, _("check-ins not answered"),
            _("check-ins"), _("Nobody of the city had answered six weeks after the day."),
        ),
    ]  # fmt: skip
