"""What is entered about certificates."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.forms import I18nFormField, I18nTextarea, I18nTextInput

from mosty.kernel.refusal import Refusal
from mosty.programmes.languages import name as language_name
from mosty.training.actions.designs import MOST_SIGNATORIES, Signs
from mosty.ui.meanwhile import Meanwhile


def blame(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal in the form: at the fields it names, else above them all."""
    known: Mapping[str, object] = {
        name: sentence
        for name, sentence in refusal.fields.items()
        if name in form.fields
    }
    for name, sentence in known.items():
        form.add_error(name, str(sentence))
    if not known:
        form.add_error(None, str(refusal))


def _translated(
    label: object,
    *,
    long: bool = False,
    required: bool = False,
    max_length: int,
    help_text: object = "",
) -> forms.Field:
    field: forms.Field = I18nFormField(
        label=label,
        locales=[code for code, _name in settings.LANGUAGES],
        required=required,
        max_length=max_length,
        help_text=help_text,
        widget=I18nTextarea if long else I18nTextInput,
        widget_kwargs={"attrs": {"rows": 6} if long else {}},
    )
    # i18nfield calls every field optional, since no single language is required.
    field.required = required
    return field


class DesignForm(Meanwhile):
    """What the certificates of a course say."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "One or two. The participant's own language, if it is one, comes first."
        ),
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, language_name(code)) for code in languages
        ]
        self.fields["outcomes"] = _translated(
            _("Learning outcomes"),
            long=True,
            max_length=3000,
            help_text=_("What participants can do after the course. One a line."),
        )
        for number in range(1, MOST_SIGNATORIES + 1):
            is_first = number == 1
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Given name and family name"),
                max_length=120,
                required=is_first,
            )
            for name, label in (
                ("function", _("Function")),
                ("organisation", _("Organisation")),
            ):
                self.fields[f"{name}_{number}"] = _translated(
                    label, required=is_first, max_length=150
                )

    def groups(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Return the fields of each signatory."""
        return [
            (number, [self[f"{name}_{number}"] for name in _SIGNATORY])
            for number in range(1, MOST_SIGNATORIES + 1)
        ]

    def clean(self) -> None:
        """Ask for all of a signatory, or for nothing."""
        for number in range(1, MOST_SIGNATORIES + 1):
            given = {
                name: self.cleaned_data.get(f"{name}_{number}") for name in _SIGNATORY
            }
            if any(given.values()):
                for name, value in given.items():
                    if not value and f"{name}_{number}" not in self.errors:
                        self.add_error(
                            f"{name}_{number}", _("Fill this in for who signs.")
                        )

    def signatories(self) -> list[Signs]:
        """Return who signs, in order."""
        data = self.cleaned_data
        return [
            Signs(
                data[f"name_{number}"],
                data[f"function_{number}"],
                data[f"organisation_{number}"],
            )
            for number in range(1, MOST_SIGNATORIES + 1)
            if data[f"name_{number}"]
        ]


_SIGNATORY = ("name", "function", "organisation")


class LogoForm(forms.Form):
    """The logo of a partner."""

    name = forms.CharField(
        label=_("Whose logo it is"),
        max_length=120,
        help_text=_("Screen readers say it in place of the picture."),
    )
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG or JPEG, at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReissueForm(ReasonForm):
    """The name as it should be, and why it was not."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name on the certificate"), max_length=200
    )
    field_order = ("name", "reason")


class NumberForm(forms.Form):
    """The number of a certificate that somebody checks."""

    number = forms.CharField(
        label=_("Number of the certificate"),
        max_length=40,
        help_text=_("Such as 2026-7KQX-2M9PC. Capitals and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
