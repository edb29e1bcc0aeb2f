"""A list to bring in, and which of its columns is which."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Organisation
from mosty.importing import forms as importing
from mosty.importing.forms import TableField, with_samples
from mosty.importing.queries.tables import Table
from mosty.nominations.queries.imports.columns import COLUMNS, FIXED
from mosty.nominations.queries.imports.vocabulary import choices


class UploadForm(forms.Form):
    """A file, and for which city it is where that is not plain."""

    file = TableField(
        label=_("File with the list"),
        help_text=_("XLSX or CSV, at most 10 MB. Any order of columns."),
    )
    city = forms.ChoiceField(label=_("Whose people are in the file"), required=False)

    def __init__(
        self, *args: Any, whole: bool, cities: Sequence[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._cities = {city.slug: city for city in cities}
        self._only = cities[0] if len(cities) == 1 and not whole else None
        if self._only is not None:
            del self.fields["city"]
            return
        named = [(slug, str(city)) for slug, city in self._cities.items()]
        blank = _("several cities: the file has a column with the city")
        field = self.fields["city"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", blank if whole else _("Choose a city")), *named]
        field.required = not whole

    @property
    def organisation(self) -> Organisation | None:
        """Return the city whose rows alone may stand in the file."""
        return self._only or self._cities.get(self.cleaned_data.get("city", ""))


class ColumnsForm(importing.ColumnsForm):
    """For each thing a nomination says: its column in the file, or one answer for all."""

    def __init__(
        self, data: Any = None, *, table: Table, samples: Sequence[str]
    ) -> None:
        super().__init__(
            data,
            table=table,
            columns=COLUMNS,
            groups=[(_("Column of the file"), with_samples(table.header, samples))],
            answers={
                key: [(value, str(names[0])) for value, names in choices(key).items()]
                for key in FIXED
            },
        )
