"""A programme's numbers are counted from its rows, by the rules that the page states."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from mosty.programmes.models import Programme, Session
from mosty.reports.queries.numbers import Numbers, numbers
from tests.reports.conftest import FIRST, SECOND

pytestmark = pytest.mark.django_db


def count(programme: Programme, on: date) -> Numbers:
    return numbers(programme, on, timezone.now())


def values(page: Numbers) -> dict[str, int | str]:
    return {figure.key: figure.value for figure in page.figures}


def test_persons_participations_and_attendances_are_kept_apart(
    held: Programme,
) -> None:
    assert values(count(held, timezone.localdate())) == {
        "courses": 2,
        "sessions": 3,
        "hours": "4:30",
        "persons": 2,
        "participations": 3,
        "attendances": 4,
        "returning": 1,
        # 90 + 60 - 15, 90, 120 minutes
        "person_hours": "5:45",
        "cities": 2,
    }


def test_only_what_had_ended_by_that_day_counts(held: Programme) -> None:
    day_one = values(count(held, FIRST.date()))
    assert (day_one["courses"], day_one["sessions"], day_one["attendances"]) == (
        1,
        1,
        2,
    )
    before = values(count(held, FIRST.date() - timedelta(days=1)))
    assert {*before.values()} == {0, "0:00"}


def test_a_session_under_way_does_not_count(held: Programme) -> None:
    half = SECOND + timedelta(minutes=60)
    assert values(numbers(held, half.date(), half))["sessions"] == 2
    over = SECOND + timedelta(minutes=120)
    assert values(numbers(held, over.date(), over))["sessions"] == 3


def test_each_course_says_who_was_new_and_who_returned(held: Programme) -> None:
    page = count(held, timezone.localdate())
    assert [
        (
            str(row.title),
            row.sessions,
            row.hours,
            row.seats,
            row.persons,
            row.first_time,
            row.returning,
            row.attendances,
            row.cities,
        )
        for row in page.courses
    ] == [
        ("one", 2, "2:30", 2, 2, 2, 0, 3, 2),
        ("two", 1, "2:00", 2, 1, 0, 1, 1, 1),
    ]


def test_breakdowns_count_each_person_once(held: Programme) -> None:
    page = count(held, timezone.localdate())
    assert [(s.key, s.persons, s.attendances) for s in page.cities] == [
        ("Kraków", 1, 3),
        ("Łódź", 1, 1),
    ]
    assert [(s.key, s.persons, s.attendances) for s in page.genders] == [
        ("woman", 1, 3),
        ("man", 1, 1),
    ]
    assert [(s.key, s.persons, s.attendances) for s in page.departments] == [
        ("education", 1, 1),
        ("culture", 1, 3),
    ]


def test_another_programmes_people_do_not_count(
    held: Programme, programme: Programme
) -> None:
    programme.courses.update(programme=_another(programme))
    assert {*values(count(held, timezone.localdate())).values()} == {0, "0:00"}


def _another(programme: Programme) -> Programme:
    other = Programme.objects.get(pk=programme.pk)
    other.pk = None
    other.slug = "another"
    other.save()
    return other


@pytest.mark.parametrize("on", (FIRST.date(), timezone.localdate()))
def test_one_course_or_two_take_the_same_queries(
    held: Programme, on: date, django_assert_num_queries: Any
) -> None:
    # Marks, sessions, seats, courses, cited; four of plans.
    with django_assert_num_queries(9):
        count(held, on)


def test_marks_of_a_session_that_was_cancelled_count_as_little_as_it(
    held: Programme,
) -> None:
    Session.objects.filter(title="Session 2").update(is_cancelled=True)
    found = values(count(held, timezone.localdate()))
    assert (found["sessions"], found["attendances"], found["person_hours"]) == (
        2,
        3,
        "5:00",
    )
