"""Two texts of one field, side by side: what is kept now, and what was typed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.forms import BaseForm
from django.forms.boundfield import BoundField

from mosty.plans.models import LINKS
from mosty.ui.dates import day


@dataclass(frozen=True, slots=True)
class Side:
    """One field in which both differ."""

    field: BoundField
    name: str
    kept: str
    typed: str


def sides(row: object, form: BaseForm) -> tuple[Side, ...]:
    """Return the fields in which ``form``, which was typed, differs from ``row`` as it is."""
    found = []
    for field in form.visible_fields():
        if field.name == "visibility":
            continue
        kept = _words(_kept(row, field.name))
        typed = _words(form.cleaned_data.get(field.name, field.value()))
        if field.name == "topic":
            choices = dict(getattr(field.field, "choices", ()))
            typed = str(choices.get(field.value(), "")).strip("–")
        if field.name in LINKS:
            choices = dict(getattr(field.field, "choices", ()))
            kept, typed = (
                ", ".join(str(choices[key]) for key in map(str, keys) if key in choices)
                for keys in (_kept(row, field.name) or (), field.value() or ())
            )
        if kept != typed:
            found.append(Side(field, field.name, kept, typed))
    return tuple(found)


def _kept(row: object, name: str) -> Any:
    return getattr(row, name, "")


def _words(value: object) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return day(value)
    return str(value).strip()
