"""What these tests say and do in common."""

from django.urls import reverse

from mosty.selection.queries import pool

MEMORY = {"kind": "memory", "attribute": "organisation"}


WORDS_EN = (
    "people from cities that have had fewest seats in earlier courses of this programme"
)


def had(call):
    """Return the earlier seats that the engine is given."""
    [memory] = pool.gather(call, call.rules).problem(call.rules).priorities
    return dict(memory.seats)


def address(decision):
    return reverse(
        "selection:decision", args=[decision.run_id, decision.nomination.code]
    )
