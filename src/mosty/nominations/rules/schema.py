"""What the rules of a call are, and which make no sense."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import DatedFact, Department, Gender, Level

# attribute -> its values, for quotas and conditions. "organisation" takes slugs.
VALUES: Mapping[str, Sequence[str]] = {
    "department": Department.values,
    "level": Level.values,
    "gender": Gender.values,
    "experience": DatedFact.Experience.values,
    "new_in_post": ("yes", "no"),
    "returning": ("yes", "no"),
}
COVERED = ("organisation", "department")
BALANCED = ("department", "gender", "organisation", "level", "experience")
MOST_SEATS = 1000


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of those seated have one value of an attribute."""

    attribute: str
    value: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """As many different values (cities) as possible."""

    attribute: str
    kind: Literal["coverage"] = "coverage"


@dataclass(frozen=True, slots=True)
class Prefer:
    """As many as possible of those who meet all conditions, attribute -> values."""

    who: tuple[tuple[str, tuple[str, ...]], ...]
    kind: Literal["prefer"] = "prefer"


@dataclass(frozen=True, slots=True)
class Balance:
    """As even as possible over the values of an attribute."""

    attribute: str
    kind: Literal["balance"] = "balance"


Priority = Coverage | Prefer | Balance


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong with rules: where, and a sentence for people."""

    field: str
    sentence: object


class BadRules(ValueError):
    """Rules that make no sense; ``mistakes`` says everything that is wrong."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(f"{m.field}: {m.sentence}" for m in mistakes))
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Rules:
    """
    Everything that decides who may be nominated and who gets a seat.

    A city nominates ``least`` to ``most`` people and gets at most ``most`` seats.
    ``members_of`` (a union's slug) and ``exceptions`` (organisations' slugs) say which
    cities take part. Empty ``departments`` or ``levels`` admit all.
    """

    seats: int
    reserve: int
    least: int
    most: int
    members_of: str
    exceptions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    new_in_post_months: int = 12
    must_confirm: bool = True
    quotas: tuple[Quota, ...] = ()
    priorities: tuple[Priority, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the form in which rules are stored; :func:`parse` reads it."""
        return {
            "seats": self.seats,
            "reserve": self.reserve,
            "least": self.least,
            "most": self.most,
            "members_of": self.members_of,
            "exceptions": list(self.exceptions),
            "departments": list(self.departments),
            "levels": list(self.levels),
            "new_in_post_months": self.new_in_post_months,
            "must_confirm": self.must_confirm,
            "quotas": [
                {
                    "attribute": quota.attribute,
                    "value": quota.value,
                    "least": quota.least,
                    "most": quota.most,
                }
                for quota in self.quotas
            ],
            "priorities": [_priority_json(priority) for priority in self.priorities],
        }


def _priority_json(priority: Priority) -> dict[str, Any]:
    if isinstance(priority, Prefer):
        return {
            "kind": "prefer",
            "who": {attribute: list(values) for attribute, values in priority.who},
        }
    return {"kind": priority.kind, "attribute": priority.attribute}


def parse(stored: Mapping[str, Any]) -> Rules:
    """
    Return the rules that ``stored`` describes.

    :raises BadRules: if they make no sense, with every mistake and its field.
    """
    mistakes: list[Mistake] = []
    known = set(Rules.__dataclass_fields__)
    mistakes += [
        Mistake(name, _("There is no such rule."))
        for name in sorted(set(stored) - known)
    ]
    seats = _number(stored, "seats", 1, MOST_SEATS, mistakes)
    reserve = _number(stored, "reserve", 0, MOST_SEATS, mistakes)
    least = _number(stored, "least", 0, MOST_SEATS, mistakes)
    most = _number(stored, "most", 1, MOST_SEATS, mistakes)
    if least > most:
        mistakes.append(
            Mistake(
                "least", _("The least a city nominates must not be above the most.")
            )
        )
    if most > seats:
        mistakes.append(
            Mistake(
                "most", _("One city cannot nominate more people than there are seats.")
            )
        )
    rules = Rules(
        seats=seats,
        reserve=reserve,
        least=least,
        most=most,
        members_of=str(stored.get("members_of") or ""),
        exceptions=_list(stored, "exceptions", None, mistakes),
        departments=_list(stored, "departments", Department.values, mistakes),
        levels=_list(stored, "levels", Level.values, mistakes),
        new_in_post_months=_number(
            {"new_in_post_months": 12, **stored}, "new_in_post_months", 1, 120, mistakes
        ),
        must_confirm=bool(stored.get("must_confirm", True)),
        quotas=_quotas(stored.get("quotas", []), seats, mistakes),
        priorities=_priorities(stored.get("priorities", []), mistakes),
    )
    if not rules.members_of and not rules.exceptions:
        mistakes.append(
            Mistake(
                "members_of", _("Say which cities take part: a union's, or named ones.")
            )
        )
    if mistakes:
        raise BadRules(mistakes)
    return rules


def _number(
    stored: Mapping[str, Any],
    field: str,
    least: int,
    most: int,
    mistakes: list[Mistake],
) -> int:
    value = stored.get(field)
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or not least <= value <= most
    ):
        mistakes.append(
            Mistake(
                field,
                _("Enter a whole number from %(least)s to %(most)s.")
                % {"least": least, "most": most},
            )
        )
        return least
    return value


def _list(
    stored: Mapping[str, Any],
    field: str,
    allowed: Sequence[str] | None,
    mistakes: list[Mistake],
) -> tuple[str, ...]:
    values = stored.get(field) or []
    if not isinstance(values, list | tuple) or not all(
        isinstance(v, str) for v in values
    ):
        mistakes.append(Mistake(field, _("Enter a list.")))
        return ()
    if allowed is not None:
        mistakes += [_unknown(field, value) for value in values if value not in allowed]
    return tuple(dict.fromkeys(values))


def _unknown(field: str, value: object) -> Mistake:
    return Mistake(field, _("“%(value)s” is not known here.") % {"value": value})


def _quotas(raw: object, seats: int, mistakes: list[Mistake]) -> tuple[Quota, ...]:
    quotas: list[Quota] = []
    seen: set[tuple[str, str]] = set()
    for number, item in enumerate(raw if isinstance(raw, list | tuple) else [], 1):
        field = f"quotas.{number}"
        attribute, value = str(item.get("attribute", "")), str(item.get("value", ""))
        least, most = item.get("least") or 0, item.get("most")
        if attribute not in VALUES:
            mistakes.append(_unknown(field, attribute))
            continue
        if value not in VALUES[attribute]:
            mistakes.append(_unknown(field, value))
        if (attribute, value) in seen:
            mistakes.append(
                Mistake(field, _("There are two quotas for the same people."))
            )
        seen.add((attribute, value))
        if not isinstance(least, int) or not (most is None or isinstance(most, int)):
            mistakes.append(Mistake(field, _("Enter whole numbers.")))
            continue
        if least < 0 or (most is not None and most < 0):
            mistakes.append(Mistake(field, _("A quota cannot be below zero.")))
        if most is not None and least > most:
            mistakes.append(Mistake(field, _("The least must not be above the most.")))
        if least > seats:
            mistakes.append(
                Mistake(field, _("A quota cannot ask for more than all seats."))
            )
        quotas.append(Quota(attribute, value, least, most))
    for attribute in dict.fromkeys(quota.attribute for quota in quotas):
        asked = sum(quota.least for quota in quotas if quota.attribute == attribute)
        if asked > seats:
            mistakes.append(
                Mistake(
                    "quotas",
                    pgettext_lazy(
                        "rules",
                        "The quotas together ask for %(asked)s of %(seats)s seats.",
                    )
                    % {"asked": asked, "seats": seats},
                )
            )
    return tuple(quotas)


def _priorities(raw: object, mistakes: list[Mistake]) -> tuple[Priority, ...]:
    priorities: list[Priority] = []
    for number, item in enumerate(raw if isinstance(raw, list | tuple) else [], 1):
        field = f"priorities.{number}"
        match item.get("kind"):
            case "coverage" | "balance" as kind:
                allowed = COVERED if kind == "coverage" else BALANCED
                attribute = str(item.get("attribute", ""))
                if attribute not in allowed:
                    mistakes.append(_unknown(field, attribute))
                    continue
                priorities.append(
                    Coverage(attribute) if kind == "coverage" else Balance(attribute)
                )
            case "prefer":
                priority = _prefer(item.get("who"), field, mistakes)
                if priority is not None:
                    priorities.append(priority)
            case other:
                mistakes.append(_unknown(field, other))
    if len(set(priorities)) < len(priorities):
        mistakes.append(Mistake("priorities", _("The same priority stands twice.")))
    return tuple(priorities)


def _prefer(who: object, field: str, mistakes: list[Mistake]) -> Prefer | None:
    if not isinstance(who, Mapping) or not who:
        mistakes.append(Mistake(field, _("Say who is preferred.")))
        return None
    conditions = []
    for attribute, values in sorted(who.items()):
        chosen = tuple(values) if isinstance(values, list | tuple) else ()
        if attribute not in VALUES:
            mistakes.append(_unknown(field, attribute))
        elif not chosen:
            mistakes.append(Mistake(field, _("Say who is preferred.")))
        else:
            mistakes += [
                _unknown(field, value)
                for value in chosen
                if value not in VALUES[attribute]
            ]
        conditions.append((attribute, tuple(sorted(set(chosen)))))
    return Prefer(tuple(conditions))
