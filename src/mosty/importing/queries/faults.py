"""What is wrong with a cell, before it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One thing that is wrong or odd: a code, the column, what the cell says, parameters.

    Each app says it to people in its own sentences; a report keeps only the code.
    """

    code: str
    column: str
    value: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
