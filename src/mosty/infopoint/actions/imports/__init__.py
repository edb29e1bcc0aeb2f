"""Files of past years: uploaded, mapped, taken over whole or not at all, withdrawn."""

from mosty.infopoint.actions.imports.files import (
    CannotImport,
    drop,
    drop_old,
    put_in_columns,
    upload,
)
from mosty.infopoint.actions.imports.taking import take_over, withdraw

__all__ = [
    "CannotImport",
    "drop",
    "drop_old",
    "put_in_columns",
    "take_over",
    "upload",
    "withdraw",
]
