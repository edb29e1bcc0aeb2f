"""Forms of reports: the day, what of the people is shown, what was published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Department, Gender
from mosty.programmes.forms.translated import translated

EVERY = ("", pgettext_lazy("filter", "all"))


class DayForm(forms.Form):
    """Up to which day is counted."""

    on = forms.DateField(label=_("As of the end of"), required=False)


class PeopleFilter(forms.Form):
    """Which of those who took part are listed."""

    course = forms.ChoiceField(label=_("Course"), required=False)
    city = forms.ChoiceField(label=_("City"), required=False)
    department = forms.ChoiceField(
        label=_("Kind of unit"), choices=[EVERY, *Department.choices], required=False
    )
    gender = forms.ChoiceField(
        label=_("Gender"), choices=[EVERY, *Gender.choices], required=False
    )
    returning = forms.BooleanField(label=_("At an earlier course too"), required=False)
    on = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        courses: list[tuple[str, str]],
        cities: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("course", courses)
        self._choices("city", cities)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.choices = [EVERY, *choices]  # type: ignore[attr-defined]  # of a ChoiceField


class CitedForm(forms.Form):
    """One number that has been published about a programme."""

    value = forms.DecimalField(
        label=_("Number"), min_value=0, max_digits=16, decimal_places=2
    )
    as_of = forms.DateField(label=_("As of"), required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=400,
        help_text=_("Who has published it, where and when."),
    )
    field_order = ("label", "value", "unit")

    def __init__(self, *args: Any, locales: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"] = translated(_("What is counted"), locales=locales)
        self.fields["unit"] = translated(
            _("Unit"),
            locales=locales,
            help_text=_("Persons or attendances, say, or that it is not published."),
        )
        self.order_fields(self.field_order)


class ReasonForm(forms.Form):
    """Why something is taken out."""

    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea)
