"""What an action must be to make sense, whoever writes it: a form, a table, a program."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mosty.plans.models import LINKS, MOST_LINKS

MOST_OBJECTIVES, MOST_ACTIONS = 20, 200


def faults_of(values: Mapping[str, Any]) -> dict[str, str | Promise]:
    """Return a sentence for each field of an action that makes no sense."""
    fields: dict[str, str | Promise] = {}
    if not str(values.get("what") or "").strip():
        fields["what"] = _("Say what is to be done.")
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        fields["ends_on"] = _(
            "The action ends before it starts. Correct one of the days."
        )
    for name in ("output", "result"):
        numbers = (values.get(f"{name}_baseline"), values.get(f"{name}_target"))
        if not str(values.get(name) or "").strip() and numbers != (None, None):
            fields[name] = _("Say what these numbers count.")
    for name in LINKS:
        if len(values.get(name) or ()) > MOST_LINKS:
            fields[name] = format_lazy(
                _("Choose at most {most}: those that matter most."), most=MOST_LINKS
            )
    return fields
