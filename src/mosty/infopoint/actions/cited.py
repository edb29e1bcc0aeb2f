"""What others have published about a point: its lead keeps it, with its source."""

from datetime import datetime

from django.db import transaction

from mosty.accounts.models import User
from mosty.figures.actions import cited
from mosty.figures.actions.cited import Said
from mosty.figures.models import CitedFigure
from mosty.infopoint import policies
from mosty.infopoint.models import Point
from mosty.kernel.access import require


@transaction.atomic(durable=True)
def cite(*, point: Point, said: Said, actor: User, now: datetime) -> CitedFigure:
    """
    Add a figure that was published elsewhere; the very same again changes nothing.

    :raises PermissionDenied: if ``actor`` does not lead at ``point``.
    :raises CannotCite: if it has no source.
    """
    _locked(point, actor)
    return cited.add(
        subject=point.subject, said=said, scope=point.slug, actor=actor, now=now
    )


@transaction.atomic(durable=True)
def correct(
    *,
    point: Point,
    figure: int,
    said: Said,
    seen: str,
    reason: str,
    actor: User,
    now: datetime,
) -> CitedFigure:
    """
    Change what is said of a figure; the ledger keeps what was said before, and why.

    :raises PermissionDenied: if ``actor`` does not lead at ``point``.
    :raises CannotCite: if it is gone, was changed meanwhile, nothing is different, or a
        source or a reason is missing.
    """
    _locked(point, actor)
    return cited.correct(
        subject=point.subject,
        figure=figure,
        said=said,
        seen=seen,
        reason=reason,
        scope=point.slug,
        actor=actor,
        now=now,
    )


@transaction.atomic(durable=True)
def take_out(
    *, point: Point, figure: int, reason: str, actor: User, now: datetime
) -> None:
    """
    Take a figure out of the point's pages; the ledger keeps it.

    :raises PermissionDenied: if ``actor`` does not lead at ``point``.
    :raises CannotCite: if it is gone, or no reason is given.
    """
    _locked(point, actor)
    cited.take_out(
        subject=point.subject,
        figure=figure,
        reason=reason,
        scope=point.slug,
        actor=actor,
        now=now,
    )


def _locked(point: Point, actor: User) -> None:
    require(policies.can_lead(actor, point))
    # Of the same form sent twice at one moment the second finds the first.
    Point.objects.select_for_update(no_key=True).get(pk=point.pk)
