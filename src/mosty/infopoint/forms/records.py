"""Filters of the list of records, and the reasons for changing and taking them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.infopoint.models import State
from mosty.infopoint.queries.lists import Choice

EVERY = ("", _("all"))


class RecordFilter(forms.Form):
    """Which records are listed; of today, unless days are asked for."""

    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Until"), required=False)
    topic = forms.ChoiceField(
        label=pgettext_lazy("consultation", "Topic"), required=False
    )
    channel = forms.ChoiceField(
        label=pgettext_lazy("consultation", "Channel"), required=False
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[EVERY, *State.choices]
    )

    def __init__(
        self, *args: Any, lists: Mapping[str, list[Choice]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("topic", "channel", "language", "nationality"):
            field = self.fields[name]
            field.choices = [  # type: ignore[attr-defined]  # of a ChoiceField
                EVERY,
                *((str(one.pk), one.label) for one in lists.get(name, [])),
            ]


class ReasonForm(forms.Form):
    """Why something is changed."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class ExportForm(ReasonForm):
    """Why single records are taken away, and as what."""

    since = forms.DateField(label=_("From"))
    until = forms.DateField(label=_("Until"))
    form = forms.ChoiceField(
        label=_("File"), choices=[("csv", "CSV"), ("xlsx", "XLSX")], initial="xlsx"
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round."""
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return given


class EndForm(ReasonForm):
    """Until when an organisation runs a point."""

    until = forms.DateField(
        label=_("Last day"),
        help_text=_("From the next day on, its staff do not see the point any more."),
    )
    field_order = ("until", "reason")


class PeriodForm(forms.Form):
    """Which month, or year, is closed."""

    year = forms.IntegerField(min_value=2000, max_value=2100)
    month = forms.IntegerField(min_value=1, max_value=12, required=False)
