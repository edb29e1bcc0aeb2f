"""
A map as others than its city read it: the newest version, through :func:`content.shared`.

Nothing else of a map goes out of its city. A test changes everything that is private and
looks whether any page or file for others changes with it.
"""

from dataclasses import dataclass
from datetime import date

from mosty.partnerships.content import Shared, from_json, shared
from mosty.partnerships.models import Function, Level, StakeholderMap, TieKind
from mosty.partnerships.queries.maps import groups_in_words


@dataclass(frozen=True, slots=True)
class SharedActorRow:
    """An actor in the table of others."""

    number: int
    name: str
    function: str
    level: str
    target_groups: str
    services: str


@dataclass(frozen=True, slots=True)
class SharedTieRow:
    """A tie in the table of others."""

    source: str
    target: str
    kind: str
    directed: bool


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A map of another city."""

    pk: int
    title: str
    city: str
    topic: str
    number: int
    day: date
    actors: tuple[SharedActorRow, ...]
    ties: tuple[SharedTieRow, ...]


def newest(found: StakeholderMap) -> Shared:
    """Return what the newest version says to others; one query."""
    return shared(from_json(found.versions.all()[0].content))


def shared_page(found: StakeholderMap) -> SharedPage:
    """Return the page for others; one query."""
    version = found.versions.all()[0]
    says = shared(from_json(version.content))
    names = says.names()
    return SharedPage(
        pk=found.pk,
        title=found.title,
        city=str(found.city),
        topic=str(found.get_topic_display()),
        number=version.number,
        day=version.day,
        actors=tuple(
            SharedActorRow(
                number,
                one.name,
                str(Function(one.function).label),
                str(Level(one.level).label),
                groups_in_words(one.target_groups),
                one.services,
            )
            for number, one in enumerate(says.actors, 1)
        ),
        ties=tuple(
            SharedTieRow(
                names[one.source],
                names[one.target],
                str(TieKind(one.kind).label),
                one.directed,
            )
            for one in says.ties
        ),
    )
