"""What tests of benches ask of rows."""

from collections.abc import Iterable
from types import ModuleType

from bench.kept import checked
from bench.rows import Row


def verdicts(goals: ModuleType, results: object) -> dict[str, bool | None]:
    """Return for each goal whether it is met; every goal has to be measured."""
    rows: Iterable[Row] = checked(goals.rows(results), [one.key for one in goals.GOALS])
    found = {row.goal: row.met for row in rows if row.goal}
    assert sorted(found) == sorted(one.key for one in goals.GOALS)
    return found


def missed(goals: ModuleType, results: object) -> list[str]:
    """Return the keys of the goals that are missed, in alphabetical order."""
    return sorted(key for key, met in verdicts(goals, results).items() if not met)
