"""What the rules of a call are, and which make no sense."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import DatedFact, Department, Gender, Level

# attribute -> its values, for quotas and conditions.
VALUES: Mapping[str, Sequence[str]] = {
    "department": Department.values,
    "level": Level.values,
    "gender": Gender.values,
    "experience": DatedFact.Experience.values,
    "new_in_post": ("yes", "no"),
    "returning": ("yes", "no"),
}
COVERED = ("organisation", "department")
REMEMBERED = ("organisation",)
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


@dataclass(frozen=True, slots=True)
class Memory:
    """First those whose value (city) had fewest seats in the programme's earlier courses."""

    attribute: str
    kind: Literal["memory"] = "memory"


Priority = Coverage | Prefer | Balance | Memory
_OF_AN_ATTRIBUTE: Mapping[
    str, tuple[Sequence[str], Callable[[str], Coverage | Balance | Memory]]
] = {
    "coverage": (COVERED, Coverage),
    "balance": (BALANCED, Balance),
    "memory": (REMEMBERED, Memory),
}


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
    # A number that is missing makes no second mistake of the others.
    wrong = {mistake.field for mistake in mistakes}
    limit = MOST_SEATS if "seats" in wrong else seats
    if least > most and not wrong & {"least", "most"}:
        mistakes.append(
            Mistake(
                "least", _("The least a city nominates must not be above the most.")
            )
        )
    if most > limit and "most" not in wrong:
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
        must_confirm=_yes_or_no(stored, "must_confirm", mistakes),
        quotas=_quotas(stored.get("quotas", []), limit, mistakes),
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


def _yes_or_no(stored: Mapping[str, Any], field: str, mistakes: list[Mistake]) -> bool:
    value = stored.get(field, True)
    if not isinstance(value, bool):
        mistakes.append(Mistake(field, _("Say yes or no.")))
    return value is not False


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


def _rows(raw: object, field: str, mistakes: list[Mistake]) -> list[Mapping[str, Any]]:
    if isinstance(raw, list | tuple) and all(isinstance(row, Mapping) for row in raw):
        return list(raw)
    mistakes.append(Mistake(field, _("Enter a list.")))
    return []


def _quotas(raw: object, seats: int, mistakes: list[Mistake]) -> tuple[Quota, ...]:
    quotas: list[Quota] = []
    seen: set[tuple[str, str]] = set()
    # attribute -> where its last quota stands, for what is wrong with them together.
    last: dict[str, str] = {}
    for number, item in enumerate(_rows(raw, "quotas", mistakes), 1):
        field = f"quotas.{number}"
        attribute, value = str(item.get("attribute", "")), str(item.get("value", ""))
        if attribute not in VALUES:
            mistakes.append(
                _unknown(field, attribute)
                if attribute
                else Mistake(field, _("Say whom the limit is for."))
            )
            continue
        if value not in VALUES[attribute]:
            mistakes.append(_unknown(field, value))
        if (attribute, value) in seen:
            mistakes.append(
                Mistake(field, _("There are two quotas for the same people."))
            )
        seen.add((attribute, value))
        last[attribute] = field
        least, most = item.get("least"), item.get("most")
        if not _whole_or_none(least) or not _whole_or_none(most):
            mistakes.append(Mistake(field, _("Enter whole numbers.")))
            continue
        quota = Quota(attribute, value, least or 0, most)
        mistakes += [
            Mistake(field, sentence) for sentence in _quota_mistakes(quota, seats)
        ]
        quotas.append(quota)
    for attribute, field in last.items():
        mistakes += [
            Mistake(field, sentence)
            for sentence in _sum_mistakes(
                [quota for quota in quotas if quota.attribute == attribute], seats
            )
        ]
    return tuple(quotas)


def _whole_or_none(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _quota_mistakes(quota: Quota, seats: int) -> Iterator[object]:
    if quota.least < 0 or (quota.most is not None and quota.most < 0):
        yield _("A quota cannot be below zero.")
    if quota.most is None and quota.least == 0:
        yield _("Enter the least or the most.")
    if quota.most is not None and quota.least > quota.most:
        yield _("The least must not be above the most.")
    if quota.least > seats:
        yield _("A quota cannot ask for more than all seats.")


def _sum_mistakes(quotas: Sequence[Quota], seats: int) -> Iterator[object]:
    """Say what is wrong with all quotas of one attribute together."""
    asked = sum(quota.least for quota in quotas)
    if asked > seats and all(quota.least <= seats for quota in quotas):
        yield (
            pgettext_lazy(
                "rules", "The quotas together ask for %(asked)s of %(seats)s seats."
            )
            % {"asked": asked, "seats": seats}
        )
    limits = {quota.value: quota.most for quota in quotas if quota.most is not None}
    let = sum(limits.values())
    if quotas and set(limits) >= set(VALUES[quotas[0].attribute]) and let < seats:
        yield (
            _("The quotas together let only %(let)s of %(seats)s seats be taken.")
            % {"let": let, "seats": seats}
        )


def _priorities(raw: object, mistakes: list[Mistake]) -> tuple[Priority, ...]:
    priorities: list[Priority] = []
    for number, item in enumerate(_rows(raw, "priorities", mistakes), 1):
        field = f"priorities.{number}"
        priority = _priority(item, field, mistakes)
        if priority is None:
            continue
        if priority in priorities:
            mistakes.append(Mistake(field, _("The same priority stands twice.")))
        priorities.append(priority)
    return tuple(priorities)


def _priority(
    item: Mapping[str, Any], field: str, mistakes: list[Mistake]
) -> Priority | None:
    match item.get("kind"):
        case "prefer":
            return _prefer(item.get("who"), field, mistakes)
        case "coverage" | "balance" | "memory" as kind:
            allowed, priority = _OF_AN_ATTRIBUTE[kind]
            attribute = str(item.get("attribute", ""))
            if attribute in allowed:
                return priority(attribute)
            mistakes.append(_unknown(field, attribute))
        case other:
            mistakes.append(_unknown(field, other))
    return None


def _prefer(who: object, field: str, mistakes: list[Mistake]) -> Prefer | None:
    if not isinstance(who, Mapping) or not who:
        mistakes.append(Mistake(field, _("Say who is preferred.")))
        return None
    conditions = []
    for attribute, values in sorted(who.items(), key=lambda item: str(item[0])):
        chosen = (
            tuple(str(value) for value in values)
            if isinstance(values, list | tuple)
            else ()
        )
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
        conditions.append((str(attribute), tuple(sorted(set(chosen)))))
    return Prefer(tuple(conditions))
