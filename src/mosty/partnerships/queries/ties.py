"""What the form of a tie offers."""

from typing import TypedDict

from django.utils.translation import gettext as _

from mosty.partnerships import policies
from mosty.partnerships.models import Agreement, StakeholderMap, Tie


class Choices(TypedDict):
    """Actors and agreements, by key and name."""

    choices: list[tuple[int, str]]
    agreements: list[tuple[int, str]]


def choices(found: StakeholderMap, writer: policies.Writer, tie: Tie | None) -> Choices:
    """
    Return the actors on the map and the agreements of its city.

    What an agreement is called, only the city's contacts know: others keep what there is.
    """
    actors = found.actors.filter(removed_at__isnull=True)
    offered: list[tuple[int, str]] = []
    if policies.can_keep(writer, found):
        rows = Agreement.objects.filter(city=found.city_id)
        offered = [(row.pk, row.title) for row in rows]
    elif tie is not None and tie.agreement_id:
        offered = [(tie.agreement_id, _("as it is"))]
    return {
        "choices": [(row.pk, row.name) for row in actors],
        "agreements": offered,
    }
