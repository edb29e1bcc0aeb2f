"""What everybody may know of a selection: how many, by which draw, signed by whom; no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from mosty.nominations.models import Call
from mosty.selection.models import Decision, Signature
from mosty.selection.queries.seats import announced_run

SELECTED, RESERVE = Decision.Outcome.SELECTED, Decision.Outcome.RESERVE


@dataclass(frozen=True, slots=True)
class PublicResult:
    """An announced selection, as its public page shows it."""

    announced_at: datetime
    seats: int
    cities: int
    reserve: int
    # Organisations, never the people who signed for them.
    signed_by: Sequence[str]
    seed: str
    # What whoever is given the record compares it with.
    digest: str
    engine: str


def public_result(call: Call) -> PublicResult | None:
    """Return what came of ``call``; None before it is announced. Three queries."""
    run = announced_run(call)
    if run is None or run.announced_at is None:
        return None
    selected = Q(outcome=SELECTED)
    counts = Decision.objects.filter(run=run).aggregate(
        seats=Count("pk", filter=selected),
        cities=Count("nomination__organisation", filter=selected, distinct=True),
        reserve=Count("pk", filter=Q(outcome=RESERVE)),
    )
    signatures = Signature.objects.filter(run=run).select_related("organisation")
    return PublicResult(
        announced_at=run.announced_at,
        signed_by=[str(one.organisation.name) for one in signatures],
        seed=run.seed,
        digest=run.input_digest,
        engine=run.engine,
        **counts,
    )
