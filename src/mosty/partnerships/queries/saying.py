"""What a map says, from its rows."""

from mosty.partnerships.content import ActorSays, MapSays, TieSays
from mosty.partnerships.models import Actor, StakeholderMap


def said_by(found: StakeholderMap) -> MapSays:
    """Return what the map says now, actors by name; two queries."""
    actors = list(found.actors.filter(removed_at__isnull=True))
    keys = {row.pk: str(row.key) for row in actors}
    ties = [
        TieSays(
            keys[row.source_id],
            keys[row.target_id],
            row.kind,
            row.strength,
            row.directed,
            row.agreement.title if row.agreement else "",
        )
        for row in found.ties.select_related("agreement")
    ]
    return MapSays(
        tuple(actor_says(row) for row in actors),
        tuple(sorted(ties, key=lambda one: (one.source, one.target, one.kind))),
    )


def actor_says(row: Actor) -> ActorSays:
    """Return what is said of one actor."""
    return ActorSays(
        key=str(row.key),
        name=row.name,
        function=row.function,
        level=row.level,
        target_groups=tuple(row.target_groups),
        services=row.services,
        interest=row.interest,
        influence=row.influence,
        contribution=row.contribution,
        hindrance=row.hindrance,
        engagement=row.engagement,
        contact=row.contact,
    )
