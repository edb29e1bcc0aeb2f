"""Why a release was refused, and what the audit found, in sentences."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mosty.engines.disclosure import NO_WORLD
from mosty.figures.releases.document import Document, in_language

_SUM = re.compile(r"^(?P<cell>.*): the sum over (?P<dimension>.*)$")
_CHANGE = re.compile(r"^(?P<table>.*): what changed since release (?P<number>\d+)$")


def failure(code: str, params: Mapping[str, Any], tables: Mapping[str, str]) -> str:
    """
    Return why a release was refused, and what to do.

    ``tables`` has the titles of tables, by key.
    """
    match code:
        case "given_away":
            return (
                ngettext(
                    "Nothing can be published yet: %(cells)s hidden number could be worked out from the rest.",
                    "Nothing can be published yet: %(cells)s hidden numbers could be worked out from the rest.",
                    params["cells"],
                )
                % {"cells": params["cells"]}
                + " "
                + _("Leave a table out, or choose a higher threshold, and start again.")
            )
        case "all_small":
            names = ", ".join(
                tables.get(key, key) for key in params["tables"].split(", ")
            )
            return _(
                "In these tables all numbers would be hidden: %(tables)s. Leave them out, and start again."
            ) % {"tables": names}
        case "few_changed":
            return ngettext(
                "Since release %(number)s only %(changed)s record has changed, fewer than %(threshold)s. Whoever compares both releases would see what single consultations were about. Wait until more are corrected.",
                "Since release %(number)s only %(changed)s records have changed, fewer than %(threshold)s. Whoever compares both releases would see what single consultations were about. Wait until more are corrected.",
                params["changed"],
            ) % dict(params)
        case "cited":
            return _(
                "A figure that was published elsewhere says %(cited)s; the records say %(counted)s (%(source)s). Correct the figure, or say that it counts something else, and start again."
            ) % dict(params)
        case "tables":
            return _("The tables cannot be protected together: %(why)s") % {
                "why": _fault(params)
            }
    return _plain_sentences().get(code, code) % dict(params)


def _plain_sentences() -> dict[str, str]:
    return {
        "empty": _("There is nothing to release: no record counts in this year."),
        "nothing_changed": _(
            "Nothing has changed since release %(number)s. There is nothing to correct."
        ),
        "not_allowed": _(
            "Whoever asked for it may not release these numbers any more."
        ),
        "interrupted": _("It was interrupted. Start it again."),
        "solver": _("No answer was found. Leave a table out, and start again."),
        "broken": _("Something broke. Tell the administrator, and start again."),
        "open_year": _("The year is not closed. Close it first."),
        "late": _(
            "Late records wait in the tray: %(records)s. Accept or refuse them first."
        ),
    }


def _fault(params: Mapping[str, Any]) -> str:
    match params["fault"]:
        case "negative_count":
            return _(
                "%(table)s: the cell %(cell)s is %(value)s; no count is negative."
            ) % dict(params)
        case "hierarchy_loop":
            return _(
                "the codes of %(dimension)s lie in one another in a circle: %(codes)s."
            ) % dict(params)
        case "disagree":
            return _(
                "%(cell)s is %(one)s in %(first)s, but %(other)s in %(second)s."
            ) % dict(params)
        case "contradiction":
            return _(
                "the records and what was published elsewhere contradict each other (%(about)s)."
            ) % dict(params)
    return str(params["fault"])


def finding(found: Mapping[str, Any], document: Document) -> str:
    """Return which number is given away, how far, and by what."""
    cell = _cell(found["codes"], document)
    if found["code"] == "alone":
        return _(
            "%(cell)s: whoever knows one of the two small numbers knows the other."
        ) % {"cell": found["cell"]}
    if found["high"] is None:
        words = _("%(cell)s: at least %(low)s.")
    elif found["low"] == found["high"]:
        words = _("%(cell)s: exactly %(low)s.")
    else:
        words = _("%(cell)s: from %(low)s to %(high)s, but must be open by %(needed)s.")
    because = list(dict.fromkeys(_because(one, document) for one in found["because"]))
    return words % {**found, "cell": cell} + (
        " " + _("It follows from: %(because)s.") % {"because": "; ".join(because)}
        if because
        else ""
    )


def _cell(codes: Sequence[Sequence[str]], document: Document) -> str:
    """Return a cell's codes by their labels."""
    language = get_language() or "en"
    words = []
    for key, code in codes:
        if key == "release":
            words.append(_("release %(number)s") % {"number": code})
            continue
        dimension = next((one for one in document.dimensions if one.key == key), None)
        label = dimension.by_code.get(code) if dimension else None
        words.append(
            f"{in_language(dimension.label, language) if dimension else key}: "
            f"{in_language(label.label, language) if label else code}"
        )
    return ", ".join(words) or _("Total")


def _because(source: str, document: Document) -> str:
    """Return one reason in words; a cited source stands as it is."""
    if source == NO_WORLD:
        return _("these tables are too many to be checked together in time")
    language = get_language() or "en"
    if match := _CHANGE.match(source):
        table = document.table(match["table"])
        return _("what changed since release %(number)s (%(table)s)") % {
            "number": match["number"],
            "table": in_language(table.title, language) if table else match["table"],
        }
    if match := _SUM.match(source):
        pairs = [
            tuple(pair.split("=", 1))
            for pair in match["cell"].split(", ")
            if "=" in pair
        ]
        names = {
            one.key: in_language(one.label, language) for one in document.dimensions
        }
        return _("the sum over %(dimension)s (%(cell)s)") % {
            "dimension": names.get(match["dimension"], match["dimension"]),
            "cell": _cell(pairs, document),
        }
    return source
