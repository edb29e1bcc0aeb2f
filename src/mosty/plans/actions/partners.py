"""From the map to the plan: an actor becomes partner of an action."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.outbox.models import Link
from mosty.partnerships import policies as partnerships
from mosty.partnerships.models import Actor as Stakeholder
from mosty.plans.actions.drafting import scope_of
from mosty.plans.actions.rows import CannotWrite, draft, note
from mosty.plans.models import MOST_LINKS, Action
from mosty.plans.plain import plain


@transaction.atomic(durable=True)
def join(
    *, action: Action, stakeholder: Stakeholder, actor: User | Link, now: datetime
) -> bool:
    """
    Make an actor of the city's map partner of an action; return if it was none before.

    It is written into the row as it is now, so nothing that others wrote is lost. The
    ledger says of which action, never who: others read it.

    :raises PermissionDenied: if ``actor`` does not write the plan, or not on the map.
    :raises CannotWrite: if the plan is no draft, the line is gone, or has too many.
    """
    require(partnerships.can_write_on(actor, stakeholder.map))
    locked = draft(action.plan, actor)
    require(stakeholder.map.city_id == locked.owner_id)
    row = Action.objects.select_for_update().filter(pk=action.pk).first()
    if row is None:
        raise CannotWrite(_("Somebody took this action out meanwhile."))
    if stakeholder.key in row.stakeholders:
        return False
    if len(row.stakeholders) >= MOST_LINKS:
        raise CannotWrite(
            _("An action has at most %(most)s partners of the map.")
            % {"most": MOST_LINKS}
        )
    row.stakeholders = plain([*row.stakeholders, stakeholder.key])
    row.version += 1
    row.save(update_fields=["stakeholders", "version"])
    note(locked, row, actor, now)
    audit.record(
        actor=actor,
        verb="plan.partner_joined",
        target=locked,
        at=now,
        scope=scope_of(locked),
        after={"action": row.code},
    )
    return True
