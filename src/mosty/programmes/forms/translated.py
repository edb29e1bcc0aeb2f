"""Fields for texts in several languages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from i18nfield.forms import I18nFormField, I18nTextarea, I18nTextInput


def site_languages(others: Iterable[str] = ()) -> list[str]:
    """Return the interface's languages, then ``others``, in which texts are written."""
    codes = [code for code, _name in settings.LANGUAGES]
    return list(dict.fromkeys([*codes, *others]))


def translated(
    label: object,
    *,
    locales: Sequence[str],
    long: bool = False,
    required: bool = True,
    **options: Any,
) -> forms.Field:
    """Return a field for a text in ``locales``; if required, one of them is enough."""
    field: forms.Field = I18nFormField(
        label=label,
        locales=locales,
        required=required,
        widget=I18nTextarea if long else I18nTextInput,
        widget_kwargs={"attrs": {"rows": 5} if long else {}},
        **options,
    )
    # i18nfield calls every field optional, since no single language is required.
    field.required = required
    return field
