"""
What a table that comes back would do to a plan; nothing is stored by looking.

A line is found by its code; without one it is new. What the table has no column for
stays as it is, and so do lines that the table does not have.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.kernel.names import clean
from mosty.kernel.sheets import mapping, refusals
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.refusals import CannotRead
from mosty.plans import tables
from mosty.plans.labels import Labels
from mosty.plans.models import LINKS, Action, Plan, Status, Visibility
from mosty.plans.plain import plain
from mosty.plans.queries import links
from mosty.plans.queries.topics import Topic, key_of, topics
from mosty.plans.rules import MOST_ACTIONS, MOST_OBJECTIVES, faults_of
from mosty.plans.tables import HEADINGS, Read, Wrong
from mosty.ui.percent import percent as written


@dataclass(frozen=True, slots=True)
class Change:
    """What one row would do: the fields that differ, as they are and as they would be."""

    line: int
    what: str
    is_new: bool
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table would do to a plan, or what is wrong with it. Nothing is stored."""

    changes: tuple[Change, ...]
    unchanged: int
    missing: tuple[str, ...]
    new_objectives: tuple[str, ...]
    wrong: tuple[Wrong, ...]
    notes: tuple[str, ...]
    # Of the plan as it was looked at: another one is looked at again.
    seen: str

    @property
    def is_empty(self) -> bool:
        """Test if the table says what the plan says already."""
        return not self.changes and not self.wrong

    @property
    def can_apply(self) -> bool:
        """Test if it could be taken as it is."""
        return bool(self.changes) and not self.wrong


@dataclass(slots=True)
class Step:
    """What is done for one row."""

    read: Read
    action: Action | None
    values: dict[str, Any]
    visibility: int | None
    report: tuple[str, int] | None
    # What the links of the row are called.
    called: Mapping[str, Labels]


def looked(
    plan: Plan, content: bytes, name: str, writer: User, today: date
) -> tuple[Preview, list[Step]]:
    """
    Return what a table would do, and how.

    :raises CannotRead: if the file is no table.
    """
    columns = tables.columns()
    sheet = read(content, name, mapping.known(columns))
    places = mapping.guess(sheet.header, columns)
    if "what" not in places:
        raise CannotRead(refusals.NO_HEADER)
    offered = topics(plan.programme)
    actions = {
        one.code: one
        for one in Action.objects.filter(plan=plan).select_related("objective")
    }
    kept = [
        Topic(one.topic_key, one.topic) for one in actions.values() if one.topic_key
    ]
    by_words = tables.topics_by_words([*offered, *kept])
    called = links.labels(plan, writer, today)
    wrong: list[Wrong] = []
    steps: list[Step] = []
    for row in sheet.rows:
        cells = {key: row.cells[place] for key, place in places.items()}
        found, faults = tables.read_row(row.line, cells, by_words, called)
        wrong += faults
        if not faults:
            step, faults = _step(plan, found, actions, steps, called)
            wrong += faults
            steps.append(step)
    known = {clean(text) for text in plan.objectives.values_list("text", flat=True)}
    new = list(
        dict.fromkeys(
            step.read.objective
            for step in steps
            if step.read.objective and step.read.objective not in known
        )
    )
    wrong += _beyond(plan, steps, known, new)
    changes = [change for step in steps if (change := _change(step))]
    if plan.state != Plan.State.DRAFT:
        wrong += _frozen(steps, new)
    listed = {step.action.pk for step in steps if step.action}
    return (
        Preview(
            changes=tuple(changes),
            unchanged=len(steps) - len(changes),
            missing=tuple(one.what for one in actions.values() if one.pk not in listed),
            new_objectives=tuple(new),
            wrong=tuple(wrong),
            notes=tuple(str(one) for one in sheet.notes),
            seen=state_of(plan),
        ),
        steps,
    )


def _step(
    plan: Plan,
    found: Read,
    actions: Mapping[str, Action],
    before: Sequence[Step],
    called: Mapping[str, Labels],
) -> tuple[Step, list[Wrong]]:
    """Return what the row does, and what speaks against it."""
    wrong = []
    action = actions.get(found.code)
    code = str(HEADINGS["code"])
    if found.code and action is None:
        wrong.append(
            Wrong(
                found.line,
                code,
                _(
                    "No line of this plan has the code %(code)s. Empty the cell to add a new line."
                )
                % {"code": found.code},
            )
        )
    if action is not None and any(one.action is action for one in before):
        wrong.append(Wrong(found.line, code, _("This line is there twice.")))
    if action is None and not found.objective:
        wrong.append(
            Wrong(
                found.line,
                str(HEADINGS["objective"]),
                _("Say which objective the new line serves."),
            )
        )
    values = _differing(found, action)
    whole = {**(_typed(action) if action else {}), **found.values}
    wrong += [
        Wrong(found.line, str(HEADINGS[name]), str(text))
        for name, text in faults_of(whole).items()
    ]
    visibility = found.visibility
    if visibility is not None and visibility > plan.visibility:
        wrong.append(
            Wrong(
                found.line,
                str(HEADINGS["visibility"]),
                _("A line cannot be shown to more people than its plan."),
            )
        )
    if action is not None and visibility == action.visibility:
        visibility = None
    report, fault = _report(found, action)
    if fault:
        wrong.append(Wrong(found.line, str(HEADINGS["percent"]), fault))
    return Step(found, action, values, visibility, report, called), wrong


