"""What is always true of attendance and of the rule by which a course is completed."""

from mosty.training.models.attendance import Mark, MarkChange
from mosty.training.models.completion import CompletionRule

__all__ = ["CompletionRule", "Mark", "MarkChange"]
