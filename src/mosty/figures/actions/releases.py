"""
Releases: asked for, made by the worker, published.

Which tables are counted is the business of the apps above: they ask within an action of
their own, and hand over what counts.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as queue

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import SYSTEM, Actor
from mosty.directory.models import Organisation
from mosty.engines.errors import SolverFailed
from mosty.figures import policies
from mosty.figures.models import Release
from mosty.figures.queries.releases import is_lost, known
from mosty.figures.releases.document import Document
from mosty.figures.releases.making import CannotMake, Made, make
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal

State = Release.State
# What counts for a release, in the name of who asked for it.
Count = Callable[[Release, User], Document]


class CannotRelease(Refusal):
    """There is one in the making, it was not let pass, or a reason is missing."""


class _Stopped(Exception):
    """Nobody wants it any more, or the worker must leave."""


def draft(
    *,
    owner: Organisation | None,
    subject: str,
    year: int,
    rules: Mapping[str, Any],
    reason: str,
    task: str,
    actor: User,
    now: datetime,
) -> Release:
    """
    Let the worker make the next release of a year; inside the caller's transaction.

    While one waits or is being made, that one is returned. One that is ready, and was not
    published, is set aside.

    :raises PermissionDenied: if ``actor`` makes no releases for ``owner``.
    :raises CannotRelease: if it is a correction and no reason is given.
    """
    require(policies.can_release(actor, owner))
    rows = Release.objects.select_for_update(of=("self",)).filter(
        owner=owner, subject=subject, year=year
    )
    live = rows.filter(state__in=Release.LIVE).first()
    if live is not None and live.is_live and not is_lost(live, now):
        return live
    if live is not None:
        _end(live, State.DISCARDED, now)
    last = rows.filter(state=State.PUBLISHED).order_by("-number").first()
    if last is not None and not reason.strip():
        sentence = _("Say why the published numbers are corrected. Readers see it.")
        raise CannotRelease(sentence, fields={"reason": sentence})
    release = Release.objects.create(
        owner=owner,
        subject=subject,
        year=year,
        number=last.number + 1 if last else 1,
        corrects=last,
        reason=reason.strip() if last else "",
        rules=dict(rules),
        asker_key=actor.ledger_key,
        asked_by=actor.ledger_label,
        asked_at=now,
    )
    # The queue is in the same database: the job exists if, and only if, this commits.
    release.job = queue.configure_task(task, queue="releases").defer(release=release.pk)
    release.save(update_fields=["job"])
    _record("release.asked", release, actor, now)
    return release


def carry_out(
    *,
    release: int,
    count: Count,
    actor: Actor,
    now: datetime,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """
    Count, protect and audit what waits, in the name of who asked for it.

    Once only, however many workers try. Publishes nothing.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    begun = _begin(release)
    if begun is None:
        return
    since = monotonic()

    def at() -> datetime:
        return now + timedelta(seconds=monotonic() - since)

    try:
        document = count(begun, _asker(begun))
        made = make(document, known(begun), step=_pulse(begun, stop))
        _keep(begun, document, made, now, at())
    except _Stopped:
        _stopped(begun, at())
    except PermissionDenied:
        _refuse(begun, "not_allowed", {}, at())
    except CannotMake as refusal:
        _refuse(begun, refusal.code, refusal.params, at())
    except SolverFailed:
        _refuse(begun, "solver", {}, at())
    except Exception:
        _refuse(begun, "broken", {}, at())
        raise


def _begin(release: int) -> Release | None:
    """Return the release if it waited, and no longer does."""
    waiting = Release.objects.filter(pk=release, state=State.DRAFT)
    if not waiting.update(state=State.COMPUTING):
        return None
    return Release.objects.select_related("owner", "corrects").get(pk=release)


def _asker(release: Release) -> User:
    """
    Return who asked, with the rights she has now.

    :raises PermissionDenied: if she may no longer sign in, or release.
    """
    key = release.asker_key.removeprefix("user:")
    user = User.objects.filter(pk=key, is_active=True).first()
    require(policies.can_release(user, release.owner))
    if user is None:
        raise PermissionDenied
    return user


def _pulse(release: Release, stop: Callable[[], bool]) -> Callable[[str], None]:
    wanted = Release.objects.filter(
        pk=release.pk, state=State.COMPUTING, cancel_asked=False
    )

    def step(name: str) -> None:
        if not wanted.update(step=name) or stop():
            raise _Stopped

    return step


