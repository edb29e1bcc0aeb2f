"""Draws and trials are cancelled, fail, or lose their worker."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic, sleep

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.engines import selection as engine
from mosty.engines.selection.watch import watching
from mosty.selection import tasks
from mosty.selection.actions import calculations, pulse
from mosty.selection.models import Calculation, Run
from mosty.selection.queries.calculations import is_lost
from tests.engines.selection.test_watch import market_split
from tests.selection.calculations.given import carry_out, job_is, verbs


def test_what_waits_is_cancelled_at_once(asked, coordinator, now):
    for _again in range(2):
        calculations.cancel(calculation=asked, actor=coordinator, now=now)
    asked.refresh_from_db()
    assert (asked.state, asked.ended_at) == ("cancelled", now)
    assert ProcrastinateJob.objects.get().status == "cancelled"
    assert carry_out(asked).state == "cancelled"
    assert Run.objects.count() == 0
    assert [verb for verb, _who in verbs()] == [
        "selection.asked",
        "selection.calculation_cancelled",
    ]


def test_what_runs_ends_at_its_next_step(asked, coordinator, now, monkeypatch):
    steps = []
    monkeypatch.setattr(pulse, "PULSE_SECONDS", 0.0)

    def endless(*args, watch, **options):
        for number in range(100):
            watch.step("cohorts", number)
            steps.append(number)
            if number == 3:
                job_is(asked, "doing", now)
                calculations.cancel(calculation=asked, actor=coordinator, now=now)

    monkeypatch.setattr(engine, "run", endless)
    carry_out(asked)
    assert (asked.state, asked.run, asked.number) == ("cancelled", None, 3)
    # The fourth pulse learns of it, the next step ends it.
    assert steps == [0, 1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_what_runs_ends_within_about_a_second_while_the_solver_is_silent(
    asked, coordinator, now, monkeypatch
):
    def silent(*args, watch, **options):
        with watching(watch):
            watch.step("priorities", 0)
            market_split().any_point()

    monkeypatch.setattr(engine, "run", silent)

    def work():
        try:
            carry_out(Calculation.objects.get(pk=asked.pk))
        finally:
            connection.close()
        return monotonic()

    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(work)
        while not Calculation.objects.filter(pk=asked.pk, step="priorities").exists():
            sleep(0.01)
        job_is(asked, "doing", now)
        calculations.cancel(calculation=asked, actor=coordinator, now=now)
        cancelled = monotonic()
        assert ended.result() - cancelled < 2.0
    asked.refresh_from_db()
    assert (asked.state, Run.objects.count()) == ("cancelled", 0)


def test_a_result_that_is_there_already_is_not_kept(
    asked, closed, coordinator, now, monkeypatch
):
    real = engine.run

    def cancelled_meanwhile(*args, **options):
        made = real(*args, **options)
        job_is(asked, "doing", now)
        calculations.cancel(calculation=asked, actor=coordinator, now=now)
        return made

    monkeypatch.setattr(engine, "run", cancelled_meanwhile)
    carry_out(asked)
    closed.refresh_from_db()
    assert (asked.state, Run.objects.count(), closed.drawn_at) == ("cancelled", 0, None)


def test_what_is_done_stays_done(asked, coordinator, now):
    carry_out(asked)
    calculations.cancel(calculation=asked, actor=coordinator, now=now)
    asked.refresh_from_db()
    assert (asked.state, asked.cancel_asked) == ("done", False)


def test_a_worker_that_must_leave_ends_what_it_has(asked):
    carry_out(asked, stop=lambda: True)
    assert (asked.state, asked.failure) == ("failed", "interrupted")
    assert Run.objects.count() == 0


SECONDS = [timedelta(seconds=number) for number in (0, 59, 61)]


@pytest.mark.parametrize(
    ("status", "silent", "lost"),
    (
        ("todo", None, False),
        ("doing", SECONDS[0], False),
        ("doing", SECONDS[1], False),
        ("doing", SECONDS[2], True),
        ("doing", None, True),
        ("failed", SECONDS[0], True),
        ("succeeded", SECONDS[0], True),
        ("cancelled", None, True),
        ("aborted", None, True),
    ),
)
def test_who_has_lost_her_worker(asked, now, status, silent, lost):
    job_is(asked, status, None if silent is None else now - silent)
    assert is_lost(asked, now) is lost
    assert calculations.end_lost(actor=SYSTEM, now=now) == int(lost)
    asked.refresh_from_db()
    assert (asked.state, asked.failure) == (
        ("failed", "interrupted") if lost else ("waiting", "")
    )


def test_a_job_that_is_gone_is_lost(asked, now):
    Calculation.objects.update(job=None)
    assert calculations.end_lost(actor=SYSTEM, now=now) == 1


def test_what_was_to_be_cancelled_is_cancelled_when_its_worker_is_lost(
    asked, coordinator, now
):
    Calculation.objects.update(state="running", begun_at=now)
    job_is(asked, "doing", now)
    for _again in range(2):
        calculations.cancel(calculation=asked, actor=coordinator, now=now)
    asked.refresh_from_db()
    assert asked.state == "running"
    assert Entry.objects.filter(verb="selection.calculation_cancelled").count() == 1
    later = now + timedelta(minutes=5)
    assert calculations.end_lost(actor=SYSTEM, now=later) == 1
    asked.refresh_from_db()
    assert (asked.state, asked.ended_at) == ("cancelled", later)


def test_cancelling_what_is_lost_ends_it(asked, coordinator, now):
    Calculation.objects.update(state="running", begun_at=now)
    job_is(asked, "doing")
    calculations.cancel(calculation=asked, actor=coordinator, now=now)
    asked.refresh_from_db()
    assert asked.state == "cancelled"


def test_asking_again_where_the_worker_is_lost_begins_anew(
    asked, closed, coordinator, now
):
    Calculation.objects.update(state="running", begun_at=now)
    job_is(asked, "doing")
    again = calculations.ask_draw(call=closed, actor=coordinator, now=now)
    asked.refresh_from_db()
    assert (asked.failure, again.state) == ("interrupted", "waiting")
    assert again != asked


def test_a_worker_that_was_given_up_keeps_nothing(asked, now, monkeypatch):
    real = engine.run

    def given_up(*args, **options):
        made = real(*args, **options)
        job_is(asked, "doing")
        calculations.end_lost(actor=SYSTEM, now=now)
        return made

    monkeypatch.setattr(engine, "run", given_up)
    carry_out(asked)
    assert (asked.state, asked.failure) == ("failed", "interrupted")
    assert Run.objects.count() == 0


def test_the_sweep_is_the_worker_s(asked):
    job_is(asked, "failed")
    tasks.end_lost(timestamp=0)
    asked.refresh_from_db()
    assert asked.failure == "interrupted"


@pytest.mark.parametrize(
    ("change", "constraint"),
    (
        ({"state": "done"}, "calculation_done_has_result"),
        ({"state": "failed"}, "calculation_failed_says_why"),
        ({"failure": "broken"}, "calculation_failed_says_why"),
        ({"kind": "again"}, "calculation_again_is_about_a_run"),
        ({"state": "cancelled"}, "calculation_ended_has_time"),
        ({"state": "running"}, "calculation_begun_has_time"),
    ),
)
def test_what_a_calculation_cannot_be(asked, now, change, constraint):
    # Else two constraints would be broken at once.
    if change.get("state") in {"done", "failed"}:
        change = {**change, "ended_at": now, "begun_at": now}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Calculation.objects.update(**change)


@pytest.mark.parametrize(
    ("kind", "constraint"),
    (
        ("draw", "calculation_one_live_draw"),
        ("what_if", "calculation_one_live_trial"),
    ),
)
def test_what_cannot_be_twice_at_once(asked, kind, constraint):
    Calculation.objects.update(kind=kind)
    asked.refresh_from_db()
    asked.pk = None
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        asked.save(force_insert=True)
