"""Draws and trials that the worker makes: asked for, made once, cancelled, lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import monotonic, sleep

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.engines import selection as engine
from mosty.engines.selection.watch import watching
from mosty.nominations.models import Nomination, RulesVersion
from mosty.selection import tasks, words
from mosty.selection.actions import calculations, pulse, runs
from mosty.selection.models import Calculation, Run
from mosty.selection.queries.calculations import calculation_page, is_lost
from tests.engines.selection.test_watch import market_split
from tests.factories import make_user

# Limits that nobody nominated can meet.
POLICE = [{"attribute": "department", "value": "police", "least": 1, "most": None}]
STEPS = ("priorities", "cohorts", "odds", "reasons", "rules")


@pytest.fixture
def asked(closed, coordinator, now):
    return calculations.ask_draw(call=closed, actor=coordinator, now=now)


@pytest.fixture
def second_coordinator(odihr):
    return make_user("Ada Again", role=Role.COORDINATOR, organisation=odihr)


def carry_out(calculation, **options):
    options.setdefault("now", timezone.now())
    calculations.carry_out(calculation=calculation.pk, actor=SYSTEM, **options)
    calculation.refresh_from_db()
    return calculation


def job_is(calculation, status, heartbeat=None):
    """Let the queue say how the job of ``calculation`` is, and when its worker spoke."""
    with connection.cursor() as cursor:
        worker = None
        if heartbeat is not None:
            cursor.execute(
                "insert into procrastinate_workers (last_heartbeat) values (%s)"
                " returning id",
                [heartbeat],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "update procrastinate_jobs set status = %s::procrastinate_job_status,"
            " worker_id = %s where id = %s",
            [status, worker, calculation.job],
        )


def verbs():
    return list(Entry.objects.order_by("id").values_list("verb", "actor_label"))


# Asking --------------------------------------------------------------------------


def test_a_draw_that_is_asked_for_is_queued_with_its_rules(asked, closed, now):
    assert (asked.kind, asked.state, asked.asked_at) == ("draw", "waiting", now)
    assert (asked.rules_version, asked.rules) == (
        closed.rules_version,
        closed.rules.as_json(),
    )
    job = ProcrastinateJob.objects.get()
    assert (job.pk, job.task_name, job.args, job.status) == (
        asked.job,
        "selection.calculate",
        {"calculation": asked.pk},
        "todo",
    )
    assert verbs() == [("selection.asked", "Alice Adams")]
    assert Run.objects.count() == 0


def test_asking_twice_for_a_draw_is_asking_once(
    asked, closed, coordinator, second_coordinator, now
):
    for actor in (coordinator, second_coordinator):
        again = calculations.ask_draw(call=closed, actor=actor, now=now)
        assert again == asked
    assert ProcrastinateJob.objects.count() == 1
    assert len(verbs()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_draw(closed, coordinator, now):
    together = Barrier(2, timeout=30)

    def ask():
        connection.ensure_connection()
        together.wait()
        try:
            return calculations.ask_draw(call=closed, actor=coordinator, now=now).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = {work.result() for work in [pool.submit(ask) for _ in range(2)]}
    assert found == {Calculation.objects.get().pk}


def test_what_must_be_settled_first_is_said_at_once(closed, coordinator, now):
    Nomination.objects.filter(call=closed).update(checked_at=None)
    with pytest.raises(runs.CannotRun, match="Something must be settled"):
        calculations.ask_draw(call=closed, actor=coordinator, now=now)
    assert Calculation.objects.count() == 0


def test_no_second_draw_is_asked_for_while_one_stands(run, closed, coordinator, now):
    with pytest.raises(runs.CannotRun, match="There is a draw already"):
        calculations.ask_draw(call=closed, actor=coordinator, now=now)
    assert Calculation.objects.count() == 0


def test_one_trial_of_a_person_at_a_time(closed, coordinator, second_coordinator, now):
    def ask(seats, actor=coordinator):
        rules = {**closed.rules.as_json(), "seats": seats}
        return calculations.ask_what_if(call=closed, rules=rules, actor=actor, now=now)

    first = ask(5)
    assert ask(5) == first
    with pytest.raises(runs.CannotRun, match="Another trial of yours"):
        ask(6)
    other = ask(6, second_coordinator)
    assert (first.rules["seats"], other.rules["seats"]) == (5, 6)
    carry_out(first)
    assert ask(6).state == "waiting"


def test_senseless_rules_are_never_queued(closed, coordinator, now):
    rules = {**closed.rules.as_json(), "seats": 0}
    with pytest.raises(runs.CannotRun) as refused:
        calculations.ask_what_if(call=closed, rules=rules, actor=coordinator, now=now)
    assert list(refused.value.fields) == ["seats"]
    assert ProcrastinateJob.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "allowed"),
    (
        ("coordinator", True),
        ("partner", False),
        ("secretariat", False),
        ("city", False),
        ("trainer", False),
        ("stranger", False),
    ),
)
def test_who_may_ask_and_cancel(request, closed, asked, now, who, allowed):
    actor = request.getfixturevalue(who)
    acts = (
        lambda: calculations.ask_draw(call=closed, actor=actor, now=now),
        lambda: calculations.ask_what_if(
            call=closed, rules=closed.rules.as_json(), actor=actor, now=now
        ),
        lambda: calculations.cancel(calculation=asked, actor=actor, now=now),
    )
    done = []
    for act in acts:
        try:
            act()
        except PermissionDenied:
            done.append(False)
        else:
            done.append(True)
    assert done == [allowed] * 3


def test_only_the_installation_carries_out_and_sweeps(asked, coordinator, now):
    with pytest.raises(PermissionDenied):
        calculations.carry_out(calculation=asked.pk, actor=coordinator, now=now)
    with pytest.raises(PermissionDenied):
        calculations.end_lost(actor=coordinator, now=now)
    asked.refresh_from_db()
    assert asked.state == "waiting"


# Making --------------------------------------------------------------------------


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


# Failing -------------------------------------------------------------------------


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


# Cancelling ----------------------------------------------------------------------


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


# Lost workers --------------------------------------------------------------------

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


# What is always true ---------------------------------------------------------------


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
