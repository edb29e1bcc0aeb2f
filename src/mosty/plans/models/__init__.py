"""What is always true of plans, their lines, versions and check-ins."""

from mosty.plans.models.check_ins import (
    MONTHS,
    CheckIn,
    Evidence,
    Reply,
    Report,
    Status,
)
from mosty.plans.models.help import HelpAnswer, HelpKind, HelpNote
from mosty.plans.models.lines import LINKS, MOST_LINKS, Action, Objective
from mosty.plans.models.plans import Edit, Plan, PlanVersion, Visibility

__all__ = [
    "LINKS",
    "MONTHS",
    "MOST_LINKS",
    "Action",
    "CheckIn",
    "Edit",
    "Evidence",
    "HelpAnswer",
    "HelpKind",
    "HelpNote",
    "Objective",
    "Plan",
    "PlanVersion",
    "Reply",
    "Report",
    "Status",
    "Visibility",
]
