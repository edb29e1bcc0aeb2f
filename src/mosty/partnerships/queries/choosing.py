"""Actors as other apps choose and name them: by a key that never changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from mosty.directory.models import Organisation
from mosty.partnerships import policies
from mosty.partnerships.models import Actor, MapVersion
from mosty.partnerships.queries.maps import kept_maps


@dataclass(frozen=True, slots=True)
class Choice:
    """An actor of a city's maps, and on which it stands. It is the city's own business."""

    key: UUID
    name: str
    function: str
    map_title: str


def actors_of(city: Organisation) -> list[Choice]:
    """Return the actors on the city's maps, by name; one query."""
    return _choices(Actor.objects.filter(map__city=city))


def actors_for(writer: policies.Writer, city: Organisation) -> list[Choice]:
    """Return the actors on those maps of the city on which ``writer`` writes; one query."""
    maps = kept_maps(writer).filter(city=city).values("pk")
    return _choices(Actor.objects.filter(map__in=maps))


def _choices(found: QuerySet[Actor]) -> list[Choice]:
    rows = found.filter(removed_at__isnull=True)
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


def shared_keys(keys: Iterable[str], viewer: policies.Viewer) -> frozenset[str]:
    """Return which of ``keys`` stand on maps that cities share with ``viewer``; one query."""
    wanted = set(keys)
    maps = policies.maps_shared_with(viewer).filter(actors__key__in=wanted)
    newest = (
        MapVersion.objects.filter(map__in=maps.values("pk"))
        .order_by("map_id", "-number")
        .distinct("map_id")
    )
    return frozenset(
        actor["key"]
        for content in newest.values_list("content", flat=True)
        for actor in content["actors"]
        if actor["key"] in wanted
    )
