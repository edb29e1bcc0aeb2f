"""What is always true of attendance, of completing a course, and of what it hands on."""

from mosty.training.models.attendance import Mark, MarkChange
from mosty.training.models.completion import CompletionRule
from mosty.training.models.materials import Access, Licence, Material, MaterialVersion

__all__ = [
    "Access",
    "CompletionRule",
    "Licence",
    "Mark",
    "MarkChange",
    "Material",
    "MaterialVersion",
]
