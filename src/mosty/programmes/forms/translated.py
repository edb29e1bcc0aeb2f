"""Fields for texts in several languages, each with its language's name above it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from i18nfield.forms import I18nFormField, I18nTextarea, I18nTextInput

from mosty.programmes import languages


class _Labelled:
    """Puts a visible label on each language's control; a placeholder alone is none."""

    locales: Sequence[str]
    enabled_locales: Sequence[str]

    def format_output(self, rendered: Sequence[str], id_: str) -> SafeString:
        """Return the controls, one below the other."""
        places = [
            (place, code)
            for place, code in enumerate(self.locales)
            if code in self.enabled_locales
        ]
        rows = [
            # The controls come rendered, and so escaped, from Django's own widgets.
            (id_, place, languages.name(code), mark_safe(control))  # noqa: S308
            for (place, code), control in zip(places, rendered, strict=True)
        ]
        return format_html(
            '<div class="i18n-form-group" id="{}">{}</div>',
            id_,
            format_html_join(
                "", '<div><label class="hint" for="{}_{}">{}</label>{}</div>', rows
            ),
        )


class TranslatedInput(_Labelled, I18nTextInput):  # type: ignore[misc]  # i18nfield is untyped
    """One line in each language."""


class TranslatedArea(_Labelled, I18nTextarea):  # type: ignore[misc]  # i18nfield is untyped
    """Several lines in each language."""


def site_languages(others: Iterable[str] = ()) -> list[str]:
    """Return the interface's languages, then ``others``, in which texts are written."""
    codes = [code for code, _name in settings.LANGUAGES]
    return list(dict.fromkeys([*codes, *others]))


def translated(
    label: object, *, locales: Sequence[str], long: bool = False, **options: Any
) -> forms.Field:
    """Return a field for a text in ``locales``; one of them is enough."""
    attrs: dict[str, object] = {"placeholder": ""}
    if long:
        attrs["rows"] = 5
    field: forms.Field = I18nFormField(
        label=label,
        locales=locales,
        widget=TranslatedArea if long else TranslatedInput,
        widget_kwargs={"attrs": attrs},
        **options,
    )
    return field
