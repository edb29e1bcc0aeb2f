"""What has changed between two versions of a map."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from mosty.partnerships.assessing import Place, place_of
from mosty.partnerships.content import ActorSays, MapSays, TieSays


@dataclass(frozen=True, slots=True)
class Moved:
    """An actor that stands elsewhere on the grid."""

    name: str
    before: Place
    after: Place


@dataclass(frozen=True, slots=True)
class Changed:
    """An actor of which something else is said; ``fields`` names what."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieNames:
    """A tie with the names of its ends."""

    source: str
    target: str
    kind: str
    directed: bool
    strength: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs, actors and ties by name."""

    added: tuple[ActorSays, ...]
    gone: tuple[ActorSays, ...]
    moved: tuple[Moved, ...]
    changed: tuple[Changed, ...]
    ties_added: tuple[TieNames, ...]
    ties_gone: tuple[TieNames, ...]
    # With the strength that the tie has now.
    ties_changed: tuple[TieNames, ...]

    def __bool__(self) -> bool:
        """Tell if anything differs."""
        return any(getattr(self, field.name) for field in fields(self))


_OF_PLACE = ("interest", "influence")


def compare(before: MapSays, after: MapSays) -> Comparison:
    """Return what differs; an actor is the same if its key is."""
    old = {one.key: one for one in before.actors}
    new = {one.key: one for one in after.actors}
    moved, changed = [], []
    for key in old.keys() & new.keys():
        was, now = old[key], new[key]
        places = [place_of(one.interest, one.influence) for one in (was, now)]
        if places[0] != places[1]:
            moved.append(Moved(now.name, places[0], places[1]))
        others = tuple(
            field.name
            for field in fields(ActorSays)
            if getattr(was, field.name) != getattr(now, field.name)
            # What moves it on the grid is told as that.
            and not (field.name in _OF_PLACE and places[0] != places[1])
        )
        if others:
            changed.append(Changed(now.name, others))
    old_ties = {_tie_key(one): one for one in before.ties}
    new_ties = {_tie_key(one): one for one in after.ties}
    names = {**before.names(), **after.names()}
    return Comparison(
        added=tuple(one for one in after.actors if one.key not in old),
        gone=tuple(one for one in before.actors if one.key not in new),
        moved=tuple(sorted(moved, key=lambda one: one.name)),
        changed=tuple(sorted(changed, key=lambda one: one.name)),
        ties_added=_named(
            (one for key, one in new_ties.items() if key not in old_ties), names
        ),
        ties_gone=_named(
            (one for key, one in old_ties.items() if key not in new_ties), names
        ),
        ties_changed=_named(
            (one for key, one in new_ties.items() if old_ties.get(key, one) != one),
            names,
        ),
    )


def _tie_key(tie: TieSays) -> tuple[str, str, str, bool]:
    ends = (tie.source, tie.target)
    first, second = ends if tie.directed else sorted(ends)
    return first, second, tie.kind, tie.directed


def _named(ties: Iterable[TieSays], names: dict[str, str]) -> tuple[TieNames, ...]:
    found = [
        TieNames(
            names[one.source], names[one.target], one.kind, one.directed, one.strength
        )
        for one in ties
    ]
    return tuple(sorted(found, key=lambda one: (one.source, one.target, one.kind)))
