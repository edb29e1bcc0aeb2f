"""
The audit: what readers can work out from all that is published.

It knows nothing of how tables were protected: it reads what is published, as a reader
does, and asks for every hidden number how low and how high it can be.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.intervals import (
    NO_WORLD,
    SECONDS,
    Interval,
    intervals,
)
from mosty.engines.disclosure.model import (
    Cell,
    Guard,
    Hierarchy,
    Key,
    Protected,
    Statement,
)
from mosty.engines.disclosure.seen import Seen
from mosty.engines.disclosure.shape import (
    Shape,
    innermost,
    shapes_of,
    trees,
)
from mosty.engines.disclosure.system import (
    check_statements,
    join,
    system_of,
)
from mosty.engines.disclosure.world import World, world_of

JOINT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A number that is given away, and what gives it away.

    ``code`` is ``narrow`` (its interval is), ``guarded`` (a number that is published
    nowhere can be computed), ``alone`` (of two small numbers in a sum, whoever knows one
    knows the other) or ``marks`` (narrow only for those who see which hidden numbers
    are small). ``low`` and ``high`` are whole numbers; ``None`` is no limit. ``key`` is
    the number that ``cell`` names, where it is one number.
    """

    code: str
    cell: str
    low: int
    high: int | None
    needed: int
    because: tuple[str, ...]
    key: Key | None = None

    def __str__(self) -> str:
        """Return it as a sentence."""
        reasons = "; ".join(self.because) or "the rules alone"
        if self.code == "alone":
            return f"{self.cell}: who knows one knows the other ({reasons})"
        high = "any" if self.high is None else self.high
        return (
            f"{self.cell} is from {self.low} to {high},"
            f" but must be open by {self.needed} ({reasons})"
        )


@dataclass(frozen=True)
class Audit:
    """
    The result of an audit.

    Args:
        findings: what is given away; nothing may be.
        marks: what is given away to those only who see statuses; publish
            :meth:`Protected.merged` where this is not empty.
        intervals: for each hidden cell where it can lie, in the measure's unit.
        hidden: how many cells are hidden.
        seconds: how long it took.
        not_joined: rings of tables too large to be looked at as a whole: there,
            intervals are those of the tables' own sums and links, and a reader who
            reconstructs all persons at once may find narrower ones.
        seen: the worlds by which numbers were shown to be open.
    """

    findings: tuple[Finding, ...]
    marks: tuple[Finding, ...]
    intervals: Mapping[Key, Interval]
    hidden: int
    seconds: float
    not_joined: tuple[str, ...] = ()
    seen: Seen = field(default_factory=Seen, compare=False, repr=False)

    @property
    def is_stuck(self) -> bool:
        """Test if no world was found in time: then no number is shown to be open."""
        return any(NO_WORLD in one.because for one in self.findings)

    @property
    def holds(self) -> bool:
        """Test if nothing is given away."""
        return not self.findings


def audit(
    tables: Sequence[Protected],
    hierarchies: Sequence[Hierarchy] = (),
    *,
    also: Sequence[Statement] = (),
    guards: Sequence[Guard] = (),
    width: int | None = None,
    exact: bool = False,
    marks: bool = True,
    joint_most: int = JOINT_MOST,
    patience: float = SECONDS,
    seen: Seen | None = None,
) -> Audit:
    """
    Return what readers can work out of the hidden cells of ``tables``.

    Args:
        tables: everything published, of earlier releases, too. Equal cells of one
            measure are one number.
        hierarchies: of their dimensions.
        also: what else readers know: cited figures, percentages, links.
        guards: numbers published nowhere that must not be computed either.
        width: how far apart the least and the greatest possible value of a hidden
            cell must be at least; each cell's own threshold if not said, so that a
            cell can be small or not, as far as anybody can tell.
        exact: work out every interval, not only until it is wide enough.
        marks: look also at what the statuses tell, where they are told apart.
        joint_most: kinds of persons up to which rings of tables are looked at as one.
        patience: seconds for each search for whole numbers; what is not shown to be
            open by then counts as given away.
        seen: worlds to begin with, such as those of an audit before; each is checked.

    Raises:
        BadTables: if the tables cannot be, or contradict each other.
        SolverFailed: if the solver gives no answer.

    Exact: whole numbers decide, a bound that is not proven in time counts as given
    away. For each hidden cell four linear programmes at most, two models, warm start, most
    for none; whole-number programmes only where a point is broken.
    Source: Fischetti & Salazar, Management Science 47 (2001); Hundepool et al.,
    *Statistical Disclosure Control* (2012), 4.3.
    """
    started = time.perf_counter()
    reading = _Reading(tables, hierarchies, also, guards)
    reading.join(joint_most)
    needed = {
        column: width or threshold for column, threshold in reading.hidden.items()
    }
    asked = {**needed, **reading.guarded}
    system = reading.system
    worlds = (seen or Seen()).over(system.keys, system.width)
    found = intervals(
        reading.world(), asked, exact=exact, seconds=patience, seen=worlds
    )
    findings = [
        reading.finding("narrow", column, found[column], asked[column])
        for column in needed
        if found[column].narrow
    ]
    findings += [
        reading.finding("guarded", column, found[column], asked[column])
        for column in reading.guarded
        if column not in needed and _told(found[column], asked[column])
    ]
    findings += reading.alone()
    told: list[Finding] = []
    if marks and reading.marked and not findings:
        told = reading.told_by_marks(worlds)
    return Audit(
        tuple(findings),
        tuple(told),
        {system.keys[column]: found[column] for column in needed},
        len(needed),
        time.perf_counter() - started,
        tuple(map(str, system.not_joined)),
        worlds,
    )


