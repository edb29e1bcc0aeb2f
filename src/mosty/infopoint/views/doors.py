"""How the pages of a point let people in: whoever has no business there finds nothing."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from mosty.accounts.models import User
from mosty.infopoint import policies
from mosty.infopoint.models import Consultation, Point
from mosty.kernel.access import require


def seen_point(user: User, slug: str) -> Point:
    """Return the point, or 404."""
    return get_object_or_404(
        policies.points_visible_to(user).select_related("city"), slug=slug
    )


def led_point(user: User, slug: str) -> Point:
    """Return the point, or 404; 403 for whoever works there and does not lead."""
    point = seen_point(user, slug)
    require(policies.can_lead(user, point))
    return point


def seen_record(user: User, slug: str, key: UUID) -> Consultation:
    """Return a record of the point, or 404."""
    rows = policies.records_visible_to(user).select_related("point", "imported")
    return get_object_or_404(rows, pk=key, point__slug=slug)
