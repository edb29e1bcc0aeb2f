"""A list to bring in, and which of its columns is which."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from mosty.importing.queries.tables import Table
from mosty.kernel.sheets import refusals
from mosty.kernel.sheets.mapping import Column

_COLUMN, _ANSWER = "column:", "answer:"
_SAMPLE = 30


class TableField(forms.FileField):
    """A table in a file, of a size that is looked at."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
            error_messages={
                "required": _("Choose a file."),
                "empty": refusals.EMPTY,
                "invalid": _("Choose a file."),
            },
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse a file that is too large before anybody reads it."""
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if file and (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(str(refusals.TOO_BIG))
        return file


class ColumnsForm(forms.Form):
    """
    For each thing a row can say: its column in the file, or one answer for all rows.

    ``groups`` are the columns that may be chosen, by their places, under headings;
    ``answers`` are those of the columns that can have one for all rows.
    """

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        table: Table,
        columns: Sequence[Column],
        groups: Sequence[tuple[str | Promise, Sequence[tuple[int, str]]]],
        answers: Mapping[str, Sequence[tuple[str, str]]],
    ) -> None:
        initial = {key: f"{_COLUMN}{at}" for key, at in table.columns.items()}
        initial |= {key: f"{_ANSWER}{value}" for key, value in table.fixed.items()}
        super().__init__(data, files, initial=initial)
        in_file = [
            (heading, [(f"{_COLUMN}{at}", name) for at, name in named])
            for heading, named in groups
        ]
        for column in columns:
            choices: list[tuple[Any, Any]] = [("", _("not in the file")), *in_file]
            if column.key in answers:
                fixed = [
                    (f"{_ANSWER}{value}", words) for value, words in answers[column.key]
                ]
                choices.append((_("One answer for all rows"), fixed))
            self.fields[column.key] = forms.ChoiceField(
                label=str(column.label), choices=choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a column that is chosen twice."""
        data = super().clean() or {}
        used: dict[int, str] = {}
        for key, at in self.columns.items():
            if at in used:
                self.add_error(
                    key,
                    now_("This column is chosen already for: %(other)s.")
                    % {"other": self.fields[used[at]].label},
                )
            used[at] = key
        return data

    @property
    def columns(self) -> Mapping[str, int]:
        """Return the place in the header of each column that is in the file."""
        return {key: int(at) for key, at in self._chosen(_COLUMN).items()}

    @property
    def fixed(self) -> Mapping[str, str]:
        """Return the answers that hold for all rows."""
        return self._chosen(_ANSWER)

    def _chosen(self, sort: str) -> dict[str, str]:
        return {
            key: value.removeprefix(sort)
            for key, value in self.cleaned_data.items()
            if isinstance(value, str) and value.startswith(sort)
        }


def with_samples(
    header: Sequence[str], samples: Sequence[str]
) -> list[tuple[int, str]]:
    """Return the columns by their places, each with an example of what it holds."""
    return [
        (at, f"{name} ({_short(sample)})" if sample else name)
        for at, (name, sample) in enumerate(zip(header, samples, strict=True))
    ]


def _short(sample: str) -> str:
    return f"{sample[:_SAMPLE]}…" if len(sample) > _SAMPLE else sample
