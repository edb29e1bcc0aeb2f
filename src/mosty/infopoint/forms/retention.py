"""After how many months each field of a record is blanked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mosty.infopoint.actions.retention import MOST_MONTHS
from mosty.infopoint.models import Retention
from mosty.ui.meanwhile import Meanwhile


class RetentionForm(Meanwhile):
    """One number of months for each field; empty: it is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in Retention.Field.choices:
            self.fields[value] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=MOST_MONTHS,
                required=False,
                help_text=_("Months after the day of the record."),
            )

    @staticmethod
    def of(months: Mapping[str, int]) -> dict[str, int | None]:
        """Return what each field says, also those that are kept for ever."""
        return {field: months.get(field) for field in Retention.Field.values}
