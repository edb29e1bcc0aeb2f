"""What is always true of maps, of what stands on them, and of agreements."""

from mosty.partnerships.models.actors import (
    Actor,
    Function,
    Grade,
    Level,
    Tie,
    TieKind,
)
from mosty.partnerships.models.agreements import Agreement, AgreementFile
from mosty.partnerships.models.maps import (
    MapVersion,
    StakeholderMap,
    TargetGroup,
    Topic,
    Visibility,
)

__all__ = [
    "Actor",
    "Agreement",
    "AgreementFile",
    "Function",
    "Grade",
    "Level",
    "MapVersion",
    "StakeholderMap",
    "TargetGroup",
    "Tie",
    "TieKind",
    "Topic",
    "Visibility",
]
