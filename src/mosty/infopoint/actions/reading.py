"""That single records older than the day were read: the ledger says by whom."""

from datetime import date, datetime

from django.db import transaction

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.infopoint import policies
from mosty.infopoint.models import Point
from mosty.kernel.access import require


@transaction.atomic(durable=True)
def note(*, point: Point, days: list[date], actor: User, now: datetime) -> None:
    """
    Note that ``actor`` reads records of these days; of today's nothing is noted.

    The entry says from when until when, and how many: never what they say.

    :raises PermissionDenied: if ``actor`` may not read them.
    """
    require(policies.points_visible_to(actor).filter(pk=point.pk).exists())
    older = sorted(day for day in days if day < point.today(now))
    if not older:
        return
    audit.record(
        actor=actor,
        verb="consultations.read",
        target=point,
        at=now,
        scope=point.slug,
        after={
            "from": older[0].isoformat(),
            "until": older[-1].isoformat(),
            "records": len(older),
        },
    )
