"""Run by the peer's own Python: its maximin lottery on the same files; prints JSON."""

import json
import resource
import sys
import time
from pathlib import Path

from sortition_algorithms import adapters, settings
from sortition_algorithms.committee_generation import find_distribution_maximin


def lottery(people: str, quotas: str, seats: str, backend: str) -> dict[str, float]:
    """Return what its maximin took, and the smallest odds that it gives anybody."""
    source = adapters.CSVStringDataSource(
        Path(quotas).read_text(encoding="utf-8"),
        Path(people).read_text(encoding="utf-8"),
    )
    chosen = settings.Settings(
        id_column="id",
        columns_to_keep=[],
        check_same_address=False,
        selection_algorithm="maximin",
        solver_backend=backend,
    )
    data = adapters.SelectionData(source)
    features, _ = data.load_features(int(seats))
    everybody, _ = data.load_people(chosen, features)
    started = time.perf_counter()
    committees, weights, _ = find_distribution_maximin(
        features, everybody, int(seats), [], backend
    )
    seconds = time.perf_counter() - started
    odds = dict.fromkeys(everybody, 0.0)
    for committee, weight in zip(committees, weights, strict=True):
        for person in committee:
            odds[person] += weight
    return {
        "seconds": seconds,
        "least": min(odds.values()),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(lottery(*sys.argv[1:])))
