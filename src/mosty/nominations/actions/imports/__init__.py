"""Lists of nominations: uploaded, mapped, taken over whole or not at all, dropped."""

from mosty.nominations.actions.imports.files import (
    CannotImport,
    drop,
    put_in_columns,
    upload,
)
from mosty.nominations.actions.imports.taking import take_over

__all__ = ["CannotImport", "drop", "put_in_columns", "take_over", "upload"]
