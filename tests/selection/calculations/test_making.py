"""Draws and trials are made by the worker: once, and from what was asked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import translation
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from mosty.accounts.models import User
from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.engines import selection as engine
from mosty.nominations.models import Nomination, RulesVersion
from mosty.selection import tasks, words
from mosty.selection.actions import calculations, pulse, runs
from mosty.selection.models import Calculation, Run
from mosty.selection.queries.calculations import calculation_page
from tests.selection.calculations.given import POLICE, STEPS, carry_out, verbs


def test_what_was_asked_for_is_made_in_the_name_of_who_asked(asked, now):
    carry_out(asked, now=now)
    run = Run.objects.get()
    assert (asked.state, asked.run, asked.begun_at) == ("done", run, now)
    assert now < asked.ended_at < now + timedelta(minutes=5)
    assert (run.kind, run.made_by, run.number) == ("draw", "Alice Adams", 1)
    assert verbs() == [
        ("selection.asked", "Alice Adams"),
        ("selection.drawn", "Alice Adams"),
    ]


def test_a_trial_is_made_with_the_rules_that_were_tried(closed, coordinator, now):
    rules = {**closed.rules.as_json(), "seats": 6}
    asked = calculations.ask_what_if(
        call=closed, rules=rules, actor=coordinator, now=now
    )
    run = carry_out(asked).run
    assert (run.kind, run.rules["seats"]) == ("what_if", 6)
    assert run.decisions.filter(outcome="selected").count() == 6


def test_it_is_made_once_however_often_a_worker_tries(asked):
    carry_out(asked)
    ended = asked.ended_at
    carry_out(asked)
    assert (Run.objects.count(), asked.ended_at) == (1, ended)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_it_once(asked, now):
    together = Barrier(2, timeout=30)

    def work():
        connection.ensure_connection()
        together.wait()
        try:
            calculations.carry_out(calculation=asked.pk, actor=SYSTEM, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(work) for _ in range(2)]:
            one.result()
    asked.refresh_from_db()
    assert (asked.state, Run.objects.count()) == ("done", 1)
    assert Entry.objects.filter(verb="selection.drawn").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_draws(asked, monkeypatch):
    # As in production, so that the worker's thread leaves no connection open.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    # An app of its own, so that no periodic task of other apps comes between.
    worker = DjangoApp(connector=queue.connector.get_worker_connector())
    worker.tasks["selection.calculate"] = tasks.calculate

    def work():
        with worker.open():
            worker.run_worker(
                wait=False, install_signal_handlers=False, listen_notify=False
            )

    # In a thread: where browser tests have run, this one has an event loop already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()
    asked.refresh_from_db()
    assert (asked.state, asked.run) == ("done", Run.objects.get())
    assert ProcrastinateJob.objects.get().status == "succeeded"


def test_what_a_run_keeps_in_words_is_in_the_language_of_who_asked(
    closed, coordinator, now
):
    with translation.override("pl"):
        asked = calculations.ask_what_if(
            call=closed, rules=closed.rules.as_json(), actor=coordinator, now=now
        )
    assert carry_out(asked).run.seed_source == "próba, nie losowanie"


def test_progress_is_written_once_a_second(asked, now, monkeypatch):
    Calculation.objects.update(state="running", begun_at=now)
    moments = iter((10.0, 10.0, 10.9, 11.0, 11.0))
    monkeypatch.setattr(pulse, "monotonic", lambda: next(moments))
    beating = pulse.Pulse(asked.pk, lambda: False)
    shown = []
    for number in (1, 2, 3):
        beating.beat("cohorts", number)
        asked.refresh_from_db()
        shown.append((asked.step, asked.number))
    assert shown == [("cohorts", 1), ("cohorts", 1), ("cohorts", 3)]
    assert not beating.is_over()


def test_the_engine_says_what_it_is_doing(asked, monkeypatch):
    monkeypatch.setattr(pulse, "PULSE_SECONDS", 0.0)
    seen = []
    beat = calculations.Pulse.beat

    def noted(pulse, step, number):
        beat(pulse, step, number)
        seen.append(Calculation.objects.get().step)

    monkeypatch.setattr(calculations.Pulse, "beat", noted)
    carry_out(asked)
    # What other rules would have given is not worked out for every pool.
    assert {*seen} - {"rules"} == {*STEPS} - {"rules"}


def test_rules_that_collide_are_kept_and_said_in_both_languages(
    closed, coordinator, now
):
    rules = {**closed.rules.as_json(), "quotas": POLICE}
    asked = calculations.ask_what_if(
        call=closed, rules=rules, actor=coordinator, now=now
    )
    carry_out(asked)
    assert (asked.state, asked.failure, asked.run) == ("failed", "no_cohort", None)
    assert [limit["code"] for limit in asked.failure_params["limits"]] == [
        "quota_least"
    ]
    assert calculation_page(asked, now).sentence == (
        "These rules cannot all be kept with these nominations: "
        "kind of unit, municipal police: at least 1."
    )
    with translation.override("pl"):
        assert calculation_page(asked, now).sentence == (
            "Przy tych zgłoszeniach nie można zachować wszystkich zasad jednocześnie: "
            "rodzaj jednostki, straż miejska: co najmniej 1."
        )
    entry = Entry.objects.get(verb="selection.calculation_failed")
    assert (entry.actor_label, entry.after) == (
        "Mosty",
        {"kind": "what_if", "failure": "no_cohort"},
    )


def test_a_draw_without_a_group_is_noted_as_before(closed, coordinator, now):
    version = closed.rules_version
    RulesVersion.objects.create(
        call=closed,
        number=2,
        stored={**version.stored, "quotas": POLICE},
        reason="Police.",
        made_by="Alice",
        made_at=now,
    )
    closed = type(closed).objects.get(pk=closed.pk)
    asked = calculations.ask_draw(call=closed, actor=coordinator, now=now)
    carry_out(asked)
    assert asked.failure == "no_cohort"
    assert [verb for verb, _who in verbs()] == [
        "selection.asked",
        "selection.impossible",
        "selection.calculation_failed",
    ]


def change_rules(closed, coordinator, now):
    RulesVersion.objects.create(
        call=closed,
        number=2,
        stored=closed.rules_version.stored,
        reason="Changed.",
        made_by="Alice",
        made_at=now,
    )


def uncheck(closed, coordinator, now):
    Nomination.objects.filter(call=closed).update(checked_at=None)


def draw_directly(closed, coordinator, now):
    runs.draw(call=closed, actor=coordinator, now=now)


def take_rights(closed, coordinator, now):
    coordinator.grants.all().delete()


def lock_out(closed, coordinator, now):
    User.objects.filter(pk=coordinator.pk).update(is_active=False)


def decline_all(closed, coordinator, now):
    Nomination.objects.filter(call=closed).update(answer="declined")


@pytest.mark.parametrize(
    ("meanwhile", "failure", "number_of_runs"),
    (
        (change_rules, "changed", 0),
        (uncheck, "obstacles", 0),
        (draw_directly, "stands", 1),
        (take_rights, "not_allowed", 0),
        (lock_out, "not_allowed", 0),
        (decline_all, "nobody", 0),
    ),
)
def test_what_has_changed_since_it_was_asked_for(
    asked, closed, coordinator, now, meanwhile, failure, number_of_runs
):
    meanwhile(closed, coordinator, now)
    carry_out(asked)
    assert (asked.state, asked.failure, asked.run) == ("failed", failure, None)
    assert Run.objects.count() == number_of_runs


def test_what_changes_while_it_is_being_made(asked, closed, monkeypatch):
    real = engine.run

    def slowly(*args, **options):
        made = real(*args, **options)
        gone = Nomination.objects.filter(call=closed).first()
        Nomination.objects.filter(pk=gone.pk).update(answer="declined")
        return made

    monkeypatch.setattr(engine, "run", slowly)
    carry_out(asked)
    assert (asked.state, asked.failure) == ("failed", "changed")
    assert Run.objects.count() == 0


def test_a_solver_that_fails_is_said(asked, monkeypatch):
    def fail(*args, **options):
        raise engine.SolverFailed("no")

    monkeypatch.setattr(engine, "run", fail)
    carry_out(asked)
    assert (asked.state, asked.failure) == ("failed", "broken")


def test_a_fault_of_ours_is_kept_and_raised_for_the_log(asked, monkeypatch):
    def fail(*args, **options):
        raise ZeroDivisionError

    monkeypatch.setattr(engine, "run", fail)
    with pytest.raises(ZeroDivisionError):
        carry_out(asked)
    asked.refresh_from_db()
    assert (asked.state, asked.failure) == ("failed", "broken")


def test_after_a_failure_it_can_be_asked_for_again(asked, closed, coordinator, now):
    uncheck(closed, coordinator, now)
    carry_out(asked)
    Nomination.objects.filter(call=closed).update(checked_at=now)
    again = calculations.ask_draw(call=closed, actor=coordinator, now=now)
    assert again != asked
    assert carry_out(again).state == "done"


@pytest.mark.parametrize("language", ("en", "pl"))
def test_every_failure_has_its_own_sentence(language):
    codes = (
        "bad_rules", "broken", "changed", "interrupted", "no_cohort", "nobody",
        "not_allowed", "obstacles", "repetition_runs", "stands", "trial_runs",
    )  # fmt: skip
    with translation.override(language):
        assert len({words.refusal_words(code, {}) for code in codes}) == len(codes)
