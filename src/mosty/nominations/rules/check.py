"""
One nomination held against the rules: what is wrong with it, in words.

The form, the import, the secretariat's page and the selection all ask here. A
:class:`Breach` is a code with parameters, so that it can be stored and said later in
any language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.nominations.rules.labels import value_label
from mosty.nominations.rules.schema import Rules
from mosty.nominations.rules.words import how_many, listed


@dataclass(frozen=True, slots=True)
class Entry:
    """What the rules need to know of one nominated person."""

    organisation: str
    takes_part: bool
    department: str
    level: str
    in_post_since: date | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that is not kept: its code, the form field it concerns, parameters."""

    code: str
    field: str
    params: Mapping[str, Any] = dataclass_field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the form in which a breach is stored."""
        return {"code": self.code, **self.params}


def breaches(rules: Rules, entry: Entry) -> list[Breach]:
    """Return every rule about a person that ``entry`` does not keep."""
    found = []
    if not entry.takes_part:
        found.append(Breach("city", "organisation"))
    if rules.departments and entry.department not in rules.departments:
        found.append(
            Breach(
                "department",
                "department",
                {"value": entry.department, "allowed": list(rules.departments)},
            )
        )
    if rules.levels and entry.level not in rules.levels:
        found.append(
            Breach(
                "level", "level", {"value": entry.level, "allowed": list(rules.levels)}
            )
        )
    return found


def over_the_most(rules: Rules, standing: int) -> Breach | None:
    """Return the breach if a city that has ``standing`` nominations adds one more."""
    if standing < rules.most:
        return None
    return Breach(
        "most",
        "organisation",
        {"least": rules.least, "most": rules.most, "standing": standing},
    )


def words(breach: Mapping[str, Any], rules: Rules) -> str:
    """Return the sentence for a stored breach, in the language that is active."""
    say = _WORDS.get(str(breach.get("code")))
    return say(breach, rules) if say else _("A rule of the call is not kept.")


def say(breach: Breach, rules: Rules) -> str:
    """Return the sentence for a breach just found."""
    return words(breach.as_json(), rules)


def _allowed(attribute: str, breach: Mapping[str, Any]) -> dict[str, str]:
    allowed: Sequence[str] = breach.get("allowed", ())
    return {
        "value": value_label(attribute, str(breach.get("value", ""))),
        "allowed": listed([value_label(attribute, item) for item in allowed]),
    }


def _most(breach: Mapping[str, Any], rules: Rules) -> str:
    standing = int(breach.get("standing", rules.most))
    return (
        ngettext(
            "The rule: %(rule)s Your city has already nominated %(count)s person.",
            "The rule: %(rule)s Your city has already nominated %(count)s people.",
            standing,
        )
        % {"rule": how_many(rules), "count": standing}
        + " "
        + _("Withdraw one of them first.")
    )


_WORDS: Mapping[str, Callable[[Mapping[str, Any], Rules], str]] = {
    "city": lambda breach, rules: _(
        "This city is not among those that the call is for."
    ),
    "department": lambda breach, rules: (
        _(
            "This unit is not among those that the call is for: %(value)s. It is for: %(allowed)s."
        )
        % _allowed("department", breach)
    ),
    "level": lambda breach, rules: (
        _(
            "The level of the post is not the one the call is for: %(value)s. It is for: %(allowed)s."
        )
        % _allowed("level", breach)
    ),
    "most": _most,
    "least": lambda breach, rules: (
        _("The rule: %(rule)s The city has nominated fewer people.")
        % {"rule": how_many(rules)}
    ),
    "withdrawn": lambda breach, rules: _("The city has withdrawn the nomination."),
    "declined": lambda breach, rules: _("The nominated person has declined."),
    "unconfirmed": lambda breach, rules: _(
        "The nominated person did not confirm before the selection."
    ),
    "same_person": lambda breach, rules: _(
        "The person is nominated twice; the other nomination counts."
    ),
}
