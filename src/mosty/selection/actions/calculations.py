"""
What the worker makes: asked for, carried out, cancelled, found lost.

Who asks gets her page back at once; the actions of ``runs`` do the work later, in her
name, and check again all that they check for anybody.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app as queue

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import SYSTEM, Actor
from mosty.engines import selection as engine
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations.models import Call
from mosty.selection import policies
from mosty.selection.actions import numbering, runs
from mosty.selection.actions.pulse import Pulse
from mosty.selection.actions.repeating import repetition_of
from mosty.selection.models import Calculation, NumberedList, Run
from mosty.selection.queries import calculations as found

TASK = "selection.calculate"
Kind = Calculation.Kind


@transaction.atomic(durable=True)
def ask_draw(*, call: Call, actor: Actor, now: datetime) -> Calculation:
    """
    Let the worker draw. While one is being made, that one is returned.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRun: if something must be settled first, or a draw stands already.
    """
    require(policies.can_run(actor, call))
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if live := _live(call, Kind.DRAW, now):
        return live
    runs.require_ready(call=call, now=now)
    return _ask(call, Kind.DRAW, call.rules.as_json(), actor, now)


@transaction.atomic(durable=True)
def ask_what_if(
    *, call: Call, rules: Mapping[str, Any], actor: Actor, now: datetime
) -> Calculation:
    """
    Let the worker try other rules. While the same are being tried, that trial is returned.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRun: if the rules make no sense, or ``actor`` has another trial made.
    """
    require(policies.can_run(actor, call))
    tried = runs.sensible(rules=rules).as_json()
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if live := _live(call, Kind.WHAT_IF, now, actor):
        if live.rules != tried:
            raise runs.CannotRun("trial_runs")
        return live
    return _ask(call, Kind.WHAT_IF, tried, actor, now)


@transaction.atomic(durable=True)
def ask_again(*, run: Run, actor: Actor, now: datetime) -> Calculation:
    """
    Let the worker solve a run again. While that is being done, it is returned.

    :raises PermissionDenied: if ``actor`` does not see the run.
    :raises CannotRun: if another run is being solved again for ``actor``.
    """
    require(policies.can_solve_again(actor, run))
    # Of two presses at once, one waits here and then finds what the other asked for.
    list(User.objects.select_for_update(no_key=True).filter(pk=_key(actor.ledger_key)))
    rows = Calculation.objects.select_for_update().filter(
        kind=Kind.AGAIN, asker_key=actor.ledger_key, state__in=Calculation.LIVE
    )
    if live := _not_lost(rows.first(), now):
        if live.about_id != run.pk:
            raise runs.CannotRun("repetition_runs")
        return live
    return _ask(run.call, Kind.AGAIN, run.rules, actor, now, about=run)


@transaction.atomic(durable=True)
def ask_list(*, call: Call, actor: Actor, now: datetime) -> Calculation:
    """
    Settle what enters a draw in public, and let the worker make its numbered list.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRun: if no number decides here, or something must be settled first.
    """
    require(policies.can_run(actor, call))
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if live := _live(call, Kind.NUMBERS, now):
        return live
    numbering.settle(call=call, actor=actor, now=now)
    return _ask(call, Kind.NUMBERS, call.rules.as_json(), actor, now)


def _live(
    call: Call, kind: Kind, now: datetime, asker: Actor | None = None
) -> Calculation | None:
    """Return what is being made; what has lost its worker is ended instead."""
    rows = Calculation.objects.select_for_update().filter(
        call=call, kind=kind, state__in=Calculation.LIVE
    )
    if asker is not None:
        rows = rows.filter(asker_key=asker.ledger_key)
    return _not_lost(rows.first(), now)


def _not_lost(live: Calculation | None, now: datetime) -> Calculation | None:
    if live is not None and found.is_lost(live, now):
        _fail(live, "interrupted", {}, now)
        return None
    return live


def _ask(
    call: Call,
    kind: Kind,
    rules: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    *,
    about: Run | None = None,
) -> Calculation:
    calculation = Calculation.objects.create(
        call=call,
        kind=kind,
        about=about,
        rules_version=call.rules_version if about is None else about.rules_version,
        rules=rules,
        asker_key=actor.ledger_key,
        asked_by=actor.ledger_label,
        asked_at=now,
        language=translation.get_language() or "en",
    )
    # The queue is in the same database: the job exists if, and only if, this commits.
    calculation.job = queue.configure_task(TASK, queue="selection").defer(
        calculation=calculation.pk
    )
    calculation.save(update_fields=["job"])
    _record("selection.asked", calculation, actor=actor, now=now)
    return calculation


@transaction.atomic(durable=True)
def cancel(*, calculation: Calculation, actor: Actor, now: datetime) -> Calculation:
    """
    Ask that nothing come of a calculation; where it has ended, this changes nothing.

    What no worker has begun, or a lost one, is ended at once; else its worker ends it at
    its next step, and even a result that is there already is not kept.

    :raises PermissionDenied: if ``actor`` neither coordinates the programme nor asked
        for a run to be solved again.
    """
    require(policies.can_cancel(actor, calculation))
    calculation = _locked(calculation.pk)
    if not calculation.is_live or calculation.cancel_asked:
        return calculation
    calculation.cancel_asked = True
    calculation.save(update_fields=["cancel_asked"])
    if calculation.state == Calculation.State.WAITING and calculation.job is not None:
        queue.job_manager.cancel_job_by_id(calculation.job)
        _end(calculation, Calculation.State.CANCELLED, now)
    elif found.is_lost(calculation, now):
        _end(calculation, Calculation.State.CANCELLED, now)
    _record("selection.calculation_cancelled", calculation, actor=actor, now=now)
    return calculation


def carry_out(
    *,
    calculation: int,
    actor: Actor,
    now: datetime,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """
    Make what waits, in the name of who asked for it, and end it.

    Once only, however many workers try. ``stop`` says that the worker must leave. The
    run and the end of its calculation are kept in one transaction.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    begun = _begin(calculation, now)
    if begun is None:
        return
    since = monotonic()

    def at() -> datetime:
        return now + timedelta(seconds=monotonic() - since)

    with translation.override(begun.language):
        try:
            _make(begun, now, at, stop)
        except engine.Cancelled:
            _stopped(begun, at())
        except PermissionDenied:
            _failed(begun, "not_allowed", {}, at())
        except runs.CannotRun as refusal:
            _failed(begun, refusal.code, refusal.params, at())
        except Refusal:
            # Of the note that no group keeps the rules: they are others by now.
            _failed(begun, "changed", {}, at())
        except Exception:
            _failed(begun, "broken", {}, at())
            raise


