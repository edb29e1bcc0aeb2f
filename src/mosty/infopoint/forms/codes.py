"""What is typed about a code of a city's list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.infopoint.actions.codes import Details
from mosty.infopoint.models import Code
from mosty.infopoint.queries.codes import common_codes
from mosty.kernel.languages import EVERYONE
from mosty.programmes.forms.translated import translated
from mosty.ui.meanwhile import Meanwhile


class CodeForm(Meanwhile):
    """The words of a code, its days, and what it counts as."""

    label = translated(_("What people read"), locales=EVERYONE)
    common = forms.ModelChoiceField(
        label=_("Counts in the common list as"),
        queryset=Code.objects.none(),
        required=False,
        help_text=_("So that cities can be compared."),
    )
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("A code is ended, never deleted: records keep it."),
    )
    order = forms.IntegerField(
        label=_("Place in the list"), min_value=0, max_value=9999, initial=0
    )
    sensitive = forms.BooleanField(
        label=pgettext_lazy("code", "Sensitive: published with a higher threshold"),
        required=False,
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["common"].queryset = common_codes(kind)  # type: ignore[attr-defined]

    @staticmethod
    def of(code: Code) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "label": code.label,
            "common": code.common_id,
            "since": code.since,
            "until": code.until,
            "order": code.order,
            "sensitive": code.sensitive,
        }

    def details(self) -> Details:
        """Return what was typed."""
        given = self.cleaned_data
        return Details(
            label=given["label"],
            since=given["since"],
            until=given["until"],
            common=given["common"],
            order=given["order"],
            sensitive=given["sensitive"],
        )


class NewCodeForm(CodeForm):
    """A new code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Stands in files and never changes: small letters and hyphens."),
    )
    field_order = ("label", "code")
