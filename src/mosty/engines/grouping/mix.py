"""Mixing: from people and rules to groups for every round."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mosty.engines.draw import Draw
from mosty.engines.errors import BadProblem
from mosty.engines.grouping.board import Board, named, weights
from mosty.engines.grouping.bounds import least_repeated, least_spread
from mosty.engines.grouping.counting import alike, met_in, planned
from mosty.engines.grouping.design import design
from mosty.engines.grouping.model import NoPlan, Plan, Round, Task
from mosty.engines.grouping.proof import proven_impossible
from mosty.engines.grouping.search import Seating, search, start
from mosty.engines.grouping.units import Units, units

# If nothing else is said: seconds, not minutes, for few people and for many.
LEAST_STEPS, USUAL_STEPS, STEPS_BY_PEOPLE = 5_000, 30_000, 3_000_000
MOST_STEPS = 10_000_000


def mix(task: Task, steps: int | None = None) -> Plan:
    """
    Return groups for every round: the same for the same task and number of steps.

    :raises BadProblem: if rules contradict each other or ask for too much.
    :raises NoPlan: if no grouping keeps the rules, or none was found.
    """
    parts = units(task)
    steps = steps_for(task, steps)
    seating, taken = seat(parts, task.rules.rounds, task.earlier, steps)
    return planned(parts, named(parts, seating), steps=taken)


def seat(
    parts: Units,
    rounds: int,
    before: Sequence[Round],
    steps: int,
    homes: Sequence[Mapping[int, int]] = (),
    least_moved: int = 0,
) -> tuple[Seating, int]:
    """
    Return a seating for ``rounds`` rounds to come, and the steps that it took.

    One aim after the other enters the search, each with an equal share of the ``steps``
    that are left: pairs that meet again are parted best before cities are looked at.
    ``homes`` has, for each round, the group from which a unit moves at a cost;
    ``least_moved`` is how many people must move in any case.

    :raises NoPlan: if no grouping keeps the rules, or none was found.
    """
    task = parts.task
    whole = weights(parts, rounds)
    met = met_in(before, parts.of)
    enough = whole.moved * least_moved
    enough += whole.repeated * least_repeated(parts, rounds, met, before)
    draw = Draw(task.seed)
    seating: Seating | None = None
    taken = 0
    entered = len(task.rules.spread) + 1
    for aims in range(entered):
        weigh = replace(
            whole, spread=whole.spread[:aims] + (0,) * (len(whole.spread) - aims)
        )
        if aims:
            attribute = task.rules.spread[aims - 1]
            # The board counts no pairs within a unit: nothing can be done about them.
            least = least_spread(parts, attribute)
            least -= alike(task, attribute, [parts.codes])
            enough += weigh.spread[aims - 1] * rounds * least
        board = Board(parts, weigh, rounds, met, homes)
        if seating is None:
            start(board, draw)
        else:
            board.seat(seating)
        found = search(board, draw, (steps - taken) // (entered - aims), enough)
        seating, taken = found.seating, taken + found.steps
        if not aims and found.cost > enough:
            seating = _by_design(board) or seating
    if found.cost >= whole.rule:
        raise NoPlan(proven=proven_impossible(parts))
    return found.seating, taken


def _by_design(board: Board) -> Seating | None:
    """Return a design, if there is one and it is better than what was found."""
    parts, cost = board.units, board.total()
    found = design(parts, len(board.rounds))
    if found is None:
        return None
    board.seat(found)
    return found if board.total() < cost else None


def steps_for(task: Task, steps: int | None) -> int:
    """
    Return ``steps``, or what is usual for so many people.

    :raises BadProblem: if it is no number of steps.
    """
    if steps is None:
        return min(USUAL_STEPS, max(LEAST_STEPS, STEPS_BY_PEOPLE // len(task.people)))
    if not 0 <= steps <= MOST_STEPS:
        raise BadProblem("too_many_steps", most=MOST_STEPS, steps=steps)
    return steps