def _typed(action: Action) -> dict[str, Any]:
    """Return the action's values as an import holds them."""
    return {
        name: getattr(action, name)
        for name in (*tables.TEXTS, *tables.DAYS, *tables.NUMBERS, *LINKS)
    }


def _differing(found: Read, action: Action | None) -> dict[str, Any]:
    """Return the values that the row changes; all of them for a new line."""
    given = {
        name: value.text if isinstance(value, Topic) else value
        for name, value in found.values.items()
    }
    if action is None:
        return given
    return {
        name: value
        for name, value in given.items()
        if not _same(name, value, getattr(action, name))
    }


def _same(name: str, new: object, old: object) -> bool:
    """Test if a cell says what is kept: reading drops what nobody sees."""
    if name == "topic":
        return (key_of(new) if new else "") == (key_of(old) if old else "")
    if isinstance(old, str):
        return clean(old) == new
    if name in LINKS:
        return bool(new == plain(old))
    return new == old


def _report(found: Read, action: Action | None) -> tuple[tuple[str, int] | None, str]:
    """Return the status and percent that the row reports, if it reports any."""
    was = (action.status, action.percent) if action else (Status.NOT_STARTED, 0)
    status = found.status or was[0]
    percent = was[1] if found.percent is None else found.percent
    if found.status and found.percent is None:
        percent = {Status.NOT_STARTED: 0, Status.DONE: 100}.get(Status(status), percent)
    if (status, percent) == was:
        return None, ""
    if status == Status.NOT_STARTED and percent != 0:
        return None, _("What is not started has 0 percent.")
    if status == Status.DONE and percent != 100:
        return None, _("What is done has 100 percent.")
    return (str(status), percent), ""


def _change(step: Step) -> Change | None:
    """Return the row's differences in words; None where there is none."""
    action = step.action
    rows: list[tuple[str, str, str]] = [
        (
            str(HEADINGS[name]),
            _words(step, name, getattr(action, name)) if action else "",
            _words(step, name, value),
        )
        for name, value in step.values.items()
        if action or value not in (None, "", [])
    ]
    objective = step.read.objective
    if objective and (action is None or clean(action.objective.text) != objective):
        was = action.objective.text if action else ""
        rows.insert(0, (str(HEADINGS["objective"]), was, objective))
    if step.visibility is not None:
        from_ = _circle(action.visibility) if action else ""
        rows.append((str(HEADINGS["visibility"]), from_, _circle(step.visibility)))
    if step.report is not None:
        was = (
            f"{Status(action.status).label}, {written(action.percent)}"
            if action
            else ""
        )
        status, percent = step.report
        rows.append(
            (
                str(HEADINGS["status"]),
                was,
                f"{Status(status).label}, {written(percent)}",
            )
        )
    if not rows:
        return None
    what = str(step.read.values.get("what") or (action.what if action else ""))
    return Change(step.read.line, what, action is None, tuple(rows))


def _circle(level: int) -> str:
    return str(Visibility(level).label)


def _words(step: Step, name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in LINKS:
        return step.called[name].cell(map(str, value))
    return tables.plain_number(value) if name in tables.NUMBERS else str(value)


def _beyond(
    plan: Plan, steps: Sequence[Step], known: set[str], new: Sequence[str]
) -> list[Wrong]:
    """Return what goes beyond the size of a plan."""
    wrong = []
    lines = sum(step.action is None for step in steps)
    if lines and lines + plan.actions.count() > MOST_ACTIONS:
        wrong.append(
            Wrong(
                0,
                "",
                _("A plan has at most %(most)s actions.") % {"most": MOST_ACTIONS},
            )
        )
    if new and len(known) + len(new) > MOST_OBJECTIVES:
        wrong.append(
            Wrong(
                0,
                "",
                _("A plan has at most %(most)s objectives.")
                % {"most": MOST_OBJECTIVES},
            )
        )
    return wrong


def _frozen(steps: Sequence[Step], new: Sequence[str]) -> list[Wrong]:
    """Return what a plan that is signed off or closed does not take."""
    sentence = _(
        "The plan is signed off, so only status, percent and who sees a line can come "
        "back. Open it for a revision to change its text."
    )
    return [
        Wrong(step.read.line, str(HEADINGS["what"]), sentence)
        for step in steps
        if step.action is None
        or step.values
        or (
            step.read.objective
            and clean(step.action.objective.text) != step.read.objective
        )
    ]


def state_of(plan: Plan) -> str:
    """Return what the plan is known by as it is now: another state, another word."""
    rows = [
        (
            one.code,
            one.version,
            one.visibility,
            one.status,
            one.percent,
            one.objective_id,
            _typed(one),
            str(one.topic),
        )
        for one in Action.objects.filter(plan=plan).order_by("pk")
    ]
    return hashlib.sha256(repr((plan.state, rows)).encode()).hexdigest()[:32]
