"""How a calculation says how far it is, and learns whether to go on."""

from collections.abc import Callable
from time import monotonic

from mosty.selection.models import Calculation

# Progress is written, and the wish to stop is read, at most so often.
PULSE_SECONDS = 1.0


class Pulse:
    """Writes how far a calculation is, now and then, and learns whether to go on."""

    def __init__(self, calculation: int, stop: Callable[[], bool]) -> None:
        self._row = Calculation.objects.filter(
            pk=calculation, state=Calculation.State.RUNNING, cancel_asked=False
        )
        self._stop = stop
        self._next = 0.0
        self._is_over = False

    def beat(self, step: str, number: int) -> None:
        """Write the step and the number; a row that is gone or cancelled ends it."""
        if monotonic() < self._next:
            return
        self._next = monotonic() + PULSE_SECONDS
        self._is_over = not self._row.update(step=step, number=number)

    def is_over(self) -> bool:
        """Test if nobody wants the result any more."""
        return self._is_over or self._stop()
