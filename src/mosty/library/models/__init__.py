"""What is always true of practices, their reviews and adoptions, and tools."""

from mosty.library.models.adoptions import Adoption, AdoptionReport
from mosty.library.models.confirmations import Confirmation
from mosty.library.models.editions import EditionVersion, Section, digest_of
from mosty.library.models.practices import Practice, PracticeVersion
from mosty.library.models.reviews import CRITERIA, Review
from mosty.library.models.tools import Edition, Tool
from mosty.library.models.words import Area, Evidence, Group

__all__ = [
    "CRITERIA",
    "Adoption",
    "AdoptionReport",
    "Area",
    "Confirmation",
    "Edition",
    "EditionVersion",
    "Evidence",
    "Group",
    "Practice",
    "PracticeVersion",
    "Review",
    "Section",
    "Tool",
    "digest_of",
]
