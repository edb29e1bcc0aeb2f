"""The one table of all benches, made of what each found last; missed goals stand first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from bench import kept
from bench.benches import NAMES, goals_of
from bench.kept import Kept
from bench.rows import Goal, Row

BEGINS = "<!-- Made by `python -m bench`, from here on -->"
# From this load before on, other programs slow what is measured.
BUSY = 0.5
MISSED, UNKNOWN, MET, PLAIN = range(4)
WORDS = {MISSED: "**missed**", UNKNOWN: "**not measured**", MET: "met", PLAIN: ""}
HEAD = (
    "Of",
    "What",
    "Promised",
    "Mosty",
    "Floor",
    "Peer",
    "Ratio",
    "Result",
    "Measured",
    "Besides",
)
NO_REASON = "No reason is known yet."
NO_IDEA = "None yet: profile it first."


@dataclass(frozen=True, slots=True)
class Line:
    """A goal or another thing that was measured, with what came of it."""

    result: int
    bench: str
    run: Kept | None
    goal: Goal | None
    row: Row | None

    @property
    def what(self) -> str:
        """Return what was, or was to be, measured."""
        if self.goal:
            return self.goal.what
        return self.row.what if self.row else ""


def of_bench(name: str, promised: ModuleType, run: Kept | None) -> list[Line]:
    """Return a line for each goal, measured or not, and for all else that was."""
    rows = {row.goal: row for row in run.rows if row.goal} if run else {}
    found = []
    for goal in promised.GOALS:
        row = rows.get(goal.key)
        result = UNKNOWN if row is None else MET if row.met else MISSED
        found.append(Line(result, name, run, goal, row))
    if run:
        found += [Line(PLAIN, name, run, None, row) for row in run.rows if not row.goal]
    return found


def all_lines(runs: Mapping[str, Kept | None]) -> list[Line]:
    """Return the lines of all benches: missed, not measured, met, never promised."""
    lines = [
        line for name in NAMES for line in of_bench(name, goals_of(name), runs[name])
    ]
    # sorted() is stable: within each, the order of the benches.
    return sorted(lines, key=lambda line: line.result)


def made(runs: Mapping[str, Kept | None] | None = None) -> str:
    """Return the made part of the page, of what is kept unless ``runs`` are given."""
    if runs is None:
        runs = {name: kept.load(name) for name in NAMES}
    lines = all_lines(runs)
    goals = [line for line in lines if line.goal]
    met = sum(line.result == MET for line in goals)
    missed = [line for line in goals if line.result == MISSED]
    parts = [f"{met} of {len(goals)} goals are met.\n"]
    if missed:
        parts.append("## Missed\n\n" + "".join(map(_reason, missed)))
    parts += [
        "## The table\n\n" + _table(HEAD, map(_cells, lines)),
        "## Runs\n\n" + _table(RUNS, _runs(runs)),
    ]
    return "\n".join(parts)


def placed(page: str, text: str) -> str:
    """
    Return ``page`` with ``text`` in the place of what was made before.

    :raises ValueError: if nobody says where it begins.
    """
    before, mark, _made = page.partition(BEGINS)
    if not mark:
        raise ValueError("The page does not say where the table begins.")
    return f"{before}{mark}\n\n{text}"


def lines(name: str, promised: ModuleType, run: Kept) -> Iterator[str]:
    """Yield what came of one bench, for the screen."""
    for line in sorted(of_bench(name, promised, run), key=lambda one: one.result):
        cells = (cell for cell in _cells(line)[1:] if cell)
        yield "\t".join(cells)


def _reason(line: Line) -> str:
    goal, row = line.goal, line.row
    if goal is None or row is None:
        return ""
    came = amount(row.value, row.unit)
    return (
        f"- **{goal.what}: {goal.promise}.** It came to {came}"
        f"{f', {_ratio(row)}' if row.ratio is not None else ''}. "
        f"{goal.why or NO_REASON} *Next:* {goal.next or NO_IDEA}\n"
    )


def _cells(line: Line) -> Sequence[str]:
    row = line.row
    promise = line.goal.promise if line.goal else ""
    of = _link(line.bench)
    if row is None:
        last = f"{line.run.date}, failed" if line.run and line.run.failed else ""
        blank = [""] * 4
        return of, line.what, promise, *blank, WORDS[line.result], last, ""
    return (
        of,
        line.what,
        promise,
        amount(row.value, row.unit),
        *(
            "" if one is None else amount(one, row.unit)
            for one in (row.floor, row.peer)
        ),
        _ratio(row),
        WORDS[line.result],
        _when(line.run) if line.run else "",
        row.note,
    )


def _link(name: str) -> str:
    return f"[{goals_of(name).TITLE}](benchmarks-{name}.md)"


def _ratio(row: Row) -> str:
    return "" if row.ratio is None else f"{_number(row.ratio)} times"


def _when(run: Kept) -> str:
    return f"{run.date}, busy" if run.load[0] > BUSY else run.date


def amount(value: float, unit: str) -> str:
    """Return a measured number with its unit, as exact as it says anything."""
    return f"{_number(value)}{'' if unit in {'', '%'} else ' '}{unit}"


def _number(value: float) -> str:
    if value == int(value):
        return f"{value:,.0f}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.001 else f"{value:.1g}"


RUNS = (
    "Bench",
    "Date",
    "Cores used by others before, load after",
    "Machine",
    "With",
    "Commit",
    "",
)


def _runs(runs: Mapping[str, Kept | None]) -> Iterator[Sequence[str]]:
    for name in NAMES:
        title = _link(name)
        run = runs[name]
        if run is None:
            yield title, "never", "", "", "", "", ""
            continue
        facts = dict(run.machine)
        commit = facts.pop("commit", "")
        cores = (
            f"{facts.pop('cores')} cores ({facts.pop('processor')}), "
            f"{facts.pop('memory')}, {facts.pop('system')}"
        )
        versions = ", ".join(
            f"{key} {value}" for key, value in {**facts, **run.facts}.items()
        )
        note = "failed: nothing was measured" if run.failed else run.note
        load = ", ".join(f"{one:.1f}" for one in run.load if one is not None)
        yield title, run.date, load, cores, versions, commit, note


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    every = (head, ["---"] * len(head), *rows)
    return "".join(f"| {' | '.join(map(str, cells))} |\n" for cells in every)
