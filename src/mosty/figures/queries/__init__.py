"""Figures as pages show them."""

from dataclasses import dataclass
from datetime import date

from mosty.figures.models import CitedFigure


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One computed number. ``value`` is in ``unit``, as of the end of ``as_of``.

    ``rule`` says what is counted and what is not, ``source`` of which rows; ``url``
    leads to them for those who may see them, and is empty for others.
    """

    key: str
    value: int | str
    label: str
    unit: str
    rule: str
    as_of: date
    source: str
    url: str = ""


def cited(subject: str) -> list[CitedFigure]:
    """Return what has been published about ``subject``, in its order; one query."""
    return list(CitedFigure.objects.filter(subject=subject))
