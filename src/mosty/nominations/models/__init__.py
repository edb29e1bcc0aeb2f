"""What is always true of calls, nominations and imports."""

from mosty.nominations.models.calls import Call, Invitation, RulesVersion
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
    "ImportedFile",
    "Invitation",
    "Needs",
    "Nomination",
    "PossibleDuplicate",
    "RulesVersion",
]
