"""
The selection engine: a cohort from rules, nominees and a seed.

Hard limits, then ordered priorities to proven optimum, then a fair draw among
what remains equal. Exact, deterministic, and recorded so that anybody can repeat
it. ``docs/explanation/selection.md`` has the mathematics.
"""

from mosty.engines.errors import SENTENCES, BadProblem, SolverFailed
from mosty.engines.selection.api import Pool, Rules, problem, solve
from mosty.engines.selection.cohort import Solved, prepare, select
from mosty.engines.selection.model import (
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    Memory,
    Prefer,
    Priority,
    Problem,
    Quota,
)
from mosty.engines.selection.outcome import (
    Achieved,
    Change,
    NamedLimit,
    NoCohort,
    Outcome,
    Person,
    Reason,
    Replacement,
)
from mosty.engines.selection.public import Numbered
from mosty.engines.selection.record import (
    ENGINE,
    Record,
    input_digest,
    list_cohorts,
    problem_in,
    run,
)
from mosty.engines.selection.replacement import replace
from mosty.engines.selection.result_json import priority_names
from mosty.engines.selection.verify import Difference, verify
from mosty.engines.selection.watch import Cancelled, Watch, watching
from mosty.engines.selection.what_if import (
    Cost,
    Counterfactual,
    costs,
    counterfactuals,
    measured,
    number_of_problems,
)

__all__ = [
    "ENGINE",
    "SENTENCES",
    "Achieved",
    "BadProblem",
    "Balance",
    "Cancelled",
    "Candidate",
    "Change",
    "Condition",
    "Cost",
    "Counterfactual",
    "Coverage",
    "Difference",
    "Limits",
    "Memory",
    "NamedLimit",
    "NoCohort",
    "Numbered",
    "Outcome",
    "Person",
    "Pool",
    "Prefer",
    "Priority",
    "Problem",
    "Quota",
    "Reason",
    "Record",
    "Replacement",
    "Rules",
    "Solved",
    "SolverFailed",
    "Watch",
    "costs",
    "counterfactuals",
    "input_digest",
    "list_cohorts",
    "measured",
    "number_of_problems",
    "prepare",
    "priority_names",
    "problem",
    "problem_in",
    "replace",
    "run",
    "select",
    "solve",
    "verify",
    "watching",
]
