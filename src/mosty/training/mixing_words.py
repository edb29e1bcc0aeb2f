"""What the grouping engine refuses, and what it found, in words for people."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.engines import grouping
from mosty.engines.errors import BadProblem


def none_found(none: grouping.NoPlan) -> str:
    if none.proven:
        return _("No groups at all keep these rules together. Leave out one of them.")
    return _(
        "No groups were found that keep these rules together. Leave out one of them."
    )


def problem_words(problem: BadProblem) -> str:
    """Return the engine's sentence in the reader's language, without codes of people."""
    return {
        "groups_over_people": _("There are more groups than people."),
        "empty_seed": _("Enter a text from which chance is drawn."),
        "together_and_apart": _("Two people are to be kept both together and apart."),
        "together_too_large": _(
            "More people are to be kept together than fit into one group."
        ),
        "together_without_language": _(
            "People who are to be kept together have no language in common."
        ),
        "language_of_too_few": _(
            "Too few people have one of the languages to fill a group."
        ),
        "too_large_to_mix": _("These are too many people, groups and rounds at once."),
        "no_such_round": _("This round was held: nothing in it changes any more."),
        "not_in_round": _("Choose people who are in a group of this round."),
        "same_group": _("These two people are in the same group."),
        "no_such_move": _("Choose another group than the one where this person is."),
        "group_of_nobody": _("A group would be left without anybody."),
    }.get(problem.code, _("These groups cannot be made."))


Aims = Iterable[Mapping[str, Any]]


def aim_sentences(aims: Aims) -> list[str]:
    """Return what the groups come to, a sentence for each aim, in their order."""
    return [
        _repeated(aim) if aim["code"] == "repeated" else _alike(aim)
        for aim in aims
        if aim["code"] in {"repeated", "spread"}
    ]


def aim_label(code: str, attribute: str) -> str:
    """Return what an aim counts, for a row of a table."""
    return {
        "city": _("Pairs of one city in a group"),
        "department": _("Pairs of one kind of unit in a group"),
        "level": _("Pairs of one level of position in a group"),
    }.get(attribute) or _("Times that two people sit together again")


def _repeated(aim: Mapping[str, Any]) -> str:
    if aim["value"] == 0:
        return _("Nobody sits with the same person twice.")
    said = ngettext(
        "Once, two people sit together again",
        "%(count)s times, two people sit together again",
        aim["value"],
    ) % {"count": aim["value"]}
    return _with_bound(said, aim)


def _alike(aim: Mapping[str, Any]) -> str:
    if aim["value"] == 0:
        return {
            "city": _("No two people of one city are in one group."),
            "department": _("No two people of one kind of unit are in one group."),
            "level": _("No two people of one level of position are in one group."),
        }[aim["attribute"]]
    count = aim["value"]
    said = {
        "city": ngettext(
            "Over all rounds, one pair of people of one city is in one group",
            "Over all rounds, %(count)s pairs of people of one city are in one group",
            count,
        ),
        "department": ngettext(
            "Over all rounds, one pair of people of one kind of unit is in one group",
            "Over all rounds, %(count)s pairs of people of one kind of unit are in one group",
            count,
        ),
        "level": ngettext(
            "Over all rounds, one pair of people of one level of position is in one group",
            "Over all rounds, %(count)s pairs of people of one level of position are in one group",
            count,
        ),
    }[aim["attribute"]] % {"count": count}
    return _with_bound(said, aim)


def _with_bound(said: str, aim: Mapping[str, Any]) -> str:
    if aim["value"] == aim["bound"]:
        return _("%(said)s: fewer are impossible.") % {"said": said}
    if aim["bound"] == 0:
        return _("%(said)s. Whether fewer are possible is not known.") % {"said": said}
    return _("%(said)s. What is proven: fewer than %(bound)s are impossible.") % {
        "said": said,
        "bound": aim["bound"],
    }


def fault_words(fault: grouping.Fault, names: Mapping[str, str]) -> str:
    """Return which rule a change breaks or mends, with names for codes."""
    if fault.code in {"not_together", "not_apart"}:
        first, second = (names.get(code, code) for code in fault.about)
        said = (
            _("%(first)s and %(second)s are to sit together.")
            if fault.code == "not_together"
            else _("%(first)s and %(second)s are to sit apart.")
        )
        return said % {"first": first, "second": second}
    group = {"group": fault.group + 1}
    if fault.code == "no_language":
        return _("Group %(group)s: everybody has a language in common.") % group
    return _("Group %(group)s: somebody of each level of position.") % group
