"""
The rules of a call: one validated object that drives everything.

``schema`` says what rules are and refuses what makes no sense; ``words`` says them
to people; ``check`` holds a nomination against them; ``problem`` hands them to the
selection. Nothing else knows a rule.
"""

from mosty.nominations.rules.schema import (
    BadRules,
    Balance,
    Coverage,
    Memory,
    Mistake,
    Prefer,
    Priority,
    Quota,
    Rules,
    parse,
)

__all__ = [
    "BadRules",
    "Balance",
    "Coverage",
    "Memory",
    "Mistake",
    "Prefer",
    "Priority",
    "Quota",
    "Rules",
    "parse",
]
