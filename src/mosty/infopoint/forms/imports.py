"""A list of past consultations to bring in, and which of its columns is which."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from mosty.infopoint.queries.imports.columns import (
    COLUMNS,
    FIXED,
    is_personal,
    label,
)
from mosty.infopoint.queries.imports.table import Table
from mosty.infopoint.queries.imports.vocabulary import Lists
from mosty.kernel.sheets import refusals

_SAMPLE = 30


class _File(forms.FileField):
    """A table, of a size that is looked at."""

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


class UploadForm(forms.Form):
    """A file with one consultation in each row."""

    file = _File(
        label=_("File with the consultations"),
        help_text=_(
            "XLSX or CSV, at most 10 MB and 20,000 rows. One row for each consultation."
        ),
    )


class ColumnsForm(forms.Form):
    """For each thing a record says: its column in the file, or one answer for all."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        table: Table,
        samples: Sequence[str],
        lists: Lists,
    ) -> None:
        initial = {key: f"column:{at}" for key, at in table.columns.items()}
        initial |= {key: f"answer:{value}" for key, value in table.fixed.items()}
        super().__init__(data, files, initial=initial)
        self._read = set(table.columns.values())
        named = list(enumerate(zip(table.header, samples, strict=True)))
        read = [
            (f"column:{at}", _with_sample(name, sample))
            for at, (name, sample) in named
            if at in self._read
        ]
        unread = [
            (f"column:{at}", name)
            for at, (name, _sample) in named
            if at not in self._read and not is_personal(name)
        ]
        for column in COLUMNS:
            groups: list[tuple[Any, Any]] = [
                ("", _("not in the file")),
                (_("Column of the file"), read),
            ]
            if unread:
                groups.append((_("Column that was not read"), unread))
            if column.key in FIXED:
                answers = [
                    (f"answer:{one.code}", one.label)
                    for one in lists.offered(column.key)
                ]
                groups.append((_("One answer for all rows"), answers))
            self.fields[column.key] = forms.ChoiceField(
                label=str(column.label), choices=groups, required=False
            )
        if unread:
            self.fields["file"] = _File(
                label=_("The same file once more"),
                help_text=_("Only if you chose a column that was not read."),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a column that is chosen twice."""
        data = super().clean() or {}
        used: dict[str, str] = {}
        for key, value in list(data.items()):
            if not _is(value, "column:"):
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
            if _is(value, "column:")
        }

    @property
    def fixed(self) -> Mapping[str, str]:
        """Return the answers that hold for all rows."""
        return {
            key: value.removeprefix("answer:")
            for key, value in self.cleaned_data.items()
            if _is(value, "answer:")
        }

    @property
    def content(self) -> bytes | None:
        """Return the file, if it was chosen once more."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        return file.read() if file else None


def _is(value: object, sort: str) -> bool:
    return isinstance(value, str) and value.startswith(sort)


def _with_sample(name: str, sample: str) -> str:
    if not sample:
        return name
    short = f"{sample[:_SAMPLE]}…" if len(sample) > _SAMPLE else sample
    return f"{name} ({short})"
