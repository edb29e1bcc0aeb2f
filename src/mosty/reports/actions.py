"""How figures that somebody has published come into a programme's numbers."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from mosty.accounts.models import User
from mosty.figures.actions import cited
from mosty.figures.actions.cited import CannotCite, Said
from mosty.figures.models import CitedFigure
from mosty.kernel.access import require
from mosty.programmes.languages import Text
from mosty.programmes.models import Programme
from mosty.reports import policies
from mosty.reports.queries.numbers import subject_of

__all__ = ["CannotCite", "cite", "take_out"]


@transaction.atomic(durable=True)
def cite(
    *,
    programme: Programme,
    label: Text,
    value: Decimal,
    unit: Text,
    as_of: date | None,
    source: str,
    actor: User,
    now: datetime,
) -> CitedFigure:
    """
    Add a published figure; the very same again changes nothing.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotCite: if it has no source.
    """
    require(policies.can_cite(actor, programme))
    Programme.objects.select_for_update().get(pk=programme.pk)
    return cited.add(
        subject=subject_of(programme),
        said=Said(label, value, unit, as_of, source),
        scope=programme.slug,
        actor=actor,
        now=now,
    )


@transaction.atomic(durable=True)
def take_out(
    *,
    programme: Programme,
    figure: int,
    reason: str,
    actor: User,
    now: datetime,
) -> None:
    """
    Take a published figure out of the programme's page; the ledger keeps it.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotCite: if it is not there any more, or no reason is given.
    """
    require(policies.can_cite(actor, programme))
    cited.take_out(
        subject=subject_of(programme),
        figure=figure,
        reason=reason,
        scope=programme.slug,
        actor=actor,
        now=now,
    )
