"""What files would change on a map, and what a page says of it."""

from collections.abc import Sequence

from mosty.partnerships.models import Agreement, StakeholderMap
from mosty.partnerships.queries.saying import said_by
from mosty.partnerships.tables.planning import Plan, plan
from mosty.partnerships.tables.reading import Line


def planned(
    found: StakeholderMap, actors: Sequence[Line], ties: Sequence[Line]
) -> Plan:
    """Return what the lines would change on the map as it stands; three queries."""
    titles = Agreement.objects.filter(city=found.city_id).values_list(
        "title", flat=True
    )
    return plan(said_by(found), actors, ties, titles)
