"""A figure that was published elsewhere, and which number of the tables it is."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from mosty.figures.actions.cited import Said
from mosty.figures.models import CitedFigure
from mosty.infopoint.queries.cited import totals
from mosty.kernel.languages import EVERYONE
from mosty.programmes.forms.translated import translated


class CitedForm(forms.Form):
    """One published number about a point."""

    label = translated(
        _("What is counted"),
        locales=EVERYONE,
        help_text=_("As it was published, such as: consultations in 2024."),
    )
    value = forms.DecimalField(
        label=_("Number"), min_value=0, max_digits=16, decimal_places=2
    )
    unit = translated(_("Unit"), locales=EVERYONE)
    as_of = forms.DateField(
        label=_("As of"),
        help_text=_("The last day that it counts: of a year, 31 December."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=400,
        help_text=_("Who has published it, where and when."),
    )
    equals = forms.ChoiceField(
        label=_("The same as the total of"),
        required=False,
        help_text=_(
            "Only if it counts exactly what the tables of that year count. Then the check "
            "of a release takes it that readers know this number."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["equals"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", _("nothing in the tables")), *totals()]

    @staticmethod
    def of(figure: CitedFigure) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "label": figure.label,
            # As people type it: 3500, and not 3.5E+3.
            "value": f"{figure.value.normalize():f}",
            "unit": figure.unit,
            "as_of": figure.as_of,
            "source": figure.source,
            "equals": "" if figure.codes else figure.measure,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a part of something as the total of a table."""
        given = super().clean() or {}
        value = given.get("value")
        if given.get("equals") and value is not None and value % 1:
            self.add_error("value", now_("The number of a table is a whole one."))
        return given

    def said(self) -> Said:
        """Return what was typed; the year of a total is that of its last day."""
        given = self.cleaned_data
        measure = given.get("equals", "")
        return Said(
            label=given["label"],
            value=given["value"],
            unit=given["unit"],
            as_of=given["as_of"],
            source=given["source"],
            measure=measure,
            year=given["as_of"].year if measure else None,
        )


class CorrectCitedForm(CitedForm):
    """What is said of it now, and why; a part of a total stays what it is."""

    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, figure: CitedFigure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._part = figure if figure.codes else None
        if self._part is not None:
            del self.fields["equals"]

    def said(self) -> Said:
        """Return what was typed, of the same part."""
        part = self._part
        if part is None:
            return super().said()
        same = {"measure": part.measure, "year": part.year, "codes": part.codes}
        return replace(super().said(), **same)
