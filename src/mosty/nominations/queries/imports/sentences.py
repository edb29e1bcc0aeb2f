"""What is wrong with a row, and what it would change, in the language that is active."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from mosty.importing.queries.faults import Fault
from mosty.kernel.sheets.values import (
    BadValue,
    parse_choice,
    parse_date,
    parse_email,
)
from mosty.nominations.models import Nomination
from mosty.nominations.queries.imports.columns import label
from mosty.nominations.queries.imports.plan import Change, Plan
from mosty.nominations.queries.imports.vocabulary import choices
from mosty.nominations.rules import check
from mosty.nominations.rules.labels import value_label
from mosty.nominations.rules.words import how_many, listed
from mosty.ui.dates import day

_MOST_LINES = 5


def say(fault: Fault, plan: Plan) -> str:
    """Return the sentence for a fault or a warning of a row of ``plan``."""
    match fault.code:
        case "choice" | "date" | "email":
            return _unreadable(fault)
        case "rule":
            return check.words(fault.params["breach"], plan.rules)
        case "unknown_city":
            near = plan.cities.nearest(fault.value)
            if near is not None:
                return _("There is no such city: “%(value)s”. Perhaps: %(near)s.") % {
                    "value": fault.value,
                    "near": near.name,
                }
        case "several_units":
            units = [value_label("department", unit) for unit in fault.params["units"]]
            return _(
                "“%(value)s” speaks of several kinds of units: %(units)s. Write one of them."
            ) % {"value": fault.value, "units": listed(units)}
        case "most":
            return _(
                "The rule: %(rule)s Nominated so far: %(standing)s. New in this file: %(new)s."
            ) % {"rule": how_many(plan.rules), **fault.params}
        case "like_name":
            return _like_name(fault)
    return _plain(fault)


def _unreadable(fault: Fault) -> str:
    """Return what the reader of such cells says of this one, in today's language."""
    try:
        match fault.code:
            case "date":
                parse_date(fault.value)
            case "email":
                parse_email(fault.value)
            case _:
                parse_choice(fault.value, choices(fault.column))
    except BadValue as refusal:
        return str(refusal)
    return _plain(fault)


def _plain(fault: Fault) -> str:
    params = {
        "value": _short(fault.value),
        "column": label(fault.column),
        "lines": _lines(fault.params.get("lines", ())),
        "limit": fault.params.get("limit", ""),
        "cities": listed(fault.params.get("cities", ())),
    }
    return _SENTENCES().get(fault.code, _("This cell cannot be used.")) % params


def _SENTENCES() -> Mapping[str, str]:  # noqa: N802 - a table, made anew per language
    return {
        "empty": _("The cell is empty. It is needed: %(column)s."),
        "unknown_city": _("There is no such city: “%(value)s”."),
        "foreign_city": _(
            "This row names another city: “%(value)s”. Only your own city's people can be here."
        ),
        "one_name": _("“%(value)s” is one word. Write given name and family name."),
        "too_long": _("The text is longer than %(limit)s characters. Shorten it."),
        "number": _("“%(value)s” is not a whole number from 1."),
        "twice": _(
            "The same e-mail address stands in the same city in other rows too: %(lines)s. "
            "Leave one of them."
        ),
        "ambiguous": _(
            "Two nominations of this city have this e-mail address. Change the right one in "
            "the list of nominations, and leave this row out."
        ),
        "withdrawn": _(
            "The nomination of this person has been withdrawn. A file does not bring it "
            "back: nominate the person with the form, or leave this row out."
        ),
        "future": _("The day lies in the future. Is it right?"),
        "elsewhere": _(
            "The same e-mail address is nominated by another city too: %(cities)s."
        ),
    }


def _like_name(fault: Fault) -> str:
    lines, codes = fault.params["lines"], fault.params["codes"]
    found = []
    if lines:
        found.append(_("rows of this file: %(lines)s") % {"lines": _lines(lines)})
    if codes:
        found.append(
            _("nominations: %(codes)s") % {"codes": listed(codes[:_MOST_LINES])}
        )
    return _("Perhaps the same person; see %(where)s.") % {"where": "; ".join(found)}


def _lines(lines: object) -> str:
    """Return row numbers as a list, the first few where there are many."""
    if not isinstance(lines, list):
        return ""
    shown = listed([str(line) for line in lines[:_MOST_LINES]])
    return f"{shown}, …" if len(lines) > _MOST_LINES else shown


def _short(text: str) -> str:
    return f"{text[:60]}…" if len(text) > 60 else text


def say_short(city: str, total: int, plan: Plan) -> str:
    """Return the sentence about a city that would still have nominated too few."""
    return _("The rule: %(rule)s City: %(city)s. With this file: %(total)s.") % {
        "rule": how_many(plan.rules),
        "city": city,
        "total": total,
    }


def field_label(change: Change) -> str:
    """Return what the changed field is called."""
    return _("State") if change.field == "state" else label(change.field)


def value_words(field: str, value: object) -> str:
    """Return a field's value as people read it."""
    if isinstance(value, date):
        return day(value)
    if field == "state":
        return str(Nomination.State(str(value)).label)
    if field == "language":
        return str(choices("language").get(str(value), (value,))[0])
    return value_label(field, str(value)) if value is not None else ""
