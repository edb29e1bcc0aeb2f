"""How a plan is signed off, opened again, shared and closed: by the city's contact."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link
from mosty.plans import policies
from mosty.plans.actions import finding
from mosty.plans.actions.drafting import scope_of
from mosty.plans.content import as_json, digest
from mosty.plans.models import (
    MONTHS,
    Action,
    CheckIn,
    Plan,
    PlanVersion,
    Visibility,
)
from mosty.plans.queries.contents import live


class CannotSign(Refusal):
    """The plan is not in a state for this, or something in it is missing."""


def months_after(day: date, months: int) -> date:
    """Return the day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@transaction.atomic(durable=True)
def sign(*, plan: Plan, seen: str, actor: User, now: datetime) -> PlanVersion:
    """
    Sign a draft off: keep it as a version for ever, and plan its check-ins.

    ``seen`` is the digest of what the signer read; signing the same again is as once.

    :raises PermissionDenied: if ``actor`` is not the city's contact.
    :raises CannotSign: if it is no draft, has no action, or changed since it was read.
    """
    require(policies.speaks_for(actor, plan))
    plan = _locked(plan)
    if plan.state != Plan.State.DRAFT:
        raise CannotSign(_("This plan is signed off already."))
    stored = as_json(live(plan))
    if not any(aim["lines"] for aim in stored["aims"]):
        raise CannotSign(
            _("The plan has no action yet. Add one before you sign it off.")
        )
    sha256 = digest(stored)
    if seen != sha256:
        raise CannotSign(
            _("Somebody changed the plan since you read it. Read it again, then sign.")
        )
    version = PlanVersion.objects.create(
        plan=plan,
        number=plan.signed_version + 1,
        content=stored,
        sha256=sha256,
        signed_at=now,
        signed_by=actor.ledger_label,
    )
    plan.state = Plan.State.SIGNED
    plan.signed_version = version.number
    plan.signed_title = plan.title
    if plan.first_signed_at is None:
        plan.first_signed_at = now
        day = plan.programme.local(now).date()
        CheckIn.objects.bulk_create(
            CheckIn(plan=plan, months=months, due_on=months_after(day, months))
            for months in MONTHS
        )
    plan.save(
        update_fields=["state", "signed_version", "signed_title", "first_signed_at"]
    )
    _record("plan.signed", plan, actor, now, {"version": version.number})
    finding.renew(plan)
    return version


@transaction.atomic(durable=True)
def revise(*, plan: Plan, reason: str, actor: User, now: datetime) -> Plan:
    """
    Open a signed plan for a new version; others read the last one until it is signed.

    :raises PermissionDenied: if ``actor`` is not the city's contact.
    :raises CannotSign: if it is not signed off, or no reason is given.
    """
    require(policies.speaks_for(actor, plan))
    plan = _locked(plan)
    if plan.state != Plan.State.SIGNED:
        raise CannotSign(_("Only a plan that is signed off can be opened again."))
    _need(reason)
    plan.state = Plan.State.DRAFT
    plan.save(update_fields=["state"])
    _record("plan.revised", plan, actor, now, reason=reason)
    return plan


@transaction.atomic(durable=True)
def close(*, plan: Plan, note: str, actor: User, now: datetime) -> Plan:
    """
    Close a signed plan, saying what came of it. Check-ins still to come fall away.

    :raises PermissionDenied: if ``actor`` is not the city's contact.
    :raises CannotSign: if it is not signed off, or nothing is said.
    """
    require(policies.speaks_for(actor, plan))
    plan = _locked(plan)
    if plan.state != Plan.State.SIGNED:
        raise CannotSign(_("Only a plan that is signed off can be closed."))
    _need(note, field="note")
    plan.state = Plan.State.CLOSED
    plan.closed_at, plan.closing_note = now, note.strip()[:2000]
    plan.save(update_fields=["state", "closed_at", "closing_note"])
    for check_in in plan.check_ins.filter(answered_at__isnull=True):
        outbox.revoke_links(purpose=Link.Purpose.PLAN, subject=check_in.code, now=now)
    _record("plan.closed", plan, actor, now)
    return plan


@transaction.atomic(durable=True)
def share(
    *, plan: Plan, visibility: int, with_lines: bool, actor: User, now: datetime
) -> Plan:
    """
    Say who sees the plan; lines that were shown more widely are drawn in with it.

    Lines follow a wider circle only ``with_lines``: nothing is published by the way.

    :raises PermissionDenied: if ``actor`` is not the city's contact.
    :raises CannotSign: if it should be shown to the cities of a course it has not.
    """
    require(policies.speaks_for(actor, plan))
    plan = _locked(plan)
    level = Visibility(visibility)
    if level == Visibility.COURSE and plan.course_id is None:
        sentence = _("This plan was drafted at no course. Choose another circle.")
        raise CannotSign(sentence, fields={"visibility": sentence})
    was = plan.visibility
    if was == level and not with_lines:
        return plan
    lines = Action.objects.filter(plan=plan)
    if level < was:
        lines.filter(visibility__gt=level).update(visibility=level)
    plan.visibility = level
    plan.save(update_fields=["visibility"])
    if with_lines:
        lines.update(visibility=level)
    audit.record(
        actor=actor,
        verb="plan.shared",
        target=plan,
        at=now,
        scope=scope_of(plan),
        before={"visibility": was},
        after={"visibility": int(level)},
    )
    finding.renew(plan)
    return plan


@transaction.atomic(durable=True)
def share_line(
    *, action: Action, visibility: int, actor: User, now: datetime
) -> Action:
    """
    Say who sees one line; never more people than see its plan.

    :raises PermissionDenied: if ``actor`` is not the city's contact.
    """
    require(policies.speaks_for(actor, action.plan))
    plan = _locked(action.plan)
    action = Action.objects.select_for_update().get(pk=action.pk)
    was, action.visibility = action.visibility, min(visibility, plan.visibility)
    if was != action.visibility:
        action.save(update_fields=["visibility"])
        audit.record(
            actor=actor,
            verb="plan.line_shared",
            target=action,
            at=now,
            scope=scope_of(plan),
            before={"visibility": was},
            after={"visibility": int(action.visibility)},
        )
        finding.renew(plan)
    return action


def _locked(plan: Plan) -> Plan:
    return (
        Plan.objects.select_for_update(of=("self",))
        .select_related("programme", "owner")
        .get(pk=plan.pk)
    )


def _need(text: str, *, field: str = "reason") -> None:
    if not text.strip():
        sentence = _("Say in a few words why, so that others understand it later.")
        raise CannotSign(sentence, fields={field: sentence})


def _record(
    verb: str,
    plan: Plan,
    actor: User,
    now: datetime,
    after: dict[str, object] | None = None,
    *,
    reason: str = "",
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=plan,
        at=now,
        scope=scope_of(plan),
        reason=reason.strip()[:500],
        after=after or {},
    )
