"""
What actions are linked with: practices, actors of the city's maps, needs of residents.

The plan keeps keys; what they are called is asked here, and kept with what is signed off.
Who may choose what, and who sees which name, is said here too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mosty.accounts.models import User
from mosty.audit.actors import Actor as Writer
from mosty.infopoint.queries import choosing as needs
from mosty.kernel.names import fold
from mosty.library.queries import choosing as library
from mosty.outbox.models import Link
from mosty.partnerships import queries as partnerships
from mosty.plans import policies
from mosty.plans.content import Content, Linked, stakeholders_of, without_private
from mosty.plans.labels import Labels
from mosty.plans.models import LINKS, Action, Plan
from mosty.programmes.policies import Viewer

Named = Mapping[str, Mapping[str, Linked]]


def named(plan: Plan, actions: Iterable[Action]) -> Named:
    """
    Return what ``actions`` of ``plan`` are linked with, by field and key.

    Three queries at most.
    """
    keys: dict[str, set[Any]] = {
        name: {key for action in actions for key in getattr(action, name)}
        for name in LINKS
    }
    return _looked_up(plan, keys)


def _looked_up(plan: Plan, keys: Mapping[str, set[Any]]) -> Named:
    return {
        "practices": _practices(keys["practices"]),
        "stakeholders": _stakeholders(keys["stakeholders"], plan),
        "needs": _needs(keys["needs"], plan),
    }


def _practices(slugs: set[str]) -> dict[str, Linked]:
    found = library.titles_of(slugs) if slugs else {}
    return {slug: Linked(slug, {code: title}) for slug, (code, title) in found.items()}


def _stakeholders(keys: set[Any], plan: Plan) -> dict[str, Linked]:
    found = partnerships.names_of(keys, plan.owner) if keys else {}
    return {
        str(key): Linked(str(key), {plan.language: name}, is_private=True)
        for key, name in found.items()
    }


def _needs(keys: set[int], plan: Plan) -> dict[str, Linked]:
    found = needs.needs_of(keys, plan.owner) if keys else {}
    return {str(one.pk): _need(one) for one in found.values()}


def _need(one: needs.Need) -> Linked:
    return Linked(str(one.pk), one.name, is_private=one.is_own)


def of(action: Action, name: str, known: Named) -> tuple[Linked, ...]:
    """Return what ``action`` is linked with in the field ``name``, by name."""
    keys = (str(key) for key in getattr(action, name))
    found = [known[name][key] for key in keys if key in known[name]]
    # Alike in every language: what is signed off is known by its text.
    return tuple(
        sorted(found, key=lambda one: (fold(" ".join(one.name.values())), one.key))
    )


def opened(content: Content, plan: Plan, user: Viewer) -> Content:
    """
    Return ``content`` with those links only that ``user``, who reads the plan, may know.

    The city all of its own; whoever else such actors as stand on a map that the city
    shares with her; two queries at most.
    """
    if policies.speaks_for(user, plan):
        return content
    keys = stakeholders_of(content)
    return without_private(
        content, partnerships.shared_keys(keys, user) if keys else ()
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen, by field: keys with the words of the form."""

    practices: tuple[tuple[str, str], ...]
    stakeholders: tuple[tuple[str, str], ...]
    needs: tuple[tuple[str, str], ...]

    def of(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the choices of a field."""
        choices: tuple[tuple[str, str], ...] = getattr(self, name)
        return choices


def offered(plan: Plan, writer: Writer, today: date, action: Action | None) -> Offered:
    """
    Return what ``writer`` may link an action with, and what it is linked with already.

    Practices that stand; actors of the maps on which she writes herself; the needs that
    the city's list holds today. Three queries, up to three more for what is kept.
    """
    choices = {
        "practices": [
            (one.slug, f"{one.title} ({one.city})")
            for one in library.practices_to_choose()
        ],
        "stakeholders": [
            (str(one.key), f"{one.name} ({one.map_title})")
            for one in _actors(plan, writer)
        ],
        "needs": [
            (str(one.pk), str(one)) for one in needs.needs_to_choose(plan.owner, today)
        ],
    }
    known = named(plan, [action]) if action else {}
    for name, kept in known.items():
        there = {key for key, _words in choices[name]}
        choices[name] += [
            (key, one.words) for key, one in kept.items() if key not in there
        ]
    return Offered(**{name: tuple(rows) for name, rows in choices.items()})


def _actors(plan: Plan, writer: Writer) -> list[partnerships.Choice]:
    if not isinstance(writer, User | Link):
        return []
    return partnerships.actors_for(writer, plan.owner)


def labels(plan: Plan, writer: Writer, today: date) -> dict[str, Labels]:
    """Return, by field, what the cells of a table call each key; six queries at most."""
    known = named(plan, Action.objects.filter(plan=plan))
    practices = {one.slug for one in library.practices_to_choose()}
    return {
        "practices": Labels(
            {slug: (slug,) for slug in practices | set(known["practices"])}
        ),
        "stakeholders": Labels(
            {str(one.key): (one.name,) for one in _actors(plan, writer)}
            | {key: (one.words,) for key, one in known["stakeholders"].items()}
        ),
        "needs": Labels(
            {
                one.key: (one.words, *one.name.values())
                for one in (
                    *map(_need, needs.needs_to_choose(plan.owner, today)),
                    *known["needs"].values(),
                )
            }
        ),
    }


def unknown(plan: Plan, keys: Mapping[str, set[Any]]) -> list[str]:
    """Return the fields of which some key is not there for ``plan``'s city."""
    found = _looked_up(plan, keys)
    return [name for name in LINKS if len(found[name]) < len(keys[name])]


def cells(
    plan: Plan, actions: Iterable[Action], user: User, today: date
) -> dict[int, dict[str, str]]:
    """Return what the cells of a table say of each action's links, as far as ``user`` may know."""
    rows = list(actions)
    called = labels(plan, user, today)
    known = named(plan, rows)
    is_own = policies.speaks_for(user, plan)
    shared = (
        frozenset() if is_own else partnerships.shared_keys(known["stakeholders"], user)
    )
    return {
        row.pk: {
            name: called[name].cell(
                one.key
                for one in of(row, name, known)
                if is_own or not one.is_private or one.key in shared
            )
            for name in LINKS
        }
        for row in rows
    }
