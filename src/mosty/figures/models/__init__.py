"""What is always true of figures: those that others published, and releases."""

from mosty.figures.models.cited import CitedFigure
from mosty.figures.models.releases import Release

__all__ = ["CitedFigure", "Release"]
