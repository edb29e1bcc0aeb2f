"""
The rules of a call in words, in the language that is active.

The public page, the editor's preview and the messages all show these sentences.
Names stand after a colon or in a list, so that no sentence has to inflect them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mosty.directory.models import Department
from mosty.nominations.rules.labels import attribute_label, value_label
from mosty.nominations.rules.schema import (
    Coverage,
    Memory,
    Prefer,
    Priority,
    Quota,
    Rules,
)

# Departments that are people rather than fields of work.
GROUPS = (Department.POLICE, Department.ASSISTANT, Department.SOCIAL_WORK)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One rule: what matters in bold, then the rest. ``field`` names the rule."""

    field: str
    lead: str
    text: str = ""


def sentences(
    rules: Rules,
    names: Mapping[str, str],
    seed_source: str = "",
    casting: str = "seed",
) -> list[Sentence]:
    """
    Return the rules in words, in the order in which a city reads them.

    ``names`` gives each organisation's name by its slug.
    """
    found = [
        Sentence("most", how_many(rules), _seats(rules)),
        Sentence("members_of", _("Cities that take part:"), _cities(rules, names)),
    ]
    if rules.departments or rules.levels:
        found.append(Sentence("departments", _level(rules), _departments(rules)))
    found += [
        Sentence("priorities", _order(number), priority_words(priority, rules))
        for number, priority in enumerate(rules.priorities, 1)
    ]
    found += [
        Sentence("quotas", _("Limit:"), quota_words(quota)) for quota in rules.quotas
    ]
    found.append(
        Sentence(
            "draw", _("A draw decides between equals."), _draw(seed_source, casting)
        )
    )
    if rules.must_confirm:
        found.append(
            Sentence(
                "must_confirm",
                _("The nominated person confirms."),
                _(
                    "Everyone nominated gets a link, reads the privacy notice and confirms; "
                    "without that the nomination does not enter the selection."
                ),
            )
        )
    if rules.reserve:
        found.append(
            Sentence(
                "reserve",
                ngettext(
                    "%(count)s person goes on the reserve list.",
                    "Up to %(count)s people go on the reserve list.",
                    rules.reserve,
                )
                % {"count": rules.reserve},
                _(
                    "A seat that becomes free goes to the one of them who then fits "
                    "these rules best; between equals, to the first on the list."
                ),
            )
        )
    return found


def how_many(rules: Rules) -> str:
    """Return how many people a city nominates, as in "2 or 3 people from each city."."""
    numbers = {"least": rules.least, "most": rules.most}
    if rules.least == rules.most:
        text = ngettext(
            "Exactly %(most)s person from each city.",
            "Exactly %(most)s people from each city.",
            rules.most,
        )
    elif rules.least <= 1:
        text = ngettext(
            "Up to %(most)s person from each city.",
            "Up to %(most)s people from each city.",
            rules.most,
        )
    elif rules.most == rules.least + 1:
        text = ngettext(
            "%(least)s or %(most)s person from each city.",
            "%(least)s or %(most)s people from each city.",
            rules.most,
        )
    else:
        text = ngettext(
            "%(least)s to %(most)s person from each city.",
            "%(least)s to %(most)s people from each city.",
            rules.most,
        )
    return text % numbers


def _seats(rules: Rules) -> str:
    return ngettext(
        "The course has %(seats)s seat.", "The course has %(seats)s seats.", rules.seats
    ) % {"seats": rules.seats}


def _cities(rules: Rules, names: Mapping[str, str]) -> str:
    exceptions = listed([names.get(slug, slug) for slug in rules.exceptions])
    if not rules.members_of:
        return f"{exceptions}."
    union = names.get(rules.members_of, rules.members_of)
    if not exceptions:
        return _("members of this union: %(union)s.") % {"union": union}
    return _("members of this union: %(union)s; and besides: %(cities)s.") % {
        "union": union,
        "cities": exceptions,
    }


def _level(rules: Rules) -> str:
    if not rules.levels:
        return _("Employees of these units:")
    return _("Level of the post: %(levels)s.") % {
        "levels": listed(
            [value_label("level", level) for level in rules.levels], _("or")
        )
    }


