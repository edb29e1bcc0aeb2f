"""What a city had in earlier courses: which seats count, and when."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mosty.engines import selection as engine
from mosty.nominations.models import Call, KnownCities
from mosty.nominations.queries import known
from mosty.programmes.models import Course
from mosty.selection.models import Run
from mosty.selection.queries import earlier_seats
from mosty.selection.queries.records import text_of
from tests.factories import (
    make_programme,
)
from tests.selection.memory.given import had
from tests.selection.test_after_seed import enter

COUNTED = [
    {"call": "first", "seats": {"leszno": 1, "rzeszow": 1}},
    {"call": "second", "seats": {"leszno": 1, "lublin": 1}},
]


def test_seats_taken_in_earlier_courses_are_added_up_by_city(remembering):
    assert earlier_seats.taken(remembering) == COUNTED
    assert had(remembering) == {"leszno": 2, "rzeszow": 1, "lublin": 1}


def test_courses_stand_in_the_order_of_their_days_not_of_their_making(
    remembering, took, cities
):
    took("zero", -90, [cities[3]])
    found = [row["call"] for row in earlier_seats.taken(remembering)]
    assert found == ["zero", "first", "second"]


@pytest.mark.parametrize("days", (0, 1, None))
def test_a_course_of_the_same_day_a_later_one_and_one_without_a_day_count_not(
    remembering, took, cities, days
):
    took("other", days, cities)
    assert earlier_seats.taken(remembering) == COUNTED


def test_another_programme_counts_not(remembering, took, cities):
    took("other", -10, cities, programme=make_programme("other"))
    assert earlier_seats.taken(remembering) == COUNTED


@pytest.mark.parametrize("state", ("open", "declined", "expired", "withdrawn"))
def test_an_offer_that_was_not_taken_counts_not(remembering, took, cities, state):
    took("other", -10, cities, state=state)
    assert earlier_seats.taken(remembering) == COUNTED
    without_seed(remembering)
    assert earlier_seats.taken(remembering) == COUNTED


def without_seed(call):
    Call.objects.filter(pk=call.pk).update(seed="", seed_entered_at=None)
    call.refresh_from_db()


def test_a_course_without_a_day_has_no_earlier_ones(remembering):
    remembering.course.starts_on = None
    assert earlier_seats.taken(remembering) == []


@pytest.mark.parametrize(
    ("accepted", "ended", "expected"),
    ((-1, None, 1), (1, None, 0), (-2, -1, 0), (-1, 1, 1)),
)
def test_a_seat_counts_as_it_stood_when_the_seed_was_entered(
    remembering, took, cities, accepted, ended, expected
):
    moment = remembering.seed_entered_at
    took(
        "other",
        -10,
        [cities[2]],
        state="accepted" if ended is None else "withdrawn",
        accepted_at=moment + timedelta(hours=accepted),
        answered_at=moment + timedelta(hours=ended or accepted),
    )
    assert had(remembering).get("gdansk", 0) == expected


@pytest.mark.parametrize(("cancelled", "expected"), ((-1, 0), (1, 1), (None, 0)))
def test_seats_of_a_cancelled_call_count_until_it_was_cancelled(
    remembering, took, cities, cancelled, expected
):
    other = took("other", -10, [cities[2]])
    Call.objects.filter(pk=other.pk).update(
        state="cancelled",
        cancelled_at=None
        if cancelled is None
        else remembering.seed_entered_at + timedelta(hours=cancelled),
    )
    assert had(remembering).get("gdansk", 0) == expected
    without_seed(remembering)
    assert had(remembering).get("gdansk", 0) == 0


def test_the_earlier_seats_are_kept_with_the_seed(
    remembering, took, cities, coordinator, now
):
    call = enter(remembering, coordinator, now)
    assert KnownCities.objects.get(call=call).seats == COUNTED
    # Whoever knows the seed can no longer move a course before this one.
    Course.objects.filter(slug="second").update(starts_on=call.course.starts_on)
    assert [row["call"] for row in earlier_seats.taken(call)] == ["first"]
    assert had(call) == {"leszno": 2, "rzeszow": 1, "lublin": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        KnownCities.objects.update(seats=[])


def test_a_call_whose_seed_was_entered_before_they_were_kept_counts_them_anew(
    remembering, coordinator, now, monkeypatch
):
    monkeypatch.setattr(known, "seats_now_of", lambda _call: None)
    call = enter(remembering, coordinator, now)
    assert KnownCities.objects.get(call=call).seats is None
    assert had(call) == {"leszno": 2, "rzeszow": 1, "lublin": 1}


def test_only_cities_with_eligible_people_are_given_to_the_engine(
    remembering, took, krakow
):
    took("other", -10, [krakow])
    assert had(remembering) == {"leszno": 2, "rzeszow": 1, "lublin": 1}


def test_cities_that_had_fewest_seats_come_first(run):
    seated = [
        decision.nomination.organisation.slug
        for decision in run.decisions.filter(outcome="selected")
    ]
    # Three of Gdańsk, which had none, and one of a city that had one.
    assert sorted(seated)[:3] == ["gdansk"] * 3
    assert sorted(seated)[3] in {"lublin", "rzeszow"}
    assert run.record["priorities"] == {"memory organisation": 1}


def test_the_calls_that_count_are_kept_with_the_run_and_never_change(run):
    assert run.earlier == COUNTED
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.update(earlier=[])
    assert engine.verify(text_of(run)) == []
