"""A run's record as anybody may take it away, and what it says."""

import json

from mosty.engines import selection as engine
from mosty.selection.models import Run


def text_of(run: Run) -> str:
    """Return the record as the engine wrote it: one canonical line of JSON."""
    return _read(run).to_json()


def problem_of(run: Run) -> engine.Problem:
    """Return the problem that ``run`` solved, from its record alone."""
    return _read(run).problem


def differences(run: Run) -> list[engine.Difference]:
    """Run the record again and return where it differs; an empty list if nowhere."""
    return engine.verify(text_of(run))


def _read(run: Run) -> engine.Record:
    return engine.read(json.dumps(run.record))
