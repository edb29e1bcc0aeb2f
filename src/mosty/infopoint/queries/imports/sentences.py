"""What is wrong with a row, in the language that is active."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from mosty.importing.queries.faults import Fault
from mosty.infopoint.queries.imports.columns import label
from mosty.infopoint.queries.imports.vocabulary import Known, Lists
from mosty.kernel.sheets.values import BadValue, parse_dated
from mosty.ui.dates import day as in_words

# A list that is no longer is told whole; of a longer one, what is most like the cell.
_MOST_TOLD = 12
_LONGEST = 60


def say(fault: Fault, lists: Lists) -> str:
    """Return the sentence for a fault."""
    match fault.code:
        case "date":
            try:
                parse_dated(fault.value)
            except BadValue as refusal:
                return str(refusal)
        case "unknown":
            return _unknown(fault, lists)
        case "not_that_day":
            return _not_that_day(fault, lists)
    params = {
        "value": _short(fault.value),
        "column": label(fault.column),
        "codes": ", ".join(fault.params.get("codes", ())),
        "most": fault.params.get("most", ""),
        "day": _day(fault),
    }
    return _SENTENCES().get(fault.code, _("This cell cannot be used.")) % params


def _SENTENCES() -> Mapping[str, str]:  # noqa: N802 - a table, made anew per language
    return {
        "empty": _("The cell is empty. It is needed: %(column)s."),
        "no_day": _(
            "“%(value)s” is no single day. Each consultation needs the day on which it was."
        ),
        "to_come": _("This day is still to come: %(day)s."),
        "before_opening": _(
            "The point was not open yet on this day: %(day)s. Correct the date, or the day "
            "on which the point was opened."
        ),
        "after_closing": _("The point was closed already on this day: %(day)s."),
        "nobody_ran": _(
            "Nobody ran the point on this day: %(day)s. Say first who did, in “The point "
            "and its operator”."
        ),
        "closed": _(
            "The month of this day is closed: %(day)s. Nothing can be brought into a "
            "closed month. Leave the row out."
        ),
        "several": _(
            "“%(value)s” can be several things: %(codes)s. Write the code that is meant."
        ),
        "topics": _("There are more than %(most)s topics in this row."),
        "personal": _(
            "The cell holds what looks like a phone number, an e-mail address or a PESEL "
            "number. It was not read. Remove it from the file."
        ),
        "yes_or_no": _("“%(value)s” is neither yes nor no."),
        "new_or_returning": _(
            "“%(value)s” does not say whether it was the first time. Write: new, returning, "
            "or leave the cell empty."
        ),
    }


def _unknown(fault: Fault, lists: Lists) -> str:
    day = fault.params.get("day")
    near = lists.near(
        fault.column, fault.value, date.fromisoformat(day) if day else None
    )
    told = {"value": _short(fault.value), "column": label(fault.column)}
    if near:
        return _("“%(value)s” is not on the list: %(column)s. Perhaps: %(near)s.") % {
            **told,
            "near": ", ".join(near),
        }
    offered = lists.offered(fault.column)
    if len(offered) <= _MOST_TOLD:
        return _(
            "“%(value)s” is not on the list: %(column)s. Choose from: %(all)s."
        ) % {
            **told,
            "all": ", ".join(one.label for one in offered),
        }
    return (
        _(
            "“%(value)s” is not on the list: %(column)s. Look at the code lists, or add it there."
        )
        % told
    )


def _not_that_day(fault: Fault, lists: Lists) -> str:
    known = lists.named(fault.column, fault.value)[0]
    return _(
        "“%(value)s” is not on the list of this day: %(day)s. It holds %(span)s."
    ) % {"value": _short(fault.value), "day": _day(fault), "span": _span(known)}


def _span(known: Known) -> str:
    if known.since and known.until:
        return _("from %(since)s until %(until)s") % {
            "since": in_words(known.since),
            "until": in_words(known.until),
        }
    if known.since:
        return _("from %(since)s") % {"since": in_words(known.since)}
    return _("until %(until)s") % {
        "until": in_words(known.until) if known.until else "…"
    }


def _day(fault: Fault) -> str:
    day = fault.params.get("day")
    return in_words(date.fromisoformat(day)) if day else ""


def _short(text: str) -> str:
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
