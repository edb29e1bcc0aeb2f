"""What is said of a timetable as it is published."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """A word on the version, and the last version that was read."""

    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Why it changes"),
        help_text=_("Shown to everybody beside the changes. May stay empty."),
        max_length=500,
        required=False,
    )