@transaction.atomic(durable=True)
def _keep(
    begun: Release, document: Document, made: Made, counted: datetime, now: datetime
) -> None:
    """Keep what was made, unless nobody wants it any more."""
    row = _locked(begun.pk)
    if row.state != State.COMPUTING or row.cancel_asked:
        raise _Stopped
    row.counts, row.counted_at = document.text(), counted
    row.artefact, row.sha256, row.report = made.text, made.digest, made.report
    row.failure, row.failure_params = made.failure, dict(made.params or {})
    _end(row, State.REFUSED if made.failure else State.READY, now)
    _record(f"release.{row.state}", row, SYSTEM, now)


@transaction.atomic(durable=True)
def _stopped(begun: Release, now: datetime) -> None:
    row = _locked(begun.pk)
    if row.is_live and row.cancel_asked:
        _end(row, State.DISCARDED, now)
    elif row.is_live:
        _fail(row, "interrupted", {}, now)


@transaction.atomic(durable=True)
def _refuse(
    begun: Release, code: str, params: Mapping[str, Any], now: datetime
) -> None:
    row = _locked(begun.pk)
    if row.is_live:
        _fail(row, code, params, now)


def _fail(row: Release, code: str, params: Mapping[str, Any], now: datetime) -> None:
    row.failure, row.failure_params = code, dict(params)
    _end(row, State.REFUSED, now)
    _record("release.refused", row, SYSTEM, now)


@transaction.atomic(durable=True)
def cancel(*, release: Release, actor: User, now: datetime) -> Release:
    """
    Let nothing come of a release that waits or is being made, or set a ready one aside.

    One that has ended otherwise stays as it is.

    :raises PermissionDenied: if ``actor`` makes no releases for its owner.
    """
    require(policies.can_release(actor, release.owner))
    row = _locked(release.pk)
    if row.state not in Release.LIVE or row.cancel_asked:
        return row
    if row.state == State.DRAFT and row.job is not None:
        queue.job_manager.cancel_job_by_id(row.job)
    if row.state == State.COMPUTING and not is_lost(row, now):
        # Its worker ends it at its next step.
        row.cancel_asked = True
        row.save(update_fields=["cancel_asked"])
    else:
        _end(row, State.DISCARDED, now)
    _record("release.set_aside", row, actor, now)
    return row


@transaction.atomic(durable=True)
def publish(*, release: Release, actor: User, now: datetime) -> Release:
    """
    Publish what the audit let pass; what is published stays as it is. Twice is once.

    :raises PermissionDenied: if ``actor`` makes no releases for its owner.
    :raises CannotRelease: if it is not ready.
    """
    require(policies.can_release(actor, release.owner))
    row = _locked(release.pk)
    if row.state == State.PUBLISHED:
        return row
    if row.state != State.READY:
        raise CannotRelease(_("Only what the audit let pass can be published."))
    # A clock that was set back makes no time before it was counted.
    row.state, row.published_at = State.PUBLISHED, max(now, row.counted_at or now)
    row.published_by = actor.ledger_label
    row.save(update_fields=["state", "published_at", "published_by"])
    _record("release.published", row, actor, now)
    return row


@transaction.atomic(durable=True)
def end_lost(*, actor: Actor, now: datetime) -> int:
    """
    End the releases whose worker is gone; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    rows = Release.objects.select_for_update(of=("self",), skip_locked=True)
    lost = [row for row in rows.filter(state=State.COMPUTING) if is_lost(row, now)]
    for row in lost:
        _fail(row, "interrupted", {}, now)
    return len(lost)


def _end(row: Release, state: State, now: datetime) -> None:
    row.state, row.ended_at = state, now
    row.save(
        update_fields=[
            "artefact", "counted_at", "counts", "ended_at", "failure", "failure_params",
            "report", "sha256", "state",
        ]
    )  # fmt: skip


def _locked(release: int) -> Release:
    return (
        Release.objects.select_for_update(of=("self",))
        .select_related("owner")
        .get(pk=release)
    )


def _record(verb: str, release: Release, actor: Actor, now: datetime) -> None:
    after: dict[str, Any] = {"year": release.year, "number": release.number}
    if release.failure:
        after["failure"] = release.failure
    if release.state == State.PUBLISHED:
        after["sha256"] = release.sha256
    audit.record(
        actor=actor,
        verb=verb,
        target=release,
        at=now,
        scope=release.subject.partition(":")[2] or release.subject,
        reason=release.reason if verb == "release.asked" else "",
        after=after,
    )
