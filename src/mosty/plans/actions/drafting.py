"""How a plan is begun and written: each row by itself, by several people at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.plans import policies
from mosty.plans.actions import finding
from mosty.plans.actions.rows import CannotWrite, Removed, Saved, draft, note, save
from mosty.plans.models import LINKS, Action, Objective, Plan, Visibility
from mosty.plans.plain import plain
from mosty.plans.queries.links import unknown
from mosty.plans.queries.topics import Topic, key_of
from mosty.plans.rules import MOST_ACTIONS, MOST_OBJECTIVES, faults_of
from mosty.programmes.models import Course, Programme


def scope_of(plan: Plan) -> str:
    """Return where the ledger and the outbox put what is about ``plan``."""
    return scope_in(plan.programme)


def scope_in(programme: Programme) -> str:
    """Return the scope of a programme's plans: no call's address has a colon."""
    return f"plans:{programme.slug}"


@transaction.atomic(durable=True)
def begin(
    *,
    programme: Programme,
    owner: Organisation,
    course: Course | None,
    title: str,
    language: str,
    actor: Actor,
    now: datetime,
    is_fictional: bool = False,
) -> Plan:
    """
    Begin a plan of a city; at a course it has one, so there twice is as once.

    :raises PermissionDenied: if ``actor`` is not of the city, or not of the course.
    """
    require(policies.can_begin(actor, owner, course))
    if course is not None:
        # Locked, so that of two of one group the second finds the first one's plan.
        Course.objects.select_for_update().get(pk=course.pk)
        there = Plan.objects.filter(course=course, owner=owner).first()
        if there is not None:
            return there
    plan = Plan.objects.create(
        programme=programme,
        owner=owner,
        course=course,
        title=title.strip()[:200],
        language=language,
        visibility=Visibility.COURSE if course else Visibility.PRIVATE,
        is_fictional=is_fictional,
        made_at=now,
        made_by=actor.ledger_label,
    )
    note(plan, plan, actor, now)
    _record("plan.begun", plan, actor, now)
    return plan


@transaction.atomic(durable=True)
def save_head(
    *, plan: Plan, values: Mapping[str, Any], seen: int, actor: Actor, now: datetime
) -> Saved:
    """
    Save title and context against the version ``seen``.

    :raises PermissionDenied: if ``actor`` does not write the plan.
    :raises CannotWrite: if it is no draft.
    :raises Collided: if somebody changed the same text meanwhile.
    """
    locked = draft(plan, actor)
    _refuse_gaps(values, "title")
    saved = save(
        plan=locked, row=locked, values=values, seen=seen, actor=actor, now=now
    )
    return _told(saved, locked, actor, now)


@transaction.atomic(durable=True)
def add_objective(*, plan: Plan, text: str, actor: Actor, now: datetime) -> Objective:
    """
    Add an objective at the end.

    :raises PermissionDenied: if ``actor`` does not write the plan.
    :raises CannotWrite: if it is no draft, says nothing, or there are too many.
    """
    locked = draft(plan, actor)
    _refuse_gaps({"text": text}, "text")
    if Objective.objects.filter(plan=locked).count() >= MOST_OBJECTIVES:
        raise CannotWrite(
            _("A plan has at most %(most)s objectives.") % {"most": MOST_OBJECTIVES}
        )
    objective = Objective.objects.create(
        plan=locked, text=text.strip(), order=_next(locked.objectives)
    )
    note(locked, objective, actor, now)
    _record("plan.written", locked, actor, now, {"objective": objective.pk})
    return objective


@transaction.atomic(durable=True)
def save_objective(
    *,
    objective: Objective,
    values: Mapping[str, Any],
    seen: int,
    actor: Actor,
    now: datetime,
) -> Saved:
    """
    Save what an objective says, against the version ``seen``.

    :raises PermissionDenied: if ``actor`` does not write the plan.
    :raises CannotWrite: if it is no draft.
    :raises Removed: if somebody took the objective out.
    :raises Collided: if somebody changed it meanwhile.
    """
    locked = draft(objective.plan, actor)
    _refuse_gaps(values, "text")
    row = Objective.objects.select_for_update().filter(pk=objective.pk).first()
    if row is None:
        raise _removed()
    saved = save(plan=locked, row=row, values=values, seen=seen, actor=actor, now=now)
    return _told(saved, locked, actor, now)


@transaction.atomic(durable=True)
def add_action(
    *,
    objective: Objective,
    values: Mapping[str, Any],
    visibility: int,
    actor: Actor,
    now: datetime,
) -> Action:
    """
    Add an action at the end of an objective.

    :raises PermissionDenied: if ``actor`` does not write the plan.
    :raises CannotWrite: if it is no draft, or what is said makes no sense.
    :raises Removed: if somebody took the objective out.
    """
    locked = draft(objective.plan, actor)
    _refuse_action(values)
    row = Objective.objects.filter(pk=objective.pk).first()
    if row is None:
        raise _removed()
    if Action.objects.filter(plan=locked).count() >= MOST_ACTIONS:
        raise CannotWrite(
            _("A plan has at most %(most)s actions.") % {"most": MOST_ACTIONS}
        )
    refuse_links(locked, values, kept=None)
    action = Action.objects.create(
        plan=locked,
        objective=row,
        order=_next(row.actions),
        visibility=min(visibility, locked.visibility),
        **_with_topic(values),
    )
    # Numbers as the database keeps them, so that no later save differs by a zero.
    action.refresh_from_db()
    note(locked, action, actor, now)
    _record("plan.written", locked, actor, now, {"action": action.code})
    return action


@transaction.atomic(durable=True)
def save_action(
    *,
    action: Action,
    values: Mapping[str, Any],
    visibility: int | None,
    seen: int,
    actor: Actor,
    now: datetime,
) -> Saved:
    """
    Save what an action says, and how widely it is shown, against the version ``seen``.

    :raises PermissionDenied: if ``actor`` does not write the plan.
    :raises CannotWrite: if it is no draft, or what is said makes no sense.
    :raises Removed: if somebody took the action out.
    :raises Collided: if somebody changed the same text meanwhile.
    """
    locked = draft(action.plan, actor)
    _refuse_action(values)
    row = Action.objects.select_for_update().filter(pk=action.pk).first()
    if row is None:
        raise _removed()
    refuse_links(locked, values, kept=row)
    topic = values.get("topic")
    given = {**values, "topic": topic.text if isinstance(topic, Topic) else topic or ""}
    if topic is None and "topic" not in values:
        del given["topic"]
    saved = save(plan=locked, row=row, values=given, seen=seen, actor=actor, now=now)
    if visibility is not None and row.visibility != min(visibility, locked.visibility):
        row.visibility = min(visibility, locked.visibility)
        row.save(update_fields=["visibility"])
        finding.renew(locked)
    return _told(saved, locked, actor, now)


@transaction.atomic(durable=True)
def remove(*, row: Objective | Action, seen: int, actor: Actor, now: datetime) -> None:
    """
    Take an objective without actions, or an action nobody reported on, out of a draft.

    What it said is kept as its last edit. Taking it out twice is as once.

    :raises PermissionDenied: if ``actor`` does not write the plan.
    :raises CannotWrite: if it is no draft, in use, or changed after ``seen``.
    """
    locked = draft(row.plan, actor)
    found = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        return
    if found.version != seen:
        raise CannotWrite(
            _("Somebody changed this meanwhile. Read it again before you take it out.")
        )
    if isinstance(found, Objective) and found.actions.exists():
        raise CannotWrite(
            _("This objective has actions. Take them out, or move them, first.")
        )
    if isinstance(found, Action) and (
        found.reports.exists() or found.help_notes.exists()
    ):
        raise CannotWrite(
            _(
                "A check-in has reported on this action, so it stays. Report it as "
                "stopped instead."
            )
        )
    note(locked, found, actor, now, removed=True)
    found.delete()
    finding.renew(locked)
    _record("plan.line_removed", locked, actor, now, {"kind": type(row).__name__})


@transaction.atomic(durable=True)
def move(*, row: Objective | Action, up: bool, actor: Actor, now: datetime) -> None:
    """
    Move an objective, or an action within its objective, one place up or down.

    :raises PermissionDenied: if ``actor`` does not write the plan.
    :raises CannotWrite: if it is no draft.
    """
    locked = draft(row.plan, actor)
    rows: list[Any] = list(
        Objective.objects.select_for_update()
        .filter(plan=locked)
        .order_by("order", "pk")
        if isinstance(row, Objective)
        else Action.objects.select_for_update()
        .filter(objective=row.objective_id)
        .order_by("order", "pk")
    )
    keys = [one.pk for one in rows]
    if row.pk not in keys:
        return
    place = keys.index(row.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, one in enumerate(rows, 1):
        if one.order != order:
            one.order = order
            one.save(update_fields=["order"])
    _record("plan.written", locked, actor, now, {"moved": type(row).__name__})


def _refuse_action(values: Mapping[str, Any]) -> None:
    if fields := faults_of(values):
        raise CannotWrite(next(iter(fields.values())), fields=fields)


def refuse_links(plan: Plan, values: Mapping[str, Any], *, kept: Action | None) -> None:
    """
    Refuse to link with what is not there, or is not of the plan's city.

    :raises CannotWrite: if something of ``values`` that is not ``kept`` cannot be linked.
    """
    new = {
        name: {*plain(values.get(name) or [])}
        - {*plain(getattr(kept, name) if kept else [])}
        for name in LINKS
    }
    if missing := unknown(plan, new):
        sentence = _("This cannot be chosen any more. Open the line again.")
        raise CannotWrite(sentence, fields=dict.fromkeys(missing, sentence))


def _with_topic(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an action's values with its topic as the row keeps it."""
    topic = values.get("topic")
    text = topic.text if isinstance(topic, Topic) else topic or ""
    given = {name: plain(values[name]) for name in LINKS if name in values}
    topic_key = key_of(text) if text else ""
    return {**values, **given, "topic": text, "topic_key": topic_key}


def _next(rows: Any) -> int:
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


def _removed() -> Refusal:
    return Removed(
        _(
            "Somebody took this line out meanwhile. What you typed is below: add it as "
            "a new line if it is still wanted."
        )
    )


def _refuse_gaps(values: Mapping[str, Any], name: str) -> None:
    if name in values and not str(values[name]).strip():
        sentence = _("Write at least a few words.")
        raise CannotWrite(sentence, fields={name: sentence})


def _told(saved: Saved, plan: Plan, actor: Actor, now: datetime) -> Saved:
    if saved.changed:
        after = {"row": type(saved.row).__name__, "version": saved.row.version}
        _record("plan.written", plan, actor, now, after)
    return saved


def _record(
    verb: str,
    plan: Plan,
    actor: Actor,
    now: datetime,
    after: Mapping[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=plan,
        at=now,
        scope=scope_of(plan),
        after=after or {},
    )
