"""Draws and trials that the worker makes: who asks, and for what."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from mosty.accounts.models import Role
from mosty.nominations.models import Nomination
from mosty.selection.actions import calculations, runs
from mosty.selection.models import Calculation, Run
from tests.factories import make_user
from tests.selection.calculations.given import carry_out, verbs


@pytest.fixture
def second_coordinator(odihr):
    return make_user("Ada Again", role=Role.COORDINATOR, organisation=odihr)


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
