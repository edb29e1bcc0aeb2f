"""How figures that somebody has published come into a programme's numbers."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.figures.models import CitedFigure
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes.languages import Text
from mosty.programmes.models import Programme
from mosty.reports import policies
from mosty.reports.queries.numbers import subject_of


class CannotCite(Refusal):
    """The figure cannot be kept, or taken out."""


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
    if not source.strip():
        sentence = _("Say where the figure is published.")
        raise CannotCite(sentence, fields={"source": sentence})
    Programme.objects.select_for_update().get(pk=programme.pk)
    there = CitedFigure.objects.filter(subject=subject_of(programme))
    same = there.filter(label=label, value=value, as_of=as_of, source=source).first()
    if same is not None:
        return same
    figure = CitedFigure.objects.create(
        subject=subject_of(programme),
        label=label,
        value=value,
        unit=unit,
        as_of=as_of,
        source=source,
        order=there.count() + 1,
    )
    audit.record(
        actor=actor,
        verb="figure.cited",
        target=figure,
        at=now,
        scope=programme.slug,
        after=_kept(figure),
    )
    return figure


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
    if not reason.strip():
        sentence = _("Say why the figure is taken out.")
        raise CannotCite(sentence, fields={"reason": sentence})
    row = (
        CitedFigure.objects.select_for_update()
        .filter(subject=subject_of(programme), pk=figure)
        .first()
    )
    if row is None:
        raise CannotCite(_("Somebody has taken this figure out already."))
    audit.record(
        actor=actor,
        verb="figure.taken_out",
        target=row,
        at=now,
        scope=programme.slug,
        reason=reason,
        before=_kept(row),
    )
    row.delete()


def _kept(figure: CitedFigure) -> dict[str, object]:
    return {
        "label": str(figure.label),
        "value": str(figure.value),
        "unit": str(figure.unit),
        "as_of": figure.as_of.isoformat() if figure.as_of else "",
        "source": figure.source,
    }
