"""A trial made in vain, tried again with the least change that helps."""

from datetime import datetime

from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.nominations.rules import parse
from mosty.selection import policies
from mosty.selection.actions import calculations
from mosty.selection.actions.repairs import NOTHING_HELPS, CannotRepair, mended
from mosty.selection.models import Calculation


def try_mended(*, calculation: Calculation, actor: Actor, now: datetime) -> Calculation:
    """
    Ask for a trial of the rules of one made in vain, with the least change that mends them.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRepair: if it is no such trial, or no change is known.
    :raises mosty.selection.actions.runs.CannotRun: if another trial of hers is being made.
    """
    require(policies.can_run(actor, calculation.call))
    changes = calculation.failure_params.get("changes")
    if calculation.kind != Calculation.Kind.WHAT_IF or not changes:
        raise CannotRepair(NOTHING_HELPS)
    rules = mended(parse(calculation.rules), changes)
    return calculations.ask_what_if(
        call=calculation.call, rules=rules.as_json(), actor=actor, now=now
    )
