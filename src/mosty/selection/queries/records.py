"""A run's record as anybody may take it away, and what it says."""

import json
import re
from functools import cache

from django.conf import settings

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


@cache
def draw_in_lines() -> str:
    """Return the draw as the few lines of Python that the documentation gives."""
    path = settings.BASE_DIR / "docs" / "explanation" / "selection.md"
    chapter = path.read_text(encoding="utf-8").partition("\n## The draw\n")[2]
    found = re.search(r"```python\n(.+?)```", chapter, re.DOTALL)
    return found[1].strip() if found else ""


def file_name(run: Run) -> str:
    """Return what the record is called as a file; it names nobody."""
    kind = "draw" if run.kind == Run.Kind.DRAW else "trial"
    return f"{run.call.slug}-{kind}-{run.number}.json"
