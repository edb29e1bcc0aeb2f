"""Who is missing on a map, in words."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mosty.partnerships.assessing import Place, place_of
from mosty.partnerships.content import ActorSays, MapSays
from mosty.partnerships.models import Function, TargetGroup

WITHOUT: dict[str, Promise] = {
    Function.PUBLIC: gettext_lazy("No public body is on this map."),
    Function.PRIVATE: gettext_lazy("No business is on this map."),
    Function.CIVIC: gettext_lazy("No civic organisation is on this map."),
    Function.KNOWLEDGE: gettext_lazy(
        "No school, university or other place of knowledge is on this map."
    ),
    Function.MIGRANT_LED: gettext_lazy("No migrant-led actor is on this map."),
}


def gaps(says: MapSays, target_groups: Iterable[str]) -> tuple[str, ...]:
    """
    Return a sentence for each gap; none for a map on which nobody stands yet.

    ``target_groups`` are those whom the map concerns.
    """
    if not says.actors:
        return ()
    there = {actor.function for actor in says.actors}
    found = [str(WITHOUT[one]) for one in Function if one not in there]
    for group in target_groups:
        label = TargetGroup(group).label
        serving = [one for one in says.actors if group in one.target_groups]
        if not serving:
            found.append(
                _("No actor on this map works for: %(group)s.") % {"group": label}
            )
        elif Function.MIGRANT_LED in there and not _has_migrant_led(serving):
            found.append(
                _("No migrant-led actor on this map works for: %(group)s.")
                % {"group": label}
            )
    if lonely := _without_ties(says):
        found.append(
            _("Key players without any tie: %(names)s.") % {"names": ", ".join(lonely)}
        )
    return tuple(found)


def _has_migrant_led(actors: Sequence[ActorSays]) -> bool:
    return any(one.function == Function.MIGRANT_LED for one in actors)


def _without_ties(says: MapSays) -> list[str]:
    tied = {end for tie in says.ties for end in (tie.source, tie.target)}
    return [
        one.name
        for one in says.actors
        if one.key not in tied and place_of(one.interest, one.influence) == Place.KEY
    ]