def _departments(rules: Rules) -> str:
    if not rules.departments:
        return ""
    fields = {
        "education": pgettext("units dealing with", "education"),
        "culture": pgettext("units dealing with", "culture"),
        "social_policy": pgettext("units dealing with", "social policy"),
        "ngo": pgettext(
            "units dealing with", "co-operation with non-governmental organisations"
        ),
        "information": pgettext("units dealing with", "information policy"),
        "equality": pgettext("units dealing with", "equal treatment"),
        "other": pgettext("units dealing with", "other matters of integration"),
    }
    groups = {
        "police": _("municipal police"),
        "assistant": _("intercultural assistants"),
        "social_work": _("social workers"),
    }
    worked = listed(
        [fields[key] for key in fields if key in rules.departments], _("or")
    )
    also = listed([groups[key] for key in groups if key in rules.departments], _("or"))
    if not also:
        return _("Units dealing with %(fields)s.") % {"fields": worked}
    if not worked:
        return _("These groups: %(groups)s.") % {"groups": also}
    return _("Units dealing with %(fields)s; and also %(groups)s.") % {
        "fields": worked,
        "groups": also,
    }


def _order(number: int) -> str:
    return {
        1: _("First of all:"),
        2: _("Second:"),
        3: _("Third:"),
        4: _("Fourth:"),
        5: _("Fifth:"),
        6: _("Sixth:"),
        7: _("Seventh:"),
        8: _("Eighth:"),
        9: _("Ninth:"),
        10: _("Tenth:"),
    }.get(number, _("Priority %(number)s:") % {"number": number})


def priority_words(priority: Priority, rules: Rules) -> str:
    """Return one priority as the rest of a sentence that begins with its place."""
    if isinstance(priority, Coverage):
        if priority.attribute == "organisation":
            return _("as many different cities as possible.")
        return _("as many different units as possible.")
    if isinstance(priority, Memory):
        return _(
            "people from cities that have had fewest seats in earlier courses of this "
            "programme."
        )
    if isinstance(priority, Prefer):
        return _("as many as possible of these people: %(who)s.") % {
            "who": condition_words(priority, rules)
        }
    return {
        "department": _("a group as even as possible over kinds of units."),
        "gender": _("a group as even as possible over women and men."),
        "organisation": _("a group as even as possible over cities."),
        "level": _("a group as even as possible over levels of posts."),
        "experience": _(
            "a group as even as possible over cities with less and more experience."
        ),
    }[priority.attribute]


def condition_words(priority: Prefer, rules: Rules) -> str:
    """Return whom a priority prefers, as an item after a colon."""
    who = dict(priority.who)
    months = {"months": rules.new_in_post_months}
    if who == {"experience": ("little",)}:
        return _(
            "from cities that until February 2022 had few migrants and refugees "
            "and so less experience"
        )
    if who == {"experience": ("much",), "new_in_post": ("yes",)}:
        return (
            ngettext(
                "new employees (in this post for less than %(months)s month) "
                "of cities with more experience",
                "new employees (in this post for less than %(months)s months) "
                "of cities with more experience",
                rules.new_in_post_months,
            )
            % months
        )
    if who == {"new_in_post": ("yes",)}:
        return (
            ngettext(
                "new employees (in this post for less than %(months)s month)",
                "new employees (in this post for less than %(months)s months)",
                rules.new_in_post_months,
            )
            % months
        )
    return "; ".join(
        f"{attribute_label(attribute)}: "
        f"{listed([value_label(attribute, value) for value in values], _('or'))}"
        for attribute, values in priority.who
    )


def quota_words(quota: Quota) -> str:
    """Return one quota, as in "gender, woman: from 8 to 14 seats."."""
    whom = f"{attribute_label(quota.attribute)}, {value_label(quota.attribute, quota.value)}"
    if quota.most is None:
        numbers = ngettext(
            "at least %(least)s seat", "at least %(least)s seats", quota.least
        ) % {"least": quota.least}
    elif quota.least == 0:
        numbers = ngettext(
            "at most %(most)s seat", "at most %(most)s seats", quota.most
        ) % {"most": quota.most}
    else:
        numbers = ngettext(
            "from %(least)s to %(most)s seat",
            "from %(least)s to %(most)s seats",
            quota.most,
        ) % {"least": quota.least, "most": quota.most}
    return f"{whom}: {numbers}."


def _draw(seed_source: str, casting: str) -> str:
    if casting == "public":
        text = _(
            "1,000 numbered groups are published, and a number drawn in public decides."
        )
        return f"{text} " + _("Source of the number: %(source)s.") % {
            "source": seed_source.rstrip(".")
        }
    text = _("Anybody can repeat it and get the same list.")
    if not seed_source:
        return text
    return f"{text} " + _("Its seed will be: %(source)s.") % {
        "source": seed_source.rstrip(".")
    }


def listed(items: Sequence[str], last: str = "") -> str:
    """Return ``items`` as a list in words: "a, b or c"."""
    if len(items) < 2 or not last:
        return ", ".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
