"""Hours and status, in whole minutes."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training.actions import completion as actions
from mosty.training.models import CompletionRule, Mark
from mosty.training.queries import completion
from mosty.training.queries.completion import Standing, Status

pytestmark = pytest.mark.django_db
# Three sessions of 90 minutes: 270 in all.
P, E, A = ("present", None), ("excused", None), ("absent", None)


def put(offer: Offer, course: Course, *marks: tuple[str, int | None] | None) -> None:
    """Mark ``offer`` at the sessions of ``course``, in order; None leaves one out."""
    for session, mark in zip(completion.sessions_of(course), marks, strict=False):
        if mark:
            Mark.objects.create(
                session=session,
                offer=offer,
                kind=mark[0],
                minutes=mark[1],
                way="sheet",
                noted_at=session.ends_at,
                marked_at=session.ends_at,
            )


@pytest.mark.parametrize(
    ("marks", "excused_counts", "attended", "total", "percent", "status"),
    (
        ((P, P, P), False, 270, 270, 100, Status.COMPLETED),
        ((P, P, ("late", 54)), False, 216, 270, 80, Status.COMPLETED),
        # One minute less is 79.6 %: shown as 79, and not enough.
        ((P, P, ("late", 55)), False, 215, 270, 79, Status.NOT_COMPLETED),
        ((P, P, E), False, 180, 270, 66, Status.NOT_COMPLETED),
        ((P, P, E), True, 180, 180, 100, Status.COMPLETED),
        ((P, A, E), True, 90, 180, 50, Status.NOT_COMPLETED),
        ((E, E, E), True, 0, 0, 0, Status.NO_PART),
        ((A, A, A), False, 0, 270, 0, Status.NO_PART),
        ((None, None, None), False, 0, 270, 0, Status.NO_PART),
        # Later than the session is long: nothing of it, and not less than nothing.
        ((("late", 300), P, P), False, 180, 270, 66, Status.NOT_COMPLETED),
    ),
)
def test_hours_make_a_status(
    timetable: Course,
    people: dict[str, Offer],
    now: datetime,
    marks: tuple[tuple[str, int | None] | None, ...],
    excused_counts: bool,
    attended: int,
    total: int,
    percent: int,
    status: Status,
) -> None:
    CompletionRule.objects.create(course=timetable, excused_counts=excused_counts)
    put(people["Anna"], timetable, *marks)
    found = completion.standing_of(people["Anna"], timetable, now)
    assert (found.attended, found.total, found.percent, found.status) == (
        attended,
        total,
        percent,
        status,
    )


def test_all_of_a_standing(
    timetable: Course, people: dict[str, Offer], now: datetime
) -> None:
    put(people["Anna"], timetable, ("late", 10), E)
    assert completion.standing_of(people["Anna"], timetable, now) == Standing(
        attended=80,
        total=270,
        late=10,
        excused=90,
        unmarked=1,
        least_percent=80,
        is_over=False,
    )


def test_cancelled_sessions_do_not_count(
    timetable: Course, people: dict[str, Offer], now: datetime
) -> None:
    put(people["Anna"], timetable, P, P, P)
    last = timetable.sessions.latest("starts_at")
    timetable.sessions.filter(pk=last.pk).update(is_cancelled=True)
    found = completion.standing_of(people["Anna"], timetable, now)
    assert (found.attended, found.total) == (180, 180)


@pytest.mark.parametrize(
    ("marks", "days", "final"),
    (((P, P, P), 61, True), ((P, P, P), 0, False), ((P,), 61, False)),
)
def test_when_a_standing_is_final(
    timetable: Course,
    people: dict[str, Offer],
    now: datetime,
    marks: tuple[tuple[str, int | None], ...],
    days: int,
    final: bool,
) -> None:
    put(people["Anna"], timetable, *marks)
    at = now + timedelta(days=days)
    assert completion.standing_of(people["Anna"], timetable, at).is_final is final


def test_all_standings_take_three_queries(
    timetable: Course,
    people: dict[str, Offer],
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    put(people["Anna"], timetable, P, P, P)
    with django_assert_num_queries(3):
        # sessions, rule, marks
        found = completion.standings(timetable, list(people.values()), now)
    assert [found[people[name].pk].attended for name in ("Anna", "Zenon")] == [270, 0]


def test_the_coordinator_sets_the_rule(
    timetable: Course, coordinator: User, now: datetime
) -> None:
    def set_rule(percent: int, reason: str = "As agreed") -> None:
        actions.set_rule(
            course=timetable,
            least_percent=percent,
            excused_counts=True,
            reason=reason,
            actor=coordinator,
            now=now,
        )

    set_rule(75)
    set_rule(75)
    with pytest.raises(actions.CannotSetRule):
        set_rule(70, reason=" ")
    rule = completion.rule_of(timetable)
    assert (rule.least_percent, rule.excused_counts) == (75, True)
    entry = Entry.objects.get()
    assert (entry.verb, entry.reason, entry.before, entry.after) == (
        "completion.rule_set",
        "As agreed",
        {"least_percent": 80, "excused_counts": False},
        {"least_percent": 75, "excused_counts": True},
    )
