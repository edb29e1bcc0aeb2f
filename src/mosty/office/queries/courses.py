"""The courses somebody works on, and the numbers of her programmes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import User
from mosty.nominations.models import Call, Nomination
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course
from mosty.selection.models import Offer, Run
from mosty.ui.dates import day_range
from mosty.ui.numerals import roman


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One line of the list of courses."""

    title: str
    url: str
    when: str
    seats: int | None
    nominated: int | None
    state: str
    kind: str
    over: bool
    starts_on: date | None


def courses_of(user: User, now: datetime) -> list[CourseRow]:
    """
    Return the courses of the programmes the user works in, in the order of their use.

    First what is on and what comes, the next one first; then what has no days; then what
    is over, the last one first.
    """
    today = timezone.localdate(now)
    calls = {
        call.course_id: call
        for call in Call.objects.filter(
            course__programme__in=programmes.partnered_by(user)
        ).exclude(state=Call.State.CANCELLED)
    }
    nominated = dict(
        Nomination.objects.filter(
            call__in=calls.values(), state=Nomination.State.SUBMITTED
        )
        .values_list("call")
        .annotate(Count("id"))
        .order_by()
    )
    runs = {
        run.call_id: run
        for run in Run.objects.filter(call__in=calls.values(), kind=Run.Kind.DRAW)
        .exclude(state=Run.State.DISCARDED)
        .defer("record")
    }
    rows = []
    for course in (
        programmes.courses_visible_to(user)
        .filter(programme__in=programmes.partnered_by(user))
        .select_related("programme")
    ):
        call = calls.get(course.pk)
        run = runs.get(call.pk) if call else None
        state, kind = _state(call, run, now, course.ends_on)
        part = f"{roman(course.part)} · " if course.part else ""
        rows.append(
            CourseRow(
                title=f"{part}{course.title}",
                url=page_of(course, call, run),
                when=day_range(course.starts_on, course.ends_on),
                seats=course.capacity,
                nominated=nominated.get(call.pk, 0) if call else None,
                state=state,
                kind=kind,
                over=course.ends_on is not None and course.ends_on < today,
                starts_on=course.starts_on,
            )
        )
    ahead = [row for row in rows if not row.over]
    ahead.sort(key=lambda row: (row.starts_on is None, row.starts_on or date.max))
    over = [row for row in rows if row.over]
    over.sort(key=lambda row: row.starts_on or date.min, reverse=True)
    return ahead + over


def page_of(course: Course, call: Call | None, run: Run | None) -> str:
    """Return where the work on a course is: at its call, then among its people."""
    if call is None:
        return reverse(
            "programmes:course_plan", args=[course.programme.slug, course.slug]
        )
    if run is not None and run.state == Run.State.ANNOUNCED:
        return reverse("training:roster", args=[course.pk])
    return reverse("nominations:desk", args=[call.slug])


def _state(
    call: Call | None, run: Run | None, now: datetime, ends_on: date | None
) -> tuple[str, str]:
    """Return a course's state in a word, and the kind of its tag."""
    if ends_on is not None and ends_on < timezone.localdate(now):
        return _("delivered"), "plain"
    if call is None:
        return _("no call yet"), "plain"
    if call.state == Call.State.DRAFT:
        return _("call in preparation"), "plain"
    if now < call.opens_at:
        return _("call announced"), "plain"
    if call.is_open(now):
        return _("call open"), "open"
    if run is None:
        return _("to be drawn"), "need"
    if run.state == Run.State.PROPOSED:
        return _("to be signed"), "need"
    return _("participants chosen"), "wait"


def reports_of(user: User) -> list[tuple[str, str]]:
    """Return the programmes whose numbers the user reads, each with its address."""
    return [
        (str(programme.short_name), reverse("reports:numbers", args=[programme.slug]))
        for programme in programmes.partnered_by(user)
    ]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with the words that say what it counts."""

    value: int
    label: str


def figures_of(user: User) -> list[Figure]:
    """Return the numbers of the programmes the user works in, each with its unit."""
    own = programmes.partnered_by(user)
    submitted = Nomination.objects.filter(
        call__course__programme__in=own, state=Nomination.State.SUBMITTED
    )
    seated = Offer.objects.filter(
        seat__call__course__programme__in=own, state=Offer.State.ACCEPTED
    )
    persons = seated.values("nomination__person").distinct().count()
    cities = submitted.values("organisation").distinct().count()
    nominated = submitted.count()
    seats = seated.count()
    return [
        Figure(cities, ngettext("nominating city", "nominating cities", cities)),
        Figure(nominated, ngettext("nomination", "nominations", nominated)),
        Figure(seats, ngettext("seat accepted", "seats accepted", seats)),
        Figure(persons, ngettext("person with a seat", "persons with a seat", persons)),
    ]
