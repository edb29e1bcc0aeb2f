"""Cohorts with weights."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mixture:
    """Cohorts as counts by type, and their weights out of ``total``."""

    cohorts: tuple[tuple[int, ...], ...]
    weights: tuple[int, ...]
    total: int
