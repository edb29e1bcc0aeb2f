"""The power-interest grid: what a city does with an actor, by interest and influence."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from mosty.partnerships.content import ActorSays
from mosty.partnerships.models import Grade


class Place(models.TextChoices):
    """A field of the grid."""

    KEY = "key", _("key players")
    SATISFY = "satisfy", _("keep satisfied")
    INFORM = "inform", _("keep informed")
    MONITOR = "monitor", _("monitor")
    OPEN = "open", _("not assessed")


# Medium counts as much: rather one actor too many that is looked after.
MUCH = frozenset({Grade.MEDIUM, Grade.HIGH})


def place_of(interest: str, influence: str) -> Place:
    """Return the field of the grid; without one of the two there is none."""
    if not interest or not influence:
        return Place.OPEN
    return {
        (True, True): Place.KEY,
        (False, True): Place.SATISFY,
        (True, False): Place.INFORM,
        (False, False): Place.MONITOR,
    }[interest in MUCH, influence in MUCH]


def placed(actors: Sequence[ActorSays]) -> dict[Place, list[ActorSays]]:
    """Return the actors by field, in their order; every field is there."""
    found: dict[Place, list[ActorSays]] = {place: [] for place in Place}
    for actor in actors:
        found[place_of(actor.interest, actor.influence)].append(actor)
    return found
