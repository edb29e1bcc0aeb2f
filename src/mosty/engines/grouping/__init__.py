"""
The grouping engine: break-out groups over several rounds, from people, rules and a seed.

Rules are kept; then pairs that have sat together are parted, then cities are mixed, then
whatever is named next. Each number comes with a bound below which none can be.
``docs/explanation/grouping.md`` has the mathematics.
"""

from mosty.engines.grouping.change import Swap, move, remix, swap
from mosty.engines.grouping.check import Fault, check
from mosty.engines.grouping.counting import plan_of
from mosty.engines.grouping.mix import mix
from mosty.engines.grouping.model import (
    Aim,
    NoPlan,
    Person,
    Plan,
    Repeat,
    Rules,
    Task,
)

__all__ = [
    "Aim",
    "Fault",
    "NoPlan",
    "Person",
    "Plan",
    "Repeat",
    "Rules",
    "Swap",
    "Task",
    "check",
    "mix",
    "move",
    "plan_of",
    "remix",
    "swap",
]