def _begin(calculation: int, now: datetime) -> Calculation | None:
    """Return the calculation if it waited, and no longer does."""
    waiting = Calculation.objects.filter(
        pk=calculation, state=Calculation.State.WAITING
    )
    if not waiting.update(state=Calculation.State.RUNNING, begun_at=now):
        return None
    return Calculation.objects.select_related("call__course__programme", "about").get(
        pk=calculation
    )


def _make(
    begun: Calculation,
    now: datetime,
    at: Callable[[], datetime],
    stop: Callable[[], bool],
) -> None:
    asker = _asker(begun)
    stored = partial(_keep, begun, at)
    pulse = Pulse(begun.pk, stop)
    watch = engine.Watch(pulse.beat, pulse.is_over)
    if begun.about is not None:
        require(policies.can_solve_again(asker, begun.about))
        _answer(begun, repetition_of(begun.about, watch), asker, at())
        return
    if begun.kind == Kind.WHAT_IF:
        runs.what_if(
            call=begun.call,
            rules=begun.rules,
            actor=asker,
            now=now,
            watch=watch,
            stored=stored,
        )
        return
    if begun.call.rules_version.pk != begun.rules_version_id:
        raise runs.CannotRun("changed")
    if begun.kind == Kind.NUMBERS:
        numbering.make_list(
            call=begun.call,
            actor=asker,
            now=now,
            watch=watch,
            stored=partial(_keep_list, begun, at),
        )
        return
    runs.draw(call=begun.call, actor=asker, now=now, watch=watch, stored=stored)


