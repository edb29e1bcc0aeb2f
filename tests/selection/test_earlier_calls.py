"""A call that follows a cancelled one says so wherever its draw is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mosty.nominations.actions import calls
from mosty.nominations.models import Call
from mosty.nominations.queries.earlier import earlier_calls
from mosty.selection.actions import deciding, runs
from mosty.selection.models import Run
from mosty.ui.dates import day
from tests.factories import make_call, make_nomination


def cancel(call, coordinator, now):
    calls.cancel(call=call, reason="Not as wished.", actor=coordinator, now=now)


@pytest.fixture
def again(course, ump, krakow, now):
    """Return what makes a new closed call for the same course, ready for its draw."""

    def make():
        call = make_call(
            course,
            slug="again",
            channel=ump,
            opens_at=now - timedelta(days=40),
            closes_at=now - timedelta(days=3),
            seed="2",
            seed_entered_at=now - timedelta(days=2),
        )
        make_nomination(call, krakow, checked_at=now)
        return call

    return make


def words(call, moment):
    return day(call.course.programme.local(moment).date())


CANCELLED = "An earlier call for this course was cancelled on {} by the programme's coordinator."


def test_a_call_that_was_drawn_and_cancelled(run, again, coordinator, now):
    cancel(run.call, coordinator, now)
    call = again()
    assert earlier_calls(call) == [
        f"{CANCELLED.format(words(call, now))} It had been drawn on {words(call, now)}."
    ]


def test_a_call_whose_seed_was_known_and_that_was_cancelled(
    closed, again, coordinator, now
):
    cancel(closed, coordinator, now)
    call = again()
    entered = words(call, closed.seed_entered_at)
    assert earlier_calls(call) == [
        (
            f"{CANCELLED.format(words(call, now))} "
            f"The seed of its draw had been entered on {entered}."
        )
    ]


def test_a_call_that_was_cancelled_before_its_draw(call, again, coordinator, now):
    cancel(call, coordinator, now)
    second = again()
    assert earlier_calls(second) == [
        f"{CANCELLED.format(words(call, now))} It had not been drawn."
    ]
    # The first itself follows no other; a draft that was dropped was no call to anybody.
    assert earlier_calls(call) == []
    Call.objects.filter(pk=call.pk).update(published_at=None)
    assert earlier_calls(second) == []


def test_a_call_that_was_cancelled_before_the_day_was_kept(
    call, again, coordinator, now
):
    cancel(call, coordinator, now)
    Call.objects.filter(pk=call.pk).update(cancelled_at=None)
    assert earlier_calls(again()) == [
        (
            "An earlier call for this course was cancelled by the programme's coordinator. "
            "It had not been drawn."
        )
    ]


def test_everybody_reads_it_and_so_does_who_draws_and_who_signs(
    run, again, coordinator, partner, client, signed_in, now
):
    cancel(run.call, coordinator, now)
    call = again()
    [sentence] = earlier_calls(call)
    second = runs.draw(call=call, actor=coordinator, now=now)
    pages = [
        (client, reverse("nominations:call", args=["academy", call.slug])),
        (signed_in(partner), reverse("selection:call", args=[call.slug])),
        (signed_in(partner), reverse("selection:run", args=[second.pk])),
    ]
    found = [
        (
            reader.get(path).context["page"].earlier_calls,
            reader.get(path).content.decode().count("was cancelled on"),
        )
        for reader, path in pages
    ]
    assert found == [([sentence], 1)] * 3


def test_the_first_draw_of_a_call_is_noted_once(run, coordinator, now):
    first = Call.objects.get(pk=run.call_id).drawn_at
    deciding.discard(run=run, reason="A mistake.", actor=coordinator, now=now)
    later = now + timedelta(hours=1)
    runs.draw(call=run.call, actor=coordinator, now=later)
    assert (first, Call.objects.get(pk=run.call_id).drawn_at) == (now, now)
    assert Run.objects.count() == 2