def _told(interval: Interval, width: int) -> bool:
    """Test if a number is given away that is published nowhere, and may be small."""
    if not interval.narrow or interval.low >= width:
        return False
    return interval.high is None or interval.high > 0


class _Reading:
    """All that is published, put together."""

    def __init__(
        self,
        tables: Sequence[Protected],
        hierarchies: Sequence[Hierarchy],
        also: Sequence[Statement],
        guards: Sequence[Guard],
    ) -> None:
        if not tables:
            raise BadTables("no_tables")
        self.trees = trees(hierarchies)
        self.shapes = _shapes(tables, self.trees)
        self.system = system_of(self.shapes, self.trees)
        check_statements(self.system, also)
        for statement in also:
            self.system.add(statement)
        least = max(cell.threshold for one in tables for cell in one.cells.values())
        self.guarded = dict.fromkeys(self.system.missing, least)
        for guard in guards:
            own = Key("guard", frozenset({("guard", guard.name)}))
            terms = (*guard.terms, (own, -1))
            self.system.add(Statement(terms, 0, 0, guard.name))
            self.guarded[self.system.column[own]] = guard.width
        self.values: dict[int, int] = {}
        self.source: dict[int, str] = {}
        self.hidden: dict[int, int] = {}
        self.status: dict[int, tuple[str, int]] = {}
        self.positive: set[int] = set()
        for table, shape in zip(tables, self.shapes, strict=True):
            self._read(table, shape)

    def _read(self, table: Protected, shape: Shape) -> None:
        absent = Cell(0)
        known = [set(one) for one in zip(*table.cells, strict=True)]
        for codes in shape.cells():
            column = self.system.column[shape.key(codes)]
            cell = table.cells.get(codes)
            if cell is None:
                if all(code in own for code, own in zip(codes, known, strict=True)):
                    raise BadTables(
                        "inner_missing", file=table.name, cell=", ".join(codes)
                    )
                cell = absent
            if cell.value is None:
                held = self.hidden.get(column, 0)
                self.hidden[column] = max(held, cell.threshold)
                if table.hidden_are_positive:
                    self.positive.add(column)
                if cell.status in ("primary", "secondary"):
                    self.status[column] = (cell.status, cell.threshold)
                continue
            if self.values.setdefault(column, cell.value) != cell.value:
                raise BadTables(
                    "disagree",
                    cell=str(self.system.keys[column]),
                    one=self.values[column],
                    first=self.source[column],
                    other=cell.value,
                    second=table.name,
                )
            self.source.setdefault(column, table.name)

    @property
    def marked(self) -> bool:
        """Test if the statuses tell which cells are small."""
        return bool(self.status)

    def join(self, most: int) -> None:
        """Add persons by all traits, where the tables form a ring."""
        zero = [
            self.system.keys[column]
            for column, value in self.values.items()
            if value == 0
        ]
        join(self.system, self.shapes, self.trees, zero, most)

    def world(self) -> World:
        """Return what readers know who do not look at statuses."""
        system = self.system
        numbers = [self.values.get(column) for column in range(len(system.keys))]
        world = world_of(system, numbers)
        for column in self.positive:
            world.low[column] = 1
        return world

    def told_by_marks(self, seen: Seen) -> list[Finding]:
        """Return what is exactly known to those only who look at statuses."""
        world = self.world()
        for column, (status, threshold) in self.status.items():
            if status == "primary":
                world.high[column] = threshold - 1
            else:
                world.low[column] = threshold
        asked = dict.fromkeys(self.status, 1)
        found = intervals(world, asked, exact=False, seen=seen)
        return [
            self.finding("marks", column, one, 1)
            for column, one in found.items()
            if one.narrow
        ]

    def alone(self) -> list[Finding]:
        """Return the sums in which two small numbers are all that is hidden."""
        found = []
        for row in self.system.rows:
            open_ = [column for column in row.columns if column not in self.values]
            if len(open_) != 2 or row.low != row.high:
                continue
            small = all(self.status.get(one, ("", 0))[0] == "primary" for one in open_)
            shown = any(self.values.get(one, 0) for one in row.columns)
            if small and shown:
                cells = " and ".join(str(self.system.keys[one]) for one in open_)
                found.append(Finding("alone", cells, 0, None, 3, (row.source,)))
        return found

    def finding(
        self, code: str, column: int, interval: Interval, width: int
    ) -> Finding:
        """Return a finding about a column."""
        because = interval.because
        if column in self.values:
            because = (f"published in {self.source[column]}",)
        key = self.system.keys[column]
        return Finding(code, str(key), interval.low, interval.high, width, because, key)


def _shapes(
    tables: Sequence[Protected], trees_: Mapping[str, Hierarchy]
) -> list[Shape]:
    return shapes_of(
        tables,
        [
            [
                innermost(codes, trees_.get(dimension))
                for dimension, codes in zip(
                    table.dimensions, zip(*table.cells, strict=True), strict=True
                )
            ]
            for table in tables
        ],
        trees_,
    )
