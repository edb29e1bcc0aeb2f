"""Rules that no group can keep: the least change that mends them, applied by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mosty.audit.actors import Actor
from mosty.engines import selection as engine
from mosty.engines.selection.result_json import limit_to_json
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations.actions import calls
from mosty.nominations.models import Call, RulesVersion
from mosty.nominations.rules import Rules
from mosty.selection import policies
from mosty.selection.actions.alternatives import as_json
from mosty.selection.queries import pool as pools
from mosty.selection.queries import repair as repairs

NOTHING_HELPS = _("No change of a single number mends these rules.")


class CannotRepair(Refusal):
    """There is no change to apply, or another one than was read."""


def repair_of(
    found: engine.NoCohort | None,
    pool: pools.Pool,
    rules: Rules,
    watch: engine.Watch | None = None,
) -> dict[str, Any]:
    """
    Return the least change of ``rules`` and what it would mean, as JSON data.

    It tells numbers only, never who would get a seat: the seed is known by now. Empty
    if no change is known. Solves once; call it outside of any transaction.
    """
    if found is None or not found.changes:
        return {}
    changes = changes_of(found)
    try:
        means = engine.measured(pool.problem(mended(rules, changes)), watch)
    except engine.SolverFailed:
        means = None
    return {"changes": changes, "means": None if means is None else as_json(means)}


def changes_of(found: engine.NoCohort) -> list[dict[str, Any]]:
    """Return the least change as JSON data; empty if no change of a number helps."""
    return [
        {"limit": limit_to_json(one.limit), "was": one.was, "now": one.now}
        for one in found.changes or ()
    ]


def mended(rules: Rules, changes: Sequence[Mapping[str, Any]]) -> Rules:
    """
    Return ``rules`` with the limits that ``changes`` name changed, nothing else.

    :raises ValueError: for a limit that rules do not have; the engine names none such.
    """
    for change in changes:
        params, now = change["limit"]["params"], change["now"]
        match change["limit"]["code"]:
            case "seats":
                rules = replace(rules, seats=now)
            case "organisation_most":
                rules = replace(rules, most=now, least=min(rules.least, now))
            case "quota_least" | "quota_most" as code:
                rules = replace(
                    rules,
                    quotas=tuple(
                        replace(quota, **{code.removeprefix("quota_"): now})
                        if (quota.attribute, quota.value)
                        == (params["attribute"], params["value"])
                        else quota
                        for quota in rules.quotas
                    ),
                )
            case code:
                raise ValueError(code)
    # A quota that asks for nothing any more is no rule.
    quotas = (one for one in rules.quotas if one.least or one.most is not None)
    return replace(rules, quotas=tuple(quotas))


def apply(
    *, call: Call, seen: int, reason: str, actor: Actor, now: datetime
) -> RulesVersion:
    """
    Give the call a new version of its rules, with the least change that mends them.

    ``seen`` is the number of the version whose repair was read. The rules are changed
    by :func:`mosty.nominations.actions.calls.change_rules`, which tells who nominated.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRepair: if the rules have changed since, or no change is known.
    :raises mosty.nominations.actions.calls.CannotEdit: if no reason is given, or the
        changed rules make no sense.
    """
    require(policies.can_run(actor, call))
    dead_end = repairs.dead_end_of(call)
    if dead_end is None or dead_end.version.number != seen:
        raise CannotRepair(_("The rules have changed since you read this."))
    changes = dead_end.repair.get("changes")
    if not changes:
        raise CannotRepair(NOTHING_HELPS)
    rules = mended(dead_end.version.rules, changes)
    return calls.change_rules(
        call=call, rules=rules.as_json(), reason=reason, actor=actor, now=now
    )
