"""The code lists of a city, as its lead keeps them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mosty.accounts.models import User
from mosty.infopoint import policies
from mosty.infopoint.models import Code, Kind, Point


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of a list."""

    pk: int
    code: str
    label: str
    common: str
    since: date | None
    until: date | None
    sensitive: bool
    # Of the city: the common ones are not hers to change.
    is_own: bool
    has_ended: bool


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list: how long it is, and whose."""

    kind: str
    label: str
    own: int
    common: int


def lists(point: Point) -> list[ListRow]:
    """Return every list with its length; one query."""
    own: dict[str, int] = {}
    common: dict[str, int] = {}
    for kind, owner in _of(point).values_list("kind", "owner"):
        counts = common if owner is None else own
        counts[kind] = counts.get(kind, 0) + 1
    return [
        ListRow(kind, str(kind.label), own.get(kind, 0), common.get(kind, 0))
        for kind in Kind
    ]


def codes(point: Point, kind: str, today: date) -> list[CodeRow]:
    """Return the codes that are offered, or were: the city's own, else the common; one query."""
    rows = list(_of(point).filter(kind=kind).select_related("common"))
    own = [row for row in rows if row.owner_id is not None]
    return [
        CodeRow(
            row.pk,
            row.code,
            str(row.label),
            str(row.common) if row.common else "",
            row.since,
            row.until,
            row.sensitive,
            row.owner_id is not None,
            row.until is not None and row.until < today,
        )
        for row in sorted(own or rows, key=lambda row: (row.order, row.code))
    ]


def codes_kept_by(user: User, point: Point) -> QuerySet[Code]:
    """Return the codes of the point's city that ``user`` may change."""
    cities = policies.cities_led_by(user).filter(pk=point.city_id)
    return Code.objects.filter(owner__in=cities).select_related("owner", "common")


def common_codes(kind: str) -> QuerySet[Code]:
    """Return one common list."""
    return Code.objects.filter(owner__isnull=True, kind=kind)


def _of(point: Point) -> QuerySet[Code]:
    mine = Q(owner__isnull=True) | Q(owner=point.city_id)
    return Code.objects.filter(mine)
