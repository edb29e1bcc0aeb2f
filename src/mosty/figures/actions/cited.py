"""
How figures that others have published are kept: added, corrected, taken out.

Each app whose pages show them asks its own policy and owns the transaction.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from django.db.models import Max
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.figures.models import CitedFigure
from mosty.kernel.refusal import Refusal

Text: TypeAlias = str | LazyI18nString


class CannotCite(Refusal):
    """The figure cannot be kept, corrected, or taken out."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a published number; its cell where it is that of a table."""

    label: Text
    value: Decimal
    unit: Text
    as_of: date | None
    source: str
    measure: str = ""
    year: int | None = None
    codes: Mapping[str, str] = field(default_factory=dict)


def add(
    *, subject: str, said: Said, scope: str, actor: Actor, now: datetime
) -> CitedFigure:
    """
    Add a published figure; the very same again changes nothing.

    :raises CannotCite: if it has no source.
    """
    _check(said)
    there = CitedFigure.objects.filter(subject=subject)
    for same in there.filter(value=said.value, as_of=said.as_of, source=said.source):
        if _values(same) == _values(_filled(CitedFigure(subject=subject), said)):
            return same
    last = there.aggregate(last=Max("order"))["last"] or 0
    figure = _filled(CitedFigure(subject=subject, order=last + 1), said)
    figure.save()
    audit.record(
        actor=actor,
        verb="figure.cited",
        target=figure,
        at=now,
        scope=scope,
        after=kept(figure),
    )
    return figure


def correct(
    *,
    subject: str,
    figure: int,
    said: Said,
    seen: str,
    reason: str,
    scope: str,
    actor: Actor,
    now: datetime,
) -> CitedFigure:
    """
    Change what is said of a figure; the ledger keeps what was said before, and why.

    :raises CannotCite: if it is not there any more, or is not what was ``seen``, nothing
        is different, or a source or a reason is missing.
    """
    _check(said)
    row = _found(subject, figure)
    before = kept(row)
    if mark(row) != seen:
        raise CannotCite(
            _("Somebody has changed this figure meanwhile. Open it again.")
        )
    _reasoned(reason, _("Say why the figure is corrected."))
    was = _values(row)
    _filled(row, said)
    if _values(row) == was:
        raise CannotCite(_("Nothing is different. Change something, or go back."))
    row.save()
    audit.record(
        actor=actor,
        verb="figure.corrected",
        target=row,
        at=now,
        scope=scope,
        reason=reason.strip(),
        before=before,
        after=kept(row),
    )
    return row


def take_out(
    *,
    subject: str,
    figure: int,
    reason: str,
    scope: str,
    actor: Actor,
    now: datetime,
) -> None:
    """
    Take a figure out of the page; the ledger keeps it.

    :raises CannotCite: if it is not there any more, or no reason is given.
    """
    _reasoned(reason, _("Say why the figure is taken out."))
    row = _found(subject, figure)
    audit.record(
        actor=actor,
        verb="figure.taken_out",
        target=row,
        at=now,
        scope=scope,
        reason=reason.strip(),
        before=kept(row),
    )
    row.delete()


def mark(figure: CitedFigure) -> str:
    """Return what changes whenever anything that is said of the figure does."""
    return hashlib.sha256(
        json.dumps(_values(figure), sort_keys=True).encode()
    ).hexdigest()[:16]


def kept(figure: CitedFigure) -> dict[str, object]:
    """Return what the ledger keeps of a figure."""
    found: dict[str, object] = {
        "label": str(figure.label),
        "value": str(figure.value),
        "unit": str(figure.unit),
        "as_of": figure.as_of.isoformat() if figure.as_of else "",
        "source": figure.source,
    }
    if figure.measure:
        found |= {
            "measure": figure.measure,
            "year": figure.year,
            "codes": dict(figure.codes),
        }
    return found


def _values(figure: CitedFigure) -> dict[str, object]:
    """Return all that is said of a figure, in each language."""
    return {
        **kept(figure),
        "value": f"{figure.value:.2f}",
        "label": _texts(figure.label),
        "unit": _texts(figure.unit),
    }


def _texts(text: object) -> object:
    data = getattr(text, "data", text)
    if isinstance(data, Mapping):
        return {language: words for language, words in data.items() if words}
    return str(data)


def _filled(figure: CitedFigure, said: Said) -> CitedFigure:
    figure.label, figure.unit = said.label, said.unit
    figure.value = said.value
    figure.as_of, figure.source = said.as_of, said.source.strip()
    figure.measure, figure.year = said.measure, said.year
    figure.codes = dict(said.codes)
    return figure


def _found(subject: str, figure: int) -> CitedFigure:
    row = (
        CitedFigure.objects.select_for_update()
        .filter(subject=subject, pk=figure)
        .first()
    )
    if row is None:
        raise CannotCite(_("Somebody has taken this figure out already."))
    return row


def _check(said: Said) -> None:
    if not said.source.strip():
        sentence = _("Say where the figure is published.")
        raise CannotCite(sentence, fields={"source": sentence})
    if said.measure and said.value != said.value.to_integral_value():
        sentence = _("The number of a table is a whole one.")
        raise CannotCite(sentence, fields={"value": sentence})


def _reasoned(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise CannotCite(sentence, fields={"reason": sentence})
