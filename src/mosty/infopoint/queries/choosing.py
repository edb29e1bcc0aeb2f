"""
What residents ask about, as other apps choose and name it: the topics of consultations.

A city's own list stands before the common one, as where consultations are recorded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from i18nfield.strings import LazyI18nString

from mosty.directory.models import Organisation
from mosty.infopoint.models import Code, Kind


@dataclass(frozen=True, slots=True)
class Need:
    """One topic; ``name`` by language. A city's own list is its own business."""

    pk: int
    name: Mapping[str, str]
    is_own: bool

    def __str__(self) -> str:
        return str(LazyI18nString(dict(self.name)))


def needs_to_choose(city: Organisation, today: date) -> list[Need]:
    """Return the topics that hold in ``city`` today; one query."""
    rows = [
        row
        for row in Code.objects.filter(_of(city), kind=Kind.TOPIC)
        if row.until is None or row.until >= today
    ]
    own = [row for row in rows if row.owner_id is not None]
    return [
        _need(row) for row in sorted(own or rows, key=lambda row: (row.order, row.code))
    ]


def needs_of(keys: Iterable[int], city: Organisation) -> dict[int, Need]:
    """Return the topics with ``keys``, those that ended too; one query."""
    rows = Code.objects.filter(_of(city), kind=Kind.TOPIC, pk__in=set(keys))
    return {row.pk: _need(row) for row in rows}


def _of(city: Organisation) -> Q:
    return Q(owner__isnull=True) | Q(owner=city)


def _need(row: Code) -> Need:
    data = row.label.data
    name = data if isinstance(data, Mapping) else {"": str(data)}
    return Need(
        row.pk,
        {code: text for code, text in name.items() if text},
        row.owner_id is not None,
    )
