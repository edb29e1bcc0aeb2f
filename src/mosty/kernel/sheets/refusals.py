"""Every reason for which a file is not read, each saying what to do."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mosty.kernel.refusal import Refusal
from mosty.kernel.sheets import limits


class CannotRead(Refusal):
    """The file is no table that can be read; the sentence says what to do."""


EMPTY = _("The file is empty. Fill in the table, save it and choose the file again.")
TOO_BIG = format_lazy(
    _(
        "The file is larger than {megabytes} MB. Delete pictures and sheets that are not "
        "needed, or divide the table into several files."
    ),
    megabytes=limits.MAX_BYTES // 1024**2,
)
TOO_MANY_ROWS = format_lazy(
    _("The table has more than {limit} rows. Divide it into several files."),
    limit=limits.MAX_ROWS,
)
UNPACKS_TOO_BIG = _(
    "The file grows too large when it is opened. Copy the table into a new workbook, "
    "save it as XLSX and choose that file."
)
DAMAGED = _(
    "The file is damaged or was not saved by a spreadsheet program. Open it in one, "
    "save it as XLSX or CSV and choose the new file."
)
NOT_XLSX = _(
    "The file's name ends with .xlsx, but it is not an Excel workbook. Open it in a "
    "spreadsheet program and save it as XLSX."
)
OLD_XLS = _(
    "This is a workbook in the old Excel format (.xls). Open it in a spreadsheet program "
    "and save it as XLSX."
)
BINARY_XLSX = _(
    "This is a binary Excel workbook (.xlsb). Open it in Excel and save it as XLSX."
)
MACROS = _(
    "This workbook contains macros (.xlsm), which are not accepted. Save it as an "
    "ordinary XLSX workbook, without macros."
)
OPEN_DOCUMENT = _(
    "This is an OpenDocument file (.ods). Open it in a spreadsheet program and save it "
    "as XLSX or CSV."
)
PASSWORD = _(
    "The file is protected with a password. Remove the password, save the file and "
    "choose it again."
)
PDF = _("This is a PDF. Choose the table itself, saved as XLSX or CSV.")
PICTURE = _("This is a picture. Choose the table itself, saved as XLSX or CSV.")
DOCUMENT = _(
    "This is a text document or a presentation. Copy the table into a spreadsheet and "
    "save it as XLSX or CSV."
)
ARCHIVE = _(
    "This is a packed archive (such as ZIP). Unpack it and choose the table inside, "
    "saved as XLSX or CSV."
)
WEB_PAGE = _(
    "This is a web page or an XML file, whatever its name says. Open it in a spreadsheet "
    "program and save it as XLSX or CSV."
)
BINARY = _("This is not a table in text form. Save the table as XLSX or CSV.")
ENCODING = _(
    "The letters in this file cannot be read. Save the table as XLSX, or as CSV with "
    "UTF-8 encoding."
)
NO_HEADER = _(
    "The table has no row with column names. Add one above the data, for example with: "
    "name, e-mail."
)
NO_ROWS = _("There are no data under the row with column names. Fill in the table.")
NO_SHEET = _("All sheets of this workbook are empty. Fill in the table and save it.")


def too_many_columns(letter: str) -> Promise:
    """Return the sentence for a table that reaches the column ``letter``."""
    return format_lazy(
        _(
            "The table reaches column {letter}, and at most {limit} columns are read. "
            "Delete what stands to the right of the table."
        ),
        letter=letter,
        limit=limits.MAX_COLUMNS,
    )


def cell_too_long(cell: str) -> Promise:
    """Return the sentence for too long a text in ``cell``, such as ``B7``."""
    return format_lazy(
        _("The text in cell {cell} is longer than {limit} characters. Shorten it."),
        cell=cell,
        limit=limits.MAX_CELL,
    )


def open_quote(line: int) -> Promise:
    """Return the sentence for a quotation mark that is opened in row ``line``."""
    return format_lazy(
        _(
            "A quotation mark that is opened in row {line} is never closed. Correct that "
            "row, or save the table as XLSX."
        ),
        line=line,
    )
