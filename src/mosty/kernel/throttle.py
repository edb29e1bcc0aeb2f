"""
How many anonymous answers to one question sheet are looked at in a minute.

Counted in the memory of this process, by sheet and not by visitor: an address or a
moment that is written down anywhere could be joined to an answer.
"""

import threading
import time
from collections.abc import Callable

# A room of people who press the button at once stays far below it.
MOST_A_MINUTE = 120
_MOST_SHEETS = 1_000

_lock = threading.Lock()
_counts: dict[str, tuple[int, int]] = {}


def may_go_on(
    sheet: str, clock: Callable[[], float] = time.monotonic, most: int | None = None
) -> bool:
    """Count one more try at the sheet; return if there were not too many."""
    minute = int(clock() // 60)
    with _lock:
        if len(_counts) > _MOST_SHEETS:
            _counts.clear()
        since, count = _counts.get(sheet, (minute, 0))
        count = count + 1 if since == minute else 1
        _counts[sheet] = (minute, count)
    return count <= (MOST_A_MINUTE if most is None else most)
