"""
Publishing tables of small numbers so that nothing can be worked back.

:func:`protect` hides small cells and what else has to be hidden; :func:`audit` reads
what is published as a reader does and says which numbers can be worked back. The two
share the description of a table and nothing else; the audit decides.
"""

from mosty.engines.disclosure.audit import Audit, Finding, audit
from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.intervals import NO_WORLD, Interval
from mosty.engines.disclosure.model import (
    TOTAL,
    Cell,
    Guard,
    Hierarchy,
    Key,
    Protected,
    Statement,
    Table,
    key,
)
from mosty.engines.disclosure.protecting import Protection, protect
from mosty.engines.disclosure.seen import Seen

__all__ = [
    "NO_WORLD",
    "TOTAL",
    "Audit",
    "BadTables",
    "Cell",
    "Finding",
    "Guard",
    "Hierarchy",
    "Interval",
    "Key",
    "Protected",
    "Protection",
    "Seen",
    "Statement",
    "Table",
    "audit",
    "key",
    "protect",
]
