"""What is typed about versions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FreezeForm(forms.Form):
    """A day, and what the version is."""

    day = forms.DateField(label=_("The map holds for the day"))
    note = forms.CharField(
        label=_("What it is"),
        max_length=200,
        required=False,
        help_text=_("Such as: after the course, after the first year."),
    )


class CompareForm(forms.Form):
    """Two versions; 0 is the map as it stands."""

    before = forms.TypedChoiceField(label=_("From"), coerce=int)
    after = forms.TypedChoiceField(label=_("To"), coerce=int)

    def __init__(self, data: Any = None, *, offered: Sequence[tuple[int, str]]) -> None:
        # The two newest, unless others are asked for.
        first = {"before": offered[1][0], "after": offered[0][0]}
        super().__init__({**first, **data.dict()} if data else first)
        for field in self.fields.values():
            field.choices = list(offered)  # type: ignore[attr-defined]
