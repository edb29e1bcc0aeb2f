"""A participant who cannot come says why."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GiveBackForm(forms.Form):
    """Why a seat is given back."""

    reason = forms.CharField(
        label=_("Why you cannot come"),
        help_text=_("One sentence. The organisers and your city read it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
