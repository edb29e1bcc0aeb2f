"""
The certificates of everybody who completed a course, made by the worker.

It goes by parts, each in a transaction of its own: what a worker that was ended has
issued stays, and the next one goes on from there. Nobody gets two.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as queue

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import SYSTEM, Actor
from mosty.kernel import jobs
from mosty.kernel.access import require
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.actions import minting
from mosty.training.actions.certificates import CannotIssue, ready
from mosty.training.models import Issuing
from mosty.training.queries.contents import Content, Frame
from mosty.training.queries.due import due
from mosty.training.queries.standing import Standing

TASK = "training.issue"
# Certificates of one transaction: what is lost, at most, when a worker is ended.
PART = 100
# How often another worker goes on, before somebody has to ask again.
MOST_RESUMED = 3


@transaction.atomic(durable=True)
def ask(*, course: Course, actor: User, now: datetime) -> Issuing:
    """
    Let the worker issue. While it does, that asking is returned.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotIssue: if it is too early, nothing says what certificates say, or
        nobody waits for one.
    """
    require(policies.can_issue(actor, course))
    course = (
        Course.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=course.pk)
    )
    live = (
        Issuing.objects.select_for_update(of=("self",))
        .filter(course=course, state__in=Issuing.LIVE)
        .first()
    )
    if live is not None:
        return live
    ready(course, now)
    total = len(due(course, now))
    if not total:
        raise CannotIssue(_("Nobody waits for a certificate."))
    issuing = Issuing.objects.create(
        course=course,
        asker_key=actor.ledger_key,
        asked_by=actor.ledger_label,
        asked_at=now,
        total=total,
    )
    _queue(issuing)
    _record("certificates.asked", issuing, actor=actor, now=now)
    return issuing


def _queue(issuing: Issuing) -> None:
    # The queue is in the same database: the job exists if, and only if, this commits.
    issuing.job = queue.configure_task(TASK, queue="training").defer(issuing=issuing.pk)
    issuing.save(update_fields=["job"])


@transaction.atomic(durable=True)
def cancel(*, issuing: Issuing, actor: User, now: datetime) -> Issuing:
    """
    Stop issuing. Certificates that were issued stay; where it has ended, nothing changes.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    """
    require(policies.can_issue(actor, issuing.course))
    issuing = _locked(issuing.pk)
    if not issuing.is_live or issuing.cancel_asked:
        return issuing
    issuing.cancel_asked = True
    issuing.save(update_fields=["cancel_asked"])
    if issuing.state == Issuing.State.WAITING and issuing.job is not None:
        queue.job_manager.cancel_job_by_id(issuing.job)
        _end(issuing, Issuing.State.CANCELLED, now)
    elif jobs.is_forsaken(issuing.job, now):
        _end(issuing, Issuing.State.CANCELLED, now)
    _record("certificates.cancelled", issuing, actor=actor, now=now)
    return issuing


def carry_out(
    *,
    issuing: int,
    actor: Actor,
    now: datetime,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """
    Issue what waits, part by part, in the name of who asked, with the rights she has now.

    ``stop`` says that the worker must leave; another one goes on later.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_tend(actor))
    begun = _begin(issuing, now)
    if begun is None:
        return
    try:
        asker = _asker(begun)
        while not stop() and _part(begun, asker, now):
            pass
    except PermissionDenied:
        _fail(begun.pk, "not_allowed", now)
    except CannotIssue:
        _fail(begun.pk, "not_ready", now)
    except Exception:
        _fail(begun.pk, "broken", now)
        raise


def _begin(issuing: int, now: datetime) -> Issuing | None:
    """Return the asking if it waited, and no longer does."""
    waiting = Issuing.objects.filter(pk=issuing, state=Issuing.State.WAITING)
    if not waiting.update(state=Issuing.State.RUNNING, begun_at=now):
        return None
    return Issuing.objects.select_related("course__programme").get(pk=issuing)


def _asker(begun: Issuing) -> User:
    """
    Return who asked.

    :raises PermissionDenied: if she may no longer sign in, or no longer coordinates.
    """
    key = begun.asker_key.removeprefix("user:")
    user = User.objects.filter(pk=key, is_active=True).first()
    if user is None:
        raise PermissionDenied
    require(policies.can_issue(user, begun.course))
    return user


@transaction.atomic(durable=True)
def _part(begun: Issuing, asker: User, now: datetime) -> bool:
    """Issue the next part; return whether there may be more."""
    row = _locked(begun.pk)
    if row.state != Issuing.State.RUNNING:
        return False
    if row.cancel_asked:
        _end(row, Issuing.State.CANCELLED, now)
        return False
    made, more = _mint(begun.course, asker, now)
    row.issued += made
    row.save(update_fields=["issued"])
    if not more:
        _end(row, Issuing.State.DONE, now)
    return more


def _mint(course: Course, asker: User, now: datetime) -> tuple[int, bool]:
    frame = ready(course, now)
    waiting = due(course, now)
    keys: Sequence[int] = sorted(waiting)[:PART]
    made = minting.mint(
        [
            (offer, _content(frame, offer, waiting[offer.pk]))
            for offer in minting.locked(keys)
        ],
        course=course,
        actor=asker,
        now=now,
    )
    return len(made), len(waiting) > len(keys)


def _content(frame: Frame, offer: Offer, standing: Standing) -> Content:
    return frame.content(offer.nomination, minutes=standing.attended, of=standing.total)


@transaction.atomic(durable=True)
def _fail(issuing: int, code: str, now: datetime) -> None:
    row = _locked(issuing)
    if row.is_live:
        row.failure = code
        _end(row, Issuing.State.FAILED, now)
        _record("certificates.failed", row, actor=SYSTEM, now=now)


def _end(row: Issuing, state: Issuing.State, now: datetime) -> None:
    row.state, row.ended_at = state, now
    row.save(update_fields=["state", "ended_at", "failure"])


def _locked(issuing: int) -> Issuing:
    return (
        Issuing.objects.select_for_update(of=("self",))
        .select_related("course__programme")
        .get(pk=issuing)
    )


@transaction.atomic(durable=True)
def resume_lost(*, actor: Actor, now: datetime) -> int:
    """
    Let another worker go on with what has lost its own; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_tend(actor))
    live = (
        Issuing.objects.select_for_update(of=("self",))
        .select_related("course__programme")
        .filter(state__in=Issuing.LIVE)
        .order_by("pk")
    )
    lost = [row for row in live if jobs.is_forsaken(row.job, now)]
    for row in lost:
        if row.cancel_asked:
            _end(row, Issuing.State.CANCELLED, now)
        elif row.resumed >= MOST_RESUMED:
            row.failure = "interrupted"
            _end(row, Issuing.State.FAILED, now)
            _record("certificates.failed", row, actor=SYSTEM, now=now)
        else:
            row.state, row.resumed = Issuing.State.WAITING, row.resumed + 1
            row.save(update_fields=["state", "resumed"])
            _queue(row)
    return len(lost)


def _record(verb: str, issuing: Issuing, *, actor: Actor, now: datetime) -> None:
    after: dict[str, object] = {"total": issuing.total, "issued": issuing.issued}
    if issuing.failure:
        after["failure"] = issuing.failure
    audit.record(
        actor=actor,
        verb=verb,
        target=issuing.course,
        at=now,
        scope=issuing.course.programme.slug,
        after=after,
    )
