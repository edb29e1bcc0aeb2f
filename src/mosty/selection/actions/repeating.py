"""Solving a run again from its record alone, to tell whether the same comes out."""

from typing import Any

from mosty.engines import selection as engine
from mosty.selection.actions.runs import CannotRun
from mosty.selection.models import Run
from mosty.selection.queries import records

# Differences beyond these say nothing new; of long texts the beginning tells.
MOST_DIFFERENCES = 100
MOST_CHARACTERS = 200


def repetition_of(run: Run, watch: engine.Watch | None = None) -> dict[str, Any]:
    """
    Return how many differences there are, and the first of them, as JSON data.

    :raises CannotRun: if the solver fails, or the record is of another engine.
    :raises mosty.engines.selection.Cancelled: if ``watch`` says so.
    """
    try:
        found = engine.verify(records.text_of(run), full=True, watch=watch)
    except (engine.BadProblem, engine.SolverFailed) as fault:
        raise CannotRun("broken") from fault
    return {
        "count": len(found),
        "first": [
            {
                "path": one.path,
                "recorded": one.recorded[:MOST_CHARACTERS],
                "computed": one.computed[:MOST_CHARACTERS],
            }
            for one in found[:MOST_DIFFERENCES]
        ],
    }
