"""The pictures of a map, with their words in the reader's language."""

from functools import lru_cache

from django.utils.translation import gettext as _

from mosty.partnerships.assessing import Place
from mosty.partnerships.content import ActorSays, MapSays, Shared, SharedActor
from mosty.partnerships.drawing import Line, Node, Words, grid, network
from mosty.partnerships.drawing.shapes import Theme
from mosty.partnerships.models import Function, Grade

# Drawing costs up to some tenths of a second, and browsers ask for both themes.
_grid = lru_cache(maxsize=64)(grid)
_network = lru_cache(maxsize=64)(network)


def grid_of(says: MapSays, title: str, theme: Theme) -> str:
    """Return the power-interest grid."""
    return _grid(_nodes(says), _words(title), theme)


def network_of(says: MapSays | Shared, title: str, theme: Theme) -> str:
    """Return the network; of what others read, without strength and agreements."""
    actors: tuple[ActorSays | SharedActor, ...] = says.actors
    lines = (
        tuple(
            Line(
                tie.source, tie.target, tie.strength, tie.directed, bool(tie.agreement)
            )
            for tie in says.ties
        )
        if isinstance(says, MapSays)
        else tuple(
            Line(tie.source, tie.target, directed=tie.directed) for tie in says.ties
        )
    )
    nodes = tuple(
        Node(actor.key, number, actor.name, actor.function)
        for number, actor in enumerate(actors, 1)
    )
    return _network(nodes, lines, _words(title), theme)


def _nodes(says: MapSays) -> tuple[Node, ...]:
    return tuple(
        Node(
            actor.key,
            number,
            actor.name,
            actor.function,
            actor.interest,
            actor.influence,
        )
        for number, actor in enumerate(says.actors, 1)
    )


def _words(title: str) -> Words:
    return Words(
        title=title,
        functions=tuple((str(one), str(one.label)) for one in Function),
        grades=tuple((str(one), str(one.label)) for one in Grade),
        fields=tuple((str(one), str(one.label)) for one in Place),
        interest=_("Interest"),
        influence=_("Influence"),
        not_assessed=_("Not assessed"),
        without_ties=_("Without ties"),
        with_agreement=_("with an agreement"),
        without_agreement=_("without an agreement"),
        one_way=_("goes one way"),
        stronger=_("thicker: stronger"),
    )
