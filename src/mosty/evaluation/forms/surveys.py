"""Forms with which a survey is made, moved, and its quotes are read."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mosty.evaluation.models import LEAST_SHOWN, Questionnaire, Quote
from mosty.kernel.refusal import Refusal


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    with timezone.override(zone):
        return from_current_timezone(datetime.combine(day, at))


class MoveForm(forms.Form):
    """Until which day answers are taken: its whole day, on the programme's clock."""

    closes_on = forms.DateField(label=_("Takes answers until the end of"))

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    @property
    def closes_at(self) -> datetime:
        """Return the last minute of the day."""
        return _moment(self.cleaned_data["closes_on"], time(23, 59), self.zone)


class SurveyForm(MoveForm):
    """What a new survey asks, and when."""

    opens_on = forms.DateField(label=_("Opens on the morning of"))
    minimum = forms.IntegerField(
        label=_("Results are shown from how many answers on"),
        min_value=LEAST_SHOWN,
        max_value=100,
        initial=5,
        help_text=_("Never fewer than 3. It cannot be changed later: it is a promise."),
    )
    expected = forms.IntegerField(
        label=_("How many people are asked"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Only where they are not on the roster; otherwise leave it empty."),
    )
    field_order = ("questionnaire", "opens_on", "closes_on", "minimum", "expected")

    def __init__(
        self, *args: Any, questionnaires: Sequence[Questionnaire], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in questionnaires}
        self.fields["questionnaire"] = forms.ChoiceField(
            label=_("Questionnaire"),
            choices=[("", "–"), *((key, one.name) for key, one in self.known.items())],
        )
        self.order_fields(self.field_order)

    @property
    def opens_at(self) -> datetime:
        """Return seven o'clock of the day."""
        return _moment(self.cleaned_data["opens_on"], time(7), self.zone)

    @property
    def chosen(self) -> Questionnaire:
        """Return the questionnaire that was chosen."""
        return self.known[self.cleaned_data["questionnaire"]]


class QuoteForm(forms.Form):
    """Whether one quote may be published."""

    state = forms.ChoiceField(
        label=_("Published?"), choices=Quote.State, widget=forms.RadioSelect
    )


def blame(
    form: forms.BaseForm, refusal: Refusal, names: dict[str, str] | None = None
) -> None:
    """Show a refusal at the fields it names, or above them all."""
    placed = False
    for name, sentence in refusal.fields.items():
        at = (names or {}).get(name, name)
        if at in form.fields:
            form.add_error(at, str(sentence))
            placed = True
    if not placed:
        form.add_error(None, str(refusal))
