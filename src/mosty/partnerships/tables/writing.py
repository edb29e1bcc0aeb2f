"""Maps as rows of a table: for their city, and for others."""

from collections.abc import Iterator

from mosty.partnerships.content import MapSays, Shared
from mosty.partnerships.tables.columns import DIRECTED, MUTUAL, STRENGTHS

Row = tuple[str, ...]


def actors(says: MapSays) -> Iterator[Row]:
    """Yield everything the map says of its actors, in the columns ``ACTORS``."""
    for one in says.actors:
        yield (
            one.name, one.function, "|".join(one.target_groups), one.services, one.level,
            one.interest, one.influence, one.contribution, one.hindrance, one.engagement,
            one.contact,
        )  # fmt: skip


def ties(says: MapSays) -> Iterator[Row]:
    """Yield everything the map says of its ties, in the columns ``TIES``."""
    names = says.names()
    for one in says.ties:
        yield (
            names[one.source], names[one.target], one.kind,
            DIRECTED if one.directed else MUTUAL, STRENGTHS[one.strength], one.agreement,
        )  # fmt: skip


def shared_actors(says: Shared) -> Iterator[Row]:
    """Yield what others may know of the actors, in the columns ``SHARED_ACTORS``."""
    for one in says.actors:
        tags = "|".join(one.target_groups)
        yield one.name, one.function, tags, one.services, one.level


def shared_ties(says: Shared) -> Iterator[Row]:
    """Yield what others may know of the ties, in the columns ``SHARED_TIES``."""
    names = says.names()
    for one in says.ties:
        direction = DIRECTED if one.directed else MUTUAL
        yield names[one.source], names[one.target], one.kind, direction
