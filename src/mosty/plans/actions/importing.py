"""How a plan comes back from a table: looked through first, then all of it or nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal
from mosty.plans import policies
from mosty.plans.actions import finding
from mosty.plans.actions.drafting import scope_of
from mosty.plans.actions.rows import note, save
from mosty.plans.models import Action, Objective, Plan, Report
from mosty.plans.plain import plain
from mosty.plans.queries.imports import Preview, Step, looked
from mosty.plans.queries.topics import key_of


class CannotImport(Refusal):
    """The table is not taken: something in it is wrong, or the plan has moved on."""


def look(
    *, plan: Plan, content: bytes, name: str, actor: User, now: datetime
) -> Preview:
    """
    Return what a table would do. Changes nothing.

    :raises PermissionDenied: if ``actor`` is not the city's contact.
    :raises CannotRead: if the file is no table.
    """
    require(policies.can_import(actor, plan))
    return looked(plan, content, name, actor, plan.programme.local(now).date())[0]


@transaction.atomic(durable=True)
def apply(
    *,
    plan: Plan,
    content: bytes,
    name: str,
    seen: str,
    actor: User,
    now: datetime,
) -> Preview:
    """
    Take a table over, all of it or nothing; the same again changes nothing.

    :raises PermissionDenied: if ``actor`` is not the city's contact.
    :raises CannotRead: if the file is no table.
    :raises CannotImport: if something in it is wrong, or the plan is no longer as ``seen``.
    """
    require(policies.can_import(actor, plan))
    plan = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("programme", "owner", "course")
        .get(pk=plan.pk)
    )
    today = plan.programme.local(now).date()
    preview, steps = looked(plan, content, name, actor, today)
    if preview.wrong:
        raise CannotImport(
            _("Nothing was taken over: something in the table is wrong.")
        )
    if preview.seen != seen:
        raise CannotImport(
            _("The plan has changed since you looked. Look at the differences again.")
        )
    objectives = {clean(one.text): one for one in Objective.objects.filter(plan=plan)}
    for step in steps:
        _do(step, plan, objectives, actor, now)
    finding.renew(plan)
    if preview.changes:
        audit.record(
            actor=actor,
            verb="plan.imported",
            target=plan,
            at=now,
            scope=scope_of(plan),
            after={
                "new": sum(change.is_new for change in preview.changes),
                "changed": sum(not change.is_new for change in preview.changes),
            },
        )
    return preview


def _do(
    step: Step,
    plan: Plan,
    objectives: dict[str, Objective],
    actor: User,
    now: datetime,
) -> None:
    action = step.action
    objective = _objective(step, plan, objectives, actor, now)
    if action is None:
        assert objective is not None  # noqa: S101 - a new line without one is refused
        action = Action.objects.create(
            plan=plan,
            objective=objective,
            order=objective.actions.count() + 1,
            visibility=step.visibility or 0,
            **step.values,
            topic_key=key_of(step.values["topic"]) if step.values.get("topic") else "",
        )
        action.refresh_from_db()
        note(plan, action, actor, now)
    else:
        if step.values:
            save(
                plan=plan,
                row=action,
                values={name: plain(value) for name, value in step.values.items()},
                seen=action.version,
                actor=actor,
                now=now,
            )
        changed = []
        if objective is not None and objective.pk != action.objective_id:
            action.objective = objective
            action.order = objective.actions.count() + 1
            changed += ["objective", "order"]
        if step.visibility is not None:
            action.visibility = step.visibility
            changed.append("visibility")
        if changed:
            action.save(update_fields=changed)
    if step.report is not None:
        status, percent = step.report
        Report.objects.create(
            action=action,
            said_at=now,
            said_by=actor.ledger_label,
            status=status,
            percent=percent,
        )


def _objective(
    step: Step,
    plan: Plan,
    objectives: dict[str, Objective],
    actor: User,
    now: datetime,
) -> Objective | None:
    """Return the objective that the row names, made where there is none."""
    text = step.read.objective
    if not text:
        return None
    if text not in objectives:
        made = Objective.objects.create(plan=plan, text=text, order=len(objectives) + 1)
        note(plan, made, actor, now)
        objectives[text] = made
    return objectives[text]
