"""
What files would change on a map: nothing is done yet, and what is not in them stays.

Actors are found by their names, ties by their ends and kind. A column that is not in the
file changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from mosty.kernel.names import fold
from mosty.partnerships.content import ActorSays, MapSays, TieSays
from mosty.partnerships.models import Level
from mosty.partnerships.tables.columns import DIRECTED
from mosty.partnerships.tables.reading import Fault, Line


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What would be written; nothing may be if there are faults.

    New actors have the key ``""`` until they are stored; ties name their ends.
    """

    new_actors: tuple[ActorSays, ...] = ()
    changed_actors: tuple[ActorSays, ...] = ()
    same_actors: int = 0
    # Ends by name; what stands there now, for those that change.
    new_ties: tuple[TieSays, ...] = ()
    changed_ties: tuple[tuple[TieSays, TieSays], ...] = ()
    same_ties: int = 0
    faults: tuple[Fault, ...] = ()

    def __bool__(self) -> bool:
        """Tell if anything would change."""
        return bool(
            self.new_actors or self.changed_actors or self.new_ties or self.changed_ties
        )


def plan(
    says: MapSays,
    actors: Sequence[Line],
    ties: Sequence[Line],
    agreements: Iterable[str],
) -> Plan:
    """Return what the lines of both tables would change on a map that says ``says``."""
    made, changed, same, faults = _actors(says, actors)
    names = {fold(one.name): one.name for one in says.actors}
    names |= {fold(one.name): one.name for one in made}
    # What a change in the file's spelling makes of a name.
    names |= {fold(one.name): one.name for one in changed}
    new_ties, changed_ties, same_ties, tie_faults = _ties(
        says, ties, names, frozenset(agreements)
    )
    return Plan(
        tuple(made),
        tuple(changed),
        same,
        tuple(new_ties),
        tuple(changed_ties),
        same_ties,
        (*faults, *tie_faults),
    )


def _actors(
    says: MapSays, lines: Sequence[Line]
) -> tuple[list[ActorSays], list[ActorSays], int, list[Fault]]:
    there = {fold(one.name): one for one in says.actors}
    made: list[ActorSays] = []
    changed: list[ActorSays] = []
    same, faults = 0, []
    seen: Counter[str] = Counter()
    for line in lines:
        name = fold(line.values["name"])
        seen[name] += 1
        if not name:
            faults.append(Fault("actors", line.number, _("Label: write a name.")))
            continue
        if seen[name] > 1:
            text = _("Label: “%(name)s” stands in the file twice.")
            faults.append(
                Fault("actors", line.number, text % {"name": line.values["name"][:60]})
            )
            continue
        now = there.get(name)
        if now is None and not line.values.get("function"):
            text = _("Type: say what this new actor is.")
            faults.append(Fault("actors", line.number, text))
            continue
        says_now = _actor(now, line.values)
        if now is None:
            made.append(says_now)
        elif says_now == now:
            same += 1
        else:
            changed.append(says_now)
    return made, changed, same, faults


def _actor(now: ActorSays | None, values: Mapping[str, str]) -> ActorSays:
    base = now or ActorSays("", values["name"], "", Level.LOCAL)
    said: dict[str, object] = {
        key: value
        for key, value in values.items()
        # What must be said stays where the file says nothing.
        if key != "target_groups" and (value or key not in {"function", "level"})
    }
    if "target_groups" in values:
        said["target_groups"] = tuple(filter(None, values["target_groups"].split("|")))
    return replace(base, **said)  # type: ignore[arg-type]  # fields of the same names


def _ties(
    says: MapSays,
    lines: Sequence[Line],
    names: Mapping[str, str],
    agreements: frozenset[str],
) -> tuple[list[TieSays], list[tuple[TieSays, TieSays]], int, list[Fault]]:
    titles = says.names()
    there = [
        replace(one, source=titles[one.source], target=titles[one.target])
        for one in says.ties
    ]
    found: dict[tuple[str, str, str], TieSays] = {}
    for one in there:
        found[fold(one.source), fold(one.target), one.kind] = one
        if not one.directed:
            found[fold(one.target), fold(one.source), one.kind] = one
    made: list[TieSays] = []
    changed: list[tuple[TieSays, TieSays]] = []
    same, faults = 0, []
    taken: set[tuple[str, str, str]] = set()
    for line in lines:
        wrong = _wrong(line.values, names, agreements)
        if wrong:
            faults += [Fault("ties", line.number, text) for text in wrong]
            continue
        now = _now(found, line.values)
        tie = _tie(now, line.values, names)
        keys = {(fold(tie.source), fold(tie.target), tie.kind)}
        if not tie.directed:
            keys.add((fold(tie.target), fold(tie.source), tie.kind))
        if keys & taken or _crosses(found, now, keys):
            text = _("These two are tied in this way already, or twice in the file.")
            faults.append(Fault("ties", line.number, text))
            continue
        taken |= keys
        if now is None:
            made.append(tie)
        elif tie == now:
            same += 1
        else:
            changed.append((now, tie))
    return made, changed, same, faults


def _wrong(
    values: Mapping[str, str], names: Mapping[str, str], agreements: frozenset[str]
) -> list[str]:
    wrong = [
        _("%(column)s: “%(name)s” is neither on the map nor in the file of actors.")
        % {"column": column, "name": values[key][:60]}
        for key, column in (("source", "From"), ("target", "To"))
        if fold(values[key]) not in names
    ]
    if not wrong and fold(values["source"]) == fold(values["target"]):
        wrong.append(_("From and To are the same."))
    title = values.get("agreement", "")
    if title and title not in agreements:
        wrong.append(
            _("Agreement: the city has none called “%(title)s”.")
            % {"title": title[:60]}
        )
    return wrong


def _now(
    found: Mapping[tuple[str, str, str], TieSays], values: Mapping[str, str]
) -> TieSays | None:
    """Return the tie that a line speaks of, if it is there."""
    source, target = fold(values["source"]), fold(values["target"])
    kind = values.get("kind") or "cooperation"
    now = found.get((source, target, kind))
    if now is None and values.get("directed", "") != DIRECTED:
        # A tie that went one way, the other way round, and now goes both.
        now = found.get((target, source, kind))
    return now


def _tie(
    now: TieSays | None, values: Mapping[str, str], names: Mapping[str, str]
) -> TieSays:
    source, target = names[fold(values["source"])], names[fold(values["target"])]
    tie = now or TieSays(source, target, values.get("kind") or "cooperation")
    if values.get("directed"):
        directed = values["directed"] == DIRECTED
        if directed and not tie.directed:
            tie = replace(tie, source=source, target=target)
        tie = replace(tie, directed=directed)
    if values.get("strength"):
        tie = replace(tie, strength=int(values["strength"]))
    if "agreement" in values:
        tie = replace(tie, agreement=values["agreement"])
    return tie


def _crosses(
    found: Mapping[tuple[str, str, str], TieSays],
    now: TieSays | None,
    keys: set[tuple[str, str, str]],
) -> bool:
    """Test if another tie than ``now`` stands where this one would."""
    return any(found.get(key, now) != now for key in keys)
