"""Actors as other apps choose and name them: by a key that never changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from mosty.directory.models import Organisation
from mosty.partnerships.models import Actor


@dataclass(frozen=True, slots=True)
class Choice:
    """An actor of a city's maps, and on which it stands. It is the city's own business."""

    key: UUID
    name: str
    function: str
    map_title: str


def actors_of(city: Organisation) -> list[Choice]:
    """Return the actors on the city's maps, by name; one query."""
    rows = Actor.objects.filter(map__city=city, removed_at__isnull=True)
    return [
        Choice(row.key, row.name, str(row.get_function_display()), row.map.title)
        for row in rows.select_related("map").order_by(
            "sort_name", "-map__made_on", "id"
        )
    ]


def names_of(keys: Iterable[UUID], city: Organisation) -> dict[UUID, str]:
    """Return the names of the city's actors with ``keys``, those taken off too; one query."""
    return dict(
        Actor.objects.filter(key__in=set(keys), map__city=city).values_list(
            "key", "name"
        )
    )
