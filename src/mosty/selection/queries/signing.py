"""What partners put their names to."""

import hashlib
import json

from mosty.selection.models import Decision, Run


def digest_of(run: Run) -> str:
    """Return the digest of what is signed: the run's input and every decision."""
    decisions = Decision.objects.filter(run=run).values_list(
        "nomination__code", "outcome", "reserve_place"
    )
    text = json.dumps([run.input_digest, run.seed, sorted(decisions)], default=str)
    return hashlib.sha256(text.encode()).hexdigest()
