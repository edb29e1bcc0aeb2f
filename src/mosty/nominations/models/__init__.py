"""What is always true of calls, nominations and imports."""

from mosty.nominations.models.calls import (
    Call,
    DeadEnd,
    Invitation,
    KnownCities,
    RulesVersion,
)
from mosty.nominations.models.imports import ImportedFile
from mosty.nominations.models.nominations import (
    Comment,
    Needs,
    Nomination,
    PossibleDuplicate,
)

__all__ = [
    "Call",
    "Comment",
    "DeadEnd",
    "ImportedFile",
    "Invitation",
    "KnownCities",
    "Needs",
    "Nomination",
    "PossibleDuplicate",
    "RulesVersion",
]
