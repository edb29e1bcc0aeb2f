"""
The selection engine: a cohort from rules, nominees and a seed.

Hard limits, then ordered priorities to proven optimum, then a fair draw among
what remains equal. Exact, deterministic, and recorded so that anybody can repeat
it. ``docs/explanation/selection.md`` has the mathematics.
"""

from mosty.engines.selection.cohort import select
from mosty.engines.selection.errors import SENTENCES, BadProblem, SolverFailed
from mosty.engines.selection.model import (
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    Prefer,
    Priority,
    Problem,
    Quota,
)
from mosty.engines.selection.outcome import (
    Achieved,
    NamedLimit,
    NoCohort,
    Outcome,
    Person,
    Reason,
    Replacement,
)
from mosty.engines.selection.record import (
    ENGINE,
    Difference,
    Record,
    input_digest,
    read,
    run,
    verify,
)
from mosty.engines.selection.replacement import replace

__all__ = [
    "ENGINE",
    "SENTENCES",
    "Achieved",
    "BadProblem",
    "Balance",
    "Candidate",
    "Condition",
    "Coverage",
    "Difference",
    "Limits",
    "NamedLimit",
    "NoCohort",
    "Outcome",
    "Person",
    "Prefer",
    "Priority",
    "Problem",
    "Quota",
    "Reason",
    "Record",
    "Replacement",
    "SolverFailed",
    "input_digest",
    "read",
    "replace",
    "run",
    "select",
    "verify",
]