def _asker(begun: Calculation) -> User:
    """
    Return who asked, with the rights she has now.

    :raises PermissionDenied: if she may no longer sign in.
    """
    user = User.objects.filter(pk=_key(begun.asker_key), is_active=True).first()
    if user is None:
        raise PermissionDenied
    return user


def _key(ledger_key: str) -> str:
    return ledger_key.removeprefix("user:")


def _keep(begun: Calculation, at: Callable[[], datetime], run: Run) -> None:
    """End a calculation with its run, inside the transaction that stores it."""
    row = _wanted(begun)
    row.run = run
    _end(row, Calculation.State.DONE, at())


def _keep_list(
    begun: Calculation, at: Callable[[], datetime], made: NumberedList
) -> None:
    """End a calculation with its list, inside the transaction that stores it."""
    row = _wanted(begun)
    row.answer = {"sha256": made.digest}
    _end(row, Calculation.State.DONE, at())


def _wanted(begun: Calculation) -> Calculation:
    row = _locked(begun.pk)
    if row.state != Calculation.State.RUNNING or row.cancel_asked:
        raise engine.Cancelled
    return row


@transaction.atomic(durable=True)
def _answer(
    begun: Calculation, answer: Mapping[str, Any], asker: Actor, now: datetime
) -> None:
    """End a calculation with an answer, unless nobody wants it any more."""
    row = _wanted(begun)
    row.answer = answer
    _end(row, Calculation.State.DONE, now)
    _record("selection.solved_again", row, actor=asker, now=now)


@transaction.atomic(durable=True)
def _stopped(begun: Calculation, now: datetime) -> None:
    """End what did not go on: as cancelled if somebody asked for that."""
    row = _locked(begun.pk)
    if row.is_live and row.cancel_asked:
        _end(row, Calculation.State.CANCELLED, now)
    elif row.is_live:
        _fail(row, "interrupted", {}, now)


@transaction.atomic(durable=True)
def _failed(
    begun: Calculation, code: str, params: Mapping[str, Any], now: datetime
) -> None:
    row = _locked(begun.pk)
    if row.is_live:
        _fail(row, code, params, now)


def _fail(
    row: Calculation, code: str, params: Mapping[str, Any], now: datetime
) -> None:
    row.failure, row.failure_params = code, dict(params)
    _end(row, Calculation.State.FAILED, now)
    _record("selection.calculation_failed", row, actor=SYSTEM, now=now)


def _end(row: Calculation, state: Calculation.State, now: datetime) -> None:
    row.state, row.ended_at = state, now
    row.save(
        update_fields=[
            "answer", "ended_at", "failure", "failure_params", "run", "state"
        ]
    )  # fmt: skip


def _locked(calculation: int) -> Calculation:
    return (
        Calculation.objects.select_for_update(of=("self",))
        .select_related("call")
        .get(pk=calculation)
    )


@transaction.atomic(durable=True)
def end_lost(*, actor: Actor, now: datetime) -> int:
    """
    End the calculations whose worker is gone; return how many.

    A worker's last act for a calculation is to end it, so what is locked here and still
    live has a worker, waits for one, or is lost.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    live = (
        Calculation.objects.select_for_update(of=("self",))
        .select_related("call")
        .filter(state__in=Calculation.LIVE)
        .order_by("pk")
    )
    lost = [row for row in live if found.is_lost(row, now)]
    for row in lost:
        if row.cancel_asked:
            _end(row, Calculation.State.CANCELLED, now)
        else:
            _fail(row, "interrupted", {}, now)
    return len(lost)


def _record(
    verb: str, calculation: Calculation, *, actor: Actor, now: datetime
) -> None:
    after: dict[str, Any] = {"kind": calculation.kind}
    if calculation.about is not None:
        after["number"] = calculation.about.number
    if calculation.about is not None and calculation.answer is not None:
        after["differences"] = calculation.answer["count"]
    if calculation.failure:
        after["failure"] = calculation.failure
    audit.record(
        actor=actor,
        verb=verb,
        target=calculation,
        at=now,
        scope=calculation.call.slug,
        after=after,
    )
