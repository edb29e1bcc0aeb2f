"""What the larger components are given."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a chain that people follow, such as "Rules frozen"."""

    label: str
    state: Literal["done", "now", "todo"] = "todo"


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of an error summary; without a field it is about the whole form."""

    text: str
    target: str = ""
