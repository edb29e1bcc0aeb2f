"""Reading a table that somebody sent, whatever it turns out to be."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mosty.kernel.sheets import delimited, workbook
from mosty.kernel.sheets.kinds import kind_of
from mosty.kernel.sheets.table import Sheet, bounded, shape


def read(content: bytes, name: str, known: Collection[str] = frozenset()) -> Sheet:
    """
    Return the table in the file ``content`` that was sent as ``name``.

    ``known`` holds folded names of columns (see :func:`.mapping.known`): they tell the
    header from titles above it, and one delimiter from another.

    :raises CannotRead: if it is no table or beyond a limit; the sentence says what to do.
    """
    if kind_of(content, name) == "xlsx":
        return _read_xlsx(content, known)
    return _read_csv(content, known)


def _read_csv(content: bytes, known: Collection[str]) -> Sheet:
    text, encoding = delimited.decode(content)
    named, text = delimited.split_directive(text)
    delimiter = named or delimited.sniff(text, known)
    header, line, rows = shape(bounded(delimited.records(text, delimiter)), known)
    notes = [
        _(
            "Some Polish letters in this file are damaged, such as “Ĺ‚” in place of “ł”. "
            "Look at the names before you go on, or save the table anew as XLSX."
        )
    ]
    return Sheet(
        kind="csv",
        header=header,
        header_line=line,
        rows=rows,
        encoding=encoding,
        delimiter=delimiter,
        notes=tuple(notes if delimited.is_spoilt(text) else ()),
    )


def _read_xlsx(content: bytes, known: Collection[str]) -> Sheet:
    contents = workbook.open_first(content)
    header, line, rows = shape(bounded(contents.records), known)
    notes: list[str | Promise] = []
    if contents.others:
        notes.append(
            format_lazy(
                _("Only the sheet “{read}” was read. Sheets passed over: {others}."),
                read=contents.worksheet,
                others=", ".join(contents.others),
            )
        )
    if contents.merged:
        notes.append(
            _("A value merged over several rows was read into each of these rows.")
        )
    return Sheet(
        kind="xlsx",
        header=header,
        header_line=line,
        rows=rows,
        worksheet=contents.worksheet,
        notes=tuple(notes),
    )
