"""What each row of a table says of one person, and what in it cannot be understood."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mosty.importing.queries.faults import Fault
from mosty.importing.queries.tables import Table
from mosty.kernel.sheets.values import BadValue, parse_date, parse_email
from mosty.nominations.queries.imports import names
from mosty.nominations.queries.imports.cities import Cities, City
from mosty.nominations.queries.imports.columns import LENGTHS, TEXTS
from mosty.nominations.queries.imports.vocabulary import answer, units_in

# What people put into a cell that they leave empty.
_NOTHING = frozenset({"", "-", "–", "—", "."})
_CHOICES = ("department", "level", "gender", "language")
_REQUIRED = frozenset({"department", "level"})
_MOST_PREFERENCE = 32_767


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says. ``values`` holds only fields that the row speaks of."""

    line: int
    city: City | None
    values: dict[str, Any]
    faults: list[Fault]


def missing(table: Table, *, own: City | None) -> list[str]:
    """Return the keys of columns without which no row can be understood."""
    given = {*table.columns, *table.fixed}
    keys = ["email", "department", "level"]
    if own is None:
        keys.insert(0, "city")
    found = [key for key in keys if key not in given]
    named = {"full_name", "name_reversed"} & given or {
        "given_name",
        "family_name",
    } <= given
    if not named:
        found += sorted({"given_name", "family_name"} - given, reverse=True)
    return found


def read_rows(table: Table, cities: Cities, *, own: City | None) -> Iterator[Said]:
    """Yield what each row says; ``own`` is the city whose rows alone may stand here."""
    dates: dict[str, date | Fault] = {}
    for line, cells in table.rows:
        texts = {
            key: "" if cells[index] in _NOTHING else cells[index]
            for key, index in table.columns.items()
        }
        texts |= {key: text for key, text in table.fixed.items() if not texts.get(key)}
        faults: list[Fault] = []
        values: dict[str, Any] = {}
        city = _city(texts, cities, own, faults)
        _names(texts, values, faults)
        _email(texts, values, faults)
        for key in _CHOICES:
            _choice(key, texts, values, faults)
        for key in TEXTS:
            _text(key, texts.get(key, ""), values, faults)
        _date(texts.get("in_post_since", ""), dates, values, faults)
        _preference(texts.get("preference", ""), values, faults)
        yield Said(line, city, values, faults)


def _city(
    texts: Mapping[str, str], cities: Cities, own: City | None, faults: list[Fault]
) -> City | None:
    text = texts.get("city", "")
    if not text:
        if own is None:
            faults.append(Fault("empty", "city"))
        return own
    city = cities.find(text)
    if city is None:
        faults.append(Fault("unknown_city", "city", text))
    elif own is not None and city.pk != own.pk:
        faults.append(Fault("foreign_city", "city", text))
        return None
    return city


def _names(
    texts: Mapping[str, str], values: dict[str, Any], faults: list[Fault]
) -> None:
    if "given_name" in texts and "family_name" in texts:
        for key in ("given_name", "family_name"):
            if not texts[key]:
                faults.append(Fault("empty", key))
            _text(key, texts[key], values, faults)
        return
    key = "full_name" if texts.get("full_name") else "name_reversed"
    key = key if key in texts else "full_name"
    text = texts.get(key, "")
    if not text:
        faults.append(Fault("empty", key))
        return
    parts = names.split(text, family_first=key == "name_reversed")
    if parts is None:
        faults.append(Fault("one_name", key, text))
        return
    for name, part in zip(("given_name", "family_name"), parts, strict=True):
        _text(name, part, values, faults)


def _text(key: str, text: str, values: dict[str, Any], faults: list[Fault]) -> None:
    if len(text) > LENGTHS[key]:
        faults.append(Fault("too_long", key, text, {"limit": LENGTHS[key]}))
    elif text:
        values[key] = text


def _email(
    texts: Mapping[str, str], values: dict[str, Any], faults: list[Fault]
) -> None:
    text = texts.get("email", "")
    if not text:
        faults.append(Fault("empty", "email"))
        return
    try:
        address = parse_email(text)
    except BadValue:
        faults.append(Fault("email", "email", text))
        return
    _text("email", address, values, faults)


def _choice(
    key: str, texts: Mapping[str, str], values: dict[str, Any], faults: list[Fault]
) -> None:
    text = texts.get(key, "")
    if not text:
        if key in _REQUIRED:
            faults.append(Fault("empty", key))
        return
    found = answer(key, text)
    if found is not None:
        values[key] = found
        return
    units = units_in(text) if key == "department" else []
    if len(units) > 1:
        faults.append(Fault("several_units", key, text, {"units": units}))
    else:
        faults.append(Fault("choice", key, text))


def _date(
    text: str,
    known: dict[str, date | Fault],
    values: dict[str, Any],
    faults: list[Fault],
) -> None:
    if not text:
        return
    if text not in known:
        try:
            known[text] = parse_date(text)
        except BadValue:
            known[text] = Fault("date", "in_post_since", text)
    found = known[text]
    if isinstance(found, Fault):
        faults.append(found)
    else:
        values["in_post_since"] = found


def _preference(text: str, values: dict[str, Any], faults: list[Fault]) -> None:
    digits = text.rstrip(".")
    if not text:
        return
    if (
        digits.isascii()
        and digits.isdigit()
        and len(digits) < 6
        and 1 <= int(digits) <= _MOST_PREFERENCE
    ):
        values["preference"] = int(digits)
    else:
        faults.append(Fault("number", "preference", text))
