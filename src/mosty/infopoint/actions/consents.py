"""Letting a point's published numbers stand beside those of others, or not any more."""

from datetime import datetime

from django.db import transaction

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.infopoint import policies
from mosty.infopoint.models import Consent, Point
from mosty.kernel.access import require


@transaction.atomic(durable=True)
def give(*, point: Point, actor: User, now: datetime) -> Consent:
    """
    Let the point be compared. Twice is once.

    :raises PermissionDenied: if ``actor`` does not lead there.
    """
    require(policies.can_lead(actor, point))
    point = Point.objects.select_for_update().get(pk=point.pk)
    live = Consent.objects.filter(point=point, withdrawn_at__isnull=True).first()
    if live is not None:
        return live
    consent = Consent.objects.create(
        point=point, given_at=now, given_by=actor.ledger_label
    )
    audit.record(
        actor=actor, verb="comparison.joined", target=point, at=now, scope=point.slug
    )
    return consent


@transaction.atomic(durable=True)
def withdraw(*, point: Point, actor: User, now: datetime) -> None:
    """
    Take the point out of comparisons at once. Twice is once.

    :raises PermissionDenied: if ``actor`` does not lead there.
    """
    require(policies.can_lead(actor, point))
    live = (
        Consent.objects.select_for_update()
        .filter(point=point, withdrawn_at__isnull=True)
        .first()
    )
    if live is None:
        return
    # A clock that was set back makes no time before it was given.
    live.withdrawn_at = max(now, live.given_at)
    live.withdrawn_by = actor.ledger_label
    live.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record(
        actor=actor, verb="comparison.left", target=point, at=now, scope=point.slug
    )
