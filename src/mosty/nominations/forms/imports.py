"""A list to bring in, and which of its columns is which."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Organisation
from mosty.kernel.sheets import refusals
from mosty.nominations.queries.imports.columns import COLUMNS, FIXED, label
from mosty.nominations.queries.imports.rows import Table
from mosty.nominations.queries.imports.vocabulary import choices

_SAMPLE = 30


class UploadForm(forms.Form):
    """A file, and for which city it is where that is not plain."""

    file = forms.FileField(
        label=_("File with the list"),
        help_text=_("XLSX or CSV, at most 10 MB. Any order of columns."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": refusals.EMPTY,
            "invalid": _("Choose a file."),
        },
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

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse a file that is too large before anybody reads it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(str(refusals.TOO_BIG))
        return file

    @property
    def organisation(self) -> Organisation | None:
        """Return the city whose rows alone may stand in the file."""
        return self._only or self._cities.get(self.cleaned_data.get("city", ""))


class ColumnsForm(forms.Form):
    """For each thing a nomination says: its column in the file, or one answer for all."""

    def __init__(
        self, data: Any = None, *, table: Table, samples: Sequence[str]
    ) -> None:
        initial = {key: f"column:{at}" for key, at in table.columns.items()}
        initial |= {key: f"answer:{value}" for key, value in table.fixed.items()}
        super().__init__(data, initial=initial)
        in_file = [
            (f"column:{at}", _with_sample(name, sample))
            for at, (name, sample) in enumerate(zip(table.header, samples, strict=True))
        ]
        for column in COLUMNS:
            groups: list[tuple[Any, Any]] = [
                ("", _("not in the file")),
                (_("Column of the file"), in_file),
            ]
            if column.key in FIXED:
                answers = [
                    (f"answer:{value}", str(names[0]))
                    for value, names in choices(column.key).items()
                ]
                groups.append((_("One answer for all rows"), answers))
            self.fields[column.key] = forms.ChoiceField(
                label=str(column.label), choices=groups, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a column that is chosen twice."""
        data = super().clean() or {}
        used: dict[str, str] = {}
        for key, value in list(data.items()):
            if not value.startswith("column:"):
                continue
            if value in used:
                self.add_error(
                    key,
                    now_("This column is chosen already for: %(other)s.")
                    % {"other": label(used[value])},
                )
            used[value] = key
        return data

    @property
    def columns(self) -> Mapping[str, int]:
        """Return the place in the header of each column that is in the file."""
        return {
            key: int(value.removeprefix("column:"))
            for key, value in self.cleaned_data.items()
            if value.startswith("column:")
        }

    @property
    def fixed(self) -> Mapping[str, str]:
        """Return the answers that hold for all rows."""
        return {
            key: value.removeprefix("answer:")
            for key, value in self.cleaned_data.items()
            if value.startswith("answer:")
        }


def _with_sample(name: str, sample: str) -> str:
    if not sample:
        return name
    short = f"{sample[:_SAMPLE]}…" if len(sample) > _SAMPLE else sample
    return f"{name} ({short})"
