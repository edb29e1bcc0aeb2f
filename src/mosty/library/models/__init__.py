"""What is always true of practices, their reviews and adoptions, tools, and the index."""

from mosty.library.models.adoptions import Adoption, AdoptionReport
from mosty.library.models.confirmations import Confirmation
from mosty.library.models.editions import EditionVersion, Section, digest_of
from mosty.library.models.practices import Practice, PracticeVersion, label_of
from mosty.library.models.reviews import CRITERIA, Review
from mosty.library.models.search import KnownWord, Reach, SearchDocument, Sort
from mosty.library.models.thesaurus import (
    Concept,
    Label,
    Synonym,
    SynonymSet,
    VocabularyStamp,
)
from mosty.library.models.tools import Edition, Tool
from mosty.library.models.words import Area, Evidence, Group

__all__ = [
    "CRITERIA",
    "Adoption",
    "AdoptionReport",
    "Area",
    "Concept",
    "Confirmation",
    "Edition",
    "EditionVersion",
    "Evidence",
    "Group",
    "KnownWord",
    "Label",
    "Practice",
    "PracticeVersion",
    "Reach",
    "Review",
    "SearchDocument",
    "Section",
    "Sort",
    "Synonym",
    "SynonymSet",
    "Tool",
    "VocabularyStamp",
    "digest_of",
    "label_of",
]
