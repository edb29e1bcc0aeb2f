"""A list of past consultations to bring in, and which of its columns is which."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mosty.importing import forms as importing
from mosty.importing.forms import TableField, with_samples
from mosty.importing.queries.tables import Table
from mosty.infopoint.queries.imports.columns import COLUMNS, FIXED, is_personal
from mosty.infopoint.queries.imports.vocabulary import Lists


class UploadForm(forms.Form):
    """A file with one consultation in each row."""

    file = TableField(
        label=_("File with the consultations"),
        help_text=_(
            "XLSX or CSV, at most 10 MB and 20,000 rows. One row for each consultation."
        ),
    )


class ColumnsForm(importing.ColumnsForm):
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
        kept = set(table.columns.values())
        named = with_samples(table.header, samples)
        unread = [
            (at, name)
            for at, name in enumerate(table.header)
            if at not in kept and not is_personal(name)
        ]
        groups = [(_("Column of the file"), [one for one in named if one[0] in kept])]
        if unread:
            groups.append((_("Column that was not read"), unread))
        super().__init__(
            data,
            files,
            table=table,
            columns=COLUMNS,
            groups=groups,
            answers={
                key: [(one.code, one.label) for one in lists.offered(key)]
                for key in FIXED
            },
        )
        if unread:
            self.fields["file"] = TableField(
                label=_("The same file once more"),
                help_text=_("Only if you chose a column that was not read."),
                required=False,
            )

    @property
    def content(self) -> bytes | None:
        """Return the file, if it was chosen once more."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        return file.read() if file else None
