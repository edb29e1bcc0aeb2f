"""A run's record as anybody may take it away, and what it says."""

import re
from fractions import Fraction
from functools import cache

from django.conf import settings

from mosty.engines import selection as engine
from mosty.engines.reading import canonical
from mosty.engines.selection.public_copy import PublicCopy, public_copy
from mosty.selection.models import Run


def text_of(run: Run) -> str:
    """Return the record as the engine wrote it: one canonical line of JSON."""
    return canonical(run.record)


def problem_of(run: Run) -> engine.Problem:
    """Return the problem that ``run`` solved, from its record alone."""
    return engine.problem_in(text_of(run))


def reached(run: Run) -> list[int]:
    """Return what the draw reached for each priority, in their order."""
    values = run.record["priorities"]
    return [values[name] for name in engine.priority_names(problem_of(run).priorities)]


def smallest(run: Run) -> str:
    """Return the smallest odds of anybody who has any, exactly, as ``a/b``."""
    odds = [Fraction(one) for one in run.record["odds_exact"].values()]
    return str(min((one for one in odds if one), default=Fraction(0)))


@cache
def draw_in_lines() -> str:
    """Return the draw as the few lines of Python that the documentation gives."""
    path = settings.BASE_DIR / "docs" / "explanation" / "selection.md"
    chapter = path.read_text(encoding="utf-8").partition("\n## The draw\n")[2]
    found = re.search(r"```python\n(.+?)```", chapter, re.DOTALL)
    return found[1].strip() if found else ""


def public_copy_of(run: Run) -> PublicCopy:
    """Return the record as it may be published: under pseudonyms, nobody singled out."""
    return public_copy(text_of(run))


def public_name(run: Run) -> str:
    """Return what the public copy is called as a file."""
    return f"{file_name(run).removesuffix('.json')}-public.json"


def file_name(run: Run) -> str:
    """Return what the record is called as a file; it names nobody."""
    kind = "draw" if run.kind == Run.Kind.DRAW else "trial"
    return f"{run.call.slug}-{kind}-{run.number}.json"
