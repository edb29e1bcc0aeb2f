"""Linked tables on their way to publication: what of them is hidden so far."""

import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from mosty.engines.disclosure.audit import Audit
from mosty.engines.disclosure.counts import shapes_in, sums_in
from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.finish import Finisher
from mosty.engines.disclosure.model import (
    TOTAL,
    Cell,
    Hierarchy,
    Key,
    Protected,
    Statement,
    Table,
)
from mosty.engines.disclosure.seen import Seen
from mosty.engines.disclosure.shape import Shape, trees
from mosty.engines.disclosure.system import Row, System, join, system_of
from mosty.engines.disclosure.tau import tau_secondaries

TABLE_ROUNDS = 20
# Of tau-Argus's time, for each table where it is asked table by table.
TABLE_SHARE = 0.25


class Work:
    """The tables with their numbers, and which of them are hidden so far."""

    def __init__(
        self,
        tables: Sequence[Table],
        hierarchies: Sequence[Hierarchy],
        earlier: Sequence[Protected],
        also: Sequence[Statement],
        joint_most: int,
    ) -> None:
        if not tables:
            raise BadTables("no_tables")
        names = [table.name for table in tables]
        for name in names:
            if names.count(name) > 1:
                raise BadTables("table_twice", table=name)
        self.tables = tables
        self.trees = trees(hierarchies)
        self.shapes = shapes_in(tables, self.trees)
        self.system = system_of(self.shapes, self.trees)
        self.own_cells = len(self.system.keys)
        self.values, self.source = self._numbers()
        self.limits = self._limits()
        self.needs = self._needs()
        zeros_shown = not all(table.zeros_are_small for table in tables)
        self.lowest = 1 if zeros_shown else 0
        self.primary = {
            column
            for column, limit in self.limits.items()
            if self.values[column] < limit
            and (self.values[column] > 0 or column in self.small_zeros)
        }
        self.secondary: set[int] = set()
        self.proposed_by_table = 0
        self.shown_before = self._shown(earlier) | self._said(also)
        self.also = also
        self.joint_most = joint_most
        self._finisher: Finisher | None = None
        self._whole: set[int] | None = None

    @cached_property
    def costs(self) -> dict[int, int]:
        """What hiding costs: a large number is missed more, but not in proportion."""
        return {
            column: 1 + self.values[column].bit_length()
            for column in range(self.own_cells)
        }

    def hide(self, keys: Iterable[Key]) -> None:
        """Hide these, small or not; what is 0 or not in the tables stays as it is."""
        columns = {self.system.column[key] for key in keys if key in self.system.column}
        self.secondary |= {
            one for one in columns - self.primary if self.values[one] > 0
        }

    def show(self, keys: Iterable[Key]) -> None:
        """Do not hide these for others' sake."""
        columns = {self.system.column[key] for key in keys if key in self.system.column}
        self.shown_before |= columns - self.primary - self.secondary

    def propose(self, seconds: float) -> frozenset[int] | None:
        """
        Hide what tau-Argus proposes: for all tables at once, or for each that it can.

        Return the columns that it proposed for all at once; ``None`` if it proposed
        nothing for some table: then the rest is to be done.
        """
        ends = time.perf_counter() + seconds
        found = self._asked(self.system, seconds)
        if found is not None:
            self.secondary |= found
        if found is not None or len(self.shapes) == 1:
            return found
        # Two at once, each from what is small only: what one proposes no other waits for.
        share = seconds * TABLE_SHARE

        def one(shape: Shape) -> frozenset[int] | None:
            left = min(share, ends - time.perf_counter())
            return (
                self._asked(system_of([shape], self.trees), left) if left > 0 else None
            )

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(one, sorted(self.shapes, key=Shape.size)))
        every = frozenset().union(*(answer for answer in answers if answer))
        self.secondary |= every
        self.proposed_by_table = len(every)
        return None

    def _asked(self, system: System, seconds: float) -> frozenset[int] | None:
        """Return what tau-Argus proposes for the tables of ``system``."""
        own = {i: self.system.column[key] for i, key in enumerate(system.keys)}
        hidden = self.primary | self.secondary
        needs = {
            i: self.needs[column]
            for i, column in own.items()
            if column in hidden and self.values[column] > 0
        }
        found = tau_secondaries(
            {i: self.values[column] for i, column in own.items()},
            {i: self.costs[column] for i, column in own.items()},
            needs,
            system.rows,
            lowest=self.lowest,
            seconds=seconds,
        )
        if found is None:
            return None
        return frozenset(own[i] for i in found) - self.shown_before

    def avoid_pairs(self) -> None:
        """Hide a third cell where two small ones are all that is hidden in a sum."""
        for row in self.system.rows:
            hidden = [one for one in row.columns if self._is_hidden(one)]
            if len(hidden) != 2 or not all(one in self.primary for one in hidden):
                continue
            shown = self._shown_in(row)
            if shown:
                self.secondary.add(shown[0])

    def published(self) -> tuple[Protected, ...]:
        """Return the tables as they would be published now."""
        found = []
        for table, shape in zip(self.tables, self.shapes, strict=True):
            cells = {}
            for codes in shape.cells():
                column = self.system.column[shape.key(codes)]
                limit = self.needs[column]
                if column in self.primary:
                    cells[codes] = Cell(None, "primary", limit)
                elif column in self.secondary:
                    cells[codes] = Cell(None, "secondary", limit)
                else:
                    cells[codes] = Cell(self.values[column], "", limit)
            found.append(
                Protected(
                    table.name,
                    table.dimensions,
                    cells,
                    table.measure,
                    table.where,
                    not table.zeros_are_small,
                )
            )
        return tuple(found)

    def seen(self) -> Seen:
        """Return the world that is true, as far as the tables say."""
        return Seen(self.system.keys, [self.values])

    def hide_more(self, found: Audit) -> bool:
        """Hide what ``found`` asks for; false if nothing more can be hidden."""
        before = len(self.secondary)
        narrow = [one for one in found.findings if one.code != "alone"]
        by_name = {str(key): i for i, key in enumerate(self.system.keys)}
        wanted = ((by_name.get(one.cell), one.needed) for one in narrow)
        needs = {column: need for column, need in wanted if column is not None}
        self.hide_with(needs)
        self.avoid_pairs()
        if len(self.secondary) > before:
            return True
        return self._hide_around(needs)

    def hide_by_table(self) -> None:
        """
        Hide what tables need, one table after the other, until none needs more.

        Small programmes instead of one large one: the way of tau-Argus's modular
        method (de Wolf 2002). What links the tables is left to the audit.
        """
        parts = [self._part(shape) for shape in self.shapes]
        for _ in range(TABLE_ROUNDS):
            before = len(self.secondary)
            for columns, finisher in parts:
                hidden = [
                    (place, column)
                    for place, column in enumerate(columns)
                    if self._is_hidden(column) and column not in self.shown_before
                ]
                finisher.hidden([place for place, _ in hidden])
                needs = {place: self.needs[column] for place, column in hidden}
                self._hide(finisher, needs, columns, trusting=True)
            if len(self.secondary) == before:
                return

    def hide_with(self, needs: Mapping[int, int]) -> None:
        """Hide what each of these cells needs to be open by so much, in all tables."""
        finisher = self._finish()
        finisher.hidden(self.primary | self.secondary)
        self._hide(finisher, needs, range(self.own_cells), trusting=False)

    def _hide(
        self,
        finisher: Finisher,
        needs: Mapping[int, int],
        columns: Sequence[int],
        *,
        trusting: bool,
    ) -> None:
        """
        Hide the partners of each cell in ``needs``; ``columns`` says who is who here.

        Where ``trusting``, a cell that another's world opens is passed over.
        """
        for place in sorted(needs, key=lambda one: (-needs[one], one)):
            if trusting and finisher.open(place, needs[place]):
                continue
            partners = finisher.partners(place, needs[place])
            if partners is None:
                continue
            more = {
                one
                for one in partners
                if one < len(columns)
                and not self._is_hidden(columns[one])
                and columns[one] not in self.shown_before
                and self.values[columns[one]] > 0
            }
            finisher.hidden(more)
            self.secondary |= {columns[one] for one in more}

    def _part(self, shape: Shape) -> tuple[list[int], Finisher]:
        system = system_of([shape], self.trees)
        columns = [self.system.column[key] for key in system.keys]
        values = [self.values[column] for column in columns]
        costs = self.costs
        return columns, Finisher(
            system,
            values,
            {place: costs[column] for place, column in enumerate(columns)},
            [i for i, column in enumerate(columns) if column in self.shown_before],
            self.lowest,
        )

    def _hide_around(self, columns: Iterable[int]) -> bool:
        """
        Hide the cheapest cell beside each of ``columns``; if there is none, farther away.

        For numbers that only broken worlds leave open: programmes see nothing to do.
        """
        wanted = set(columns)
        before = len(self.secondary)
        while wanted:
            left, near = set(wanted), set(wanted)
            for row in self.system.rows:
                if not wanted.intersection(row.columns):
                    continue
                near.update(row.columns)
                shown = self._shown_in(row) if left.intersection(row.columns) else []
                if shown:
                    self.secondary.add(shown[0])
                    left.difference_update(row.columns)
            if len(self.secondary) > before or near == wanted:
                break
            wanted = near
        return len(self.secondary) > before

    def _shown_in(self, row: Row) -> list[int]:
        """Return which cells of a sum could be hidden besides, the smallest first."""
        shown = [
            one
            for one in row.columns
            if one < self.own_cells
            and self.values[one] > 0
            and not self._is_hidden(one)
            and one not in self.shown_before
        ]
        return sorted(shown, key=lambda one: (self.values[one], one))

    def _is_hidden(self, column: int) -> bool:
        return column in self.primary or column in self.secondary

    def _finish(self) -> Finisher:
        if self._finisher is None:
            system = system_of(self.shapes, self.trees, self.also)
            zeros = [
                key
                for key, value in zip(self.system.keys, self.values, strict=True)
                if value == 0 and not self._is_hidden(self.system.column[key])
            ]
            join(system, self.shapes, self.trees, zeros, self.joint_most)
            self._finisher = Finisher(
                system, self.values, self.costs, self.shown_before, self.lowest
            )
        return self._finisher

    def _numbers(self) -> tuple[list[int], list[str]]:
        """Return each cell's number; refuse tables that disagree."""
        values = [-1] * len(self.system.keys)
        source = [""] * len(self.system.keys)
        for table, shape in zip(self.tables, self.shapes, strict=True):
            for column, value in sums_in(table, shape, self.system).items():
                if values[column] not in (-1, value):
                    raise BadTables(
                        "disagree",
                        cell=str(self.system.keys[column]),
                        one=values[column],
                        first=source[column],
                        other=value,
                        second=table.name,
                    )
                values[column], source[column] = value, table.name
        return [max(0, value) for value in values], source

    def _limits(self) -> dict[int, int]:
        limits: dict[int, int] = {}
        self.small_zeros: set[int] = set()
        for table, shape in zip(self.tables, self.shapes, strict=True):
            for codes in shape.cells():
                column = self.system.column[shape.key(codes)]
                limits[column] = max(limits.get(column, 0), table.limit(codes))
                if table.zeros_are_small:
                    self.small_zeros.add(column)
        return limits

    def _needs(self) -> dict[int, int]:
        """Return how far each number must be open where it is hidden."""
        needs = dict(self.limits)
        for table, shape in zip(self.tables, self.shapes, strict=True):
            for codes in shape.cells() if table.width else ():
                column = self.system.column[shape.key(codes)]
                needs[column] = max(needs[column], table.width)
        return needs

    def _shown(self, earlier: Sequence[Protected]) -> set[int]:
        """Return what cannot be hidden any more, since it is published."""
        found = set()
        for table in earlier:
            for codes, cell in table.cells.items():
                if cell.value is not None:
                    pairs = zip(table.dimensions, codes, strict=True)
                    own = frozenset(
                        (*(p for p in pairs if p[1] != TOTAL), *table.where)
                    )
                    column = self.system.column.get(Key(table.measure, own))
                    if column is not None:
                        found.add(column)
        return found

    def _said(self, also: Sequence[Statement]) -> set[int]:
        """Return the numbers that somebody else has published exactly."""
        return {
            self.system.column[statement.terms[0][0]]
            for statement in also
            if len(statement.terms) == 1
            and statement.low == statement.high
            and statement.terms[0][0] in self.system.column
        }
