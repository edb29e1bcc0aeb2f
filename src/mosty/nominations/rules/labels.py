"""What attributes and their values are called, for rules, charts and explanations."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import DatedFact, Department, Gender, Level

_ATTRIBUTES: Mapping[str, Promise] = {
    "organisation": _("city"),
    "department": _("kind of unit"),
    "level": _("level of the post"),
    "gender": _("gender"),
    "experience": _("city's experience before February 2022"),
    "new_in_post": _("new in post"),
    "returning": _("took part before"),
}
_YES_NO: Mapping[str, Promise] = {"yes": _("yes"), "no": _("no")}
_VALUES: Mapping[str, Mapping[str, object]] = {
    "department": dict(Department.choices),
    "level": dict(Level.choices),
    "gender": dict(Gender.choices),
    "experience": dict(DatedFact.Experience.choices),
    "new_in_post": _YES_NO,
    "returning": _YES_NO,
}


def attribute_label(attribute: str) -> str:
    """Return what ``attribute`` is called in the language that is active."""
    return str(_ATTRIBUTES.get(attribute, attribute))


def value_label(attribute: str, value: str) -> str:
    """Return what ``value`` of ``attribute`` is called; itself where it has no word."""
    return str(_VALUES.get(attribute, {}).get(value, value))
