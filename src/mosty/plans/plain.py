"""Values of a row as JSON holds them, so that they are compared and kept alike. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from i18nfield.strings import LazyI18nString


def plain(value: object) -> Any:
    """Return a value as JSON holds it; the same again for what is plain already."""
    match value:
        case Decimal():
            # 5, 5.0 and 5.00 are one number.
            whole = value.quantize(Decimal(1)) if value == value.to_integral() else None
            return str(whole if whole is not None else value.normalize())
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case list() | tuple() | set():
            return sorted({plain(one) for one in value})
        case LazyI18nString():
            data = value.data
            if isinstance(data, Mapping):
                return {code: text for code, text in data.items() if text} or ""
            return data or ""
    return value
