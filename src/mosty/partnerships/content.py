"""
What a map says, as one value: for versions, pictures, tables, gaps and comparisons.

:class:`Shared` is all that others than the city ever get. It has no place for interest,
influence, hindrance, contribution, engagement, contact, the strength of a tie or the
agreement it rests on: what is not there cannot leak. How cities see others is their own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ActorSays:
    """What a map says of one actor."""

    key: str
    name: str
    function: str
    level: str
    target_groups: tuple[str, ...] = ()
    services: str = ""
    interest: str = ""
    influence: str = ""
    contribution: str = ""
    hindrance: str = ""
    engagement: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class TieSays:
    """What a map says of one tie; its ends by their keys."""

    source: str
    target: str
    kind: str
    strength: int = 2
    directed: bool = False
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class MapSays:
    """Everything a map says, actors by name."""

    actors: tuple[ActorSays, ...] = ()
    ties: tuple[TieSays, ...] = ()

    def names(self) -> dict[str, str]:
        """Return each actor's name by its key."""
        return {actor.key: actor.name for actor in self.actors}


@dataclass(frozen=True, slots=True)
class SharedActor:
    """What others may know of an actor."""

    key: str
    name: str
    function: str
    level: str
    target_groups: tuple[str, ...]
    services: str


@dataclass(frozen=True, slots=True)
class SharedTie:
    """What others may know of a tie."""

    source: str
    target: str
    kind: str
    directed: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """A map as others read it."""

    actors: tuple[SharedActor, ...] = ()
    ties: tuple[SharedTie, ...] = ()

    def names(self) -> dict[str, str]:
        """Return each actor's name by its key."""
        return {actor.key: actor.name for actor in self.actors}


def shared(says: MapSays) -> Shared:
    """Return of ``says`` what others may know."""
    return Shared(
        tuple(
            SharedActor(
                one.key,
                one.name,
                one.function,
                one.level,
                one.target_groups,
                one.services,
            )
            for one in says.actors
        ),
        tuple(
            SharedTie(one.source, one.target, one.kind, one.directed)
            for one in says.ties
        ),
    )


def to_json(says: MapSays) -> dict[str, Any]:
    """Return what a version keeps."""
    return {
        "actors": [
            {**asdict(one), "target_groups": list(one.target_groups)}
            for one in says.actors
        ],
        "ties": [asdict(one) for one in says.ties],
    }


def from_json(kept: Mapping[str, Any]) -> MapSays:
    """Return what :func:`to_json` was given."""
    actors: Iterable[Mapping[str, Any]] = kept["actors"]
    return MapSays(
        tuple(
            ActorSays(**{**one, "target_groups": tuple(one["target_groups"])})
            for one in actors
        ),
        tuple(TieSays(**one) for one in kept["ties"]),
    )
