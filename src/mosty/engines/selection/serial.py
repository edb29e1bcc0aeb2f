"""
The fair draw among the optimal cohorts: random serial dictatorship.

In drawn order, each person gets a seat if some optimal cohort has her and all
who got one before her. Whether it does is a yes or no that any exact solver
answers alike, so the result depends on the problem and the order only
(Bogomolnaia & Moulin 2001).
"""

from mosty.engines.errors import SolverFailed
from mosty.engines.selection.optimum import Optimum

# People decided by one programme. Their weights are powers of two, which stay
# far below what the solver's floating point can tell apart.
AT_ONCE = 16


def possible_types(found: Optimum) -> set[int]:
    """
    Return the types of which some optimal cohort seats more than the must-ins.

    :raises SolverFailed: if the solver contradicts what it has found before.
    """
    types = found.pool.types
    possible: set[int] = set()
    point: tuple[int, ...] = found.counts
    undecided = {t for t, type_ in enumerate(types) if not type_.floor}
    while reached := {t for t in undecided if point[t]}:
        possible |= reached
        undecided -= reached
        # Seat as many of the undecided as possible; if that is none, none is.
        answer = found.program.maximise(dict.fromkeys(sorted(undecided), 1))
        if answer is None:
            raise SolverFailed("an optimal cohort was found and then lost")
        point = answer.point
    return possible


def choose(found: Optimum, possible: set[int], drawn: tuple[str, ...]) -> list[str]:
    """
    Return the cohort that the ``drawn`` order picks, must-ins first.

    ``possible`` is what :func:`possible_types` says; nobody else is asked about.

    :raises SolverFailed: if the solver contradicts what it has found before.
    """
    pool, program = found.pool, found.program
    must_in = pool.problem.must_in
    taken = [type_.floor for type_ in pool.types]
    is_open = [t in possible for t in range(len(pool))]
    chosen = sorted(must_in)
    queue = [c for c in drawn if c not in must_in]
    with program.trial():
        while queue and len(chosen) < found.size:
            queue = [code for code in queue if is_open[pool.type_of[code]]]
            batch, queue = queue[:AT_ONCE], queue[AT_ONCE:]
            for t, count in enumerate(taken):
                upper = len(pool.types[t].codes) if is_open[t] else count
                program.set_bounds(t, count, upper)
            asked = [pool.type_of[code] for code in batch]
            for code, t, seated in zip(
                batch, asked, _decide(found, asked, taken), strict=True
            ):
                if seated:
                    taken[t] += 1
                    chosen.append(code)
                else:
                    # What cannot be completed now never can be later.
                    is_open[t] = False
    return chosen


def _decide(found: Optimum, asked: list[int], taken: list[int]) -> list[bool]:
    """
    Return for each person of the types ``asked``, in turn, whether she gets a seat.

    Maximises the sum of 2**(n - 1 - i) * z_i, where z_i is 1 only if the i-th of n
    people is seated. A power of two outweighs all smaller ones together, so
    nobody is given up for any number of later people: the same answers as asking
    about one after the other.
    """
    program = found.program
    with program.trial():
        columns = [program.add_column(0, 1) for _ in asked]
        for t in sorted(set(asked)):
            persons = [z for z, type_ in zip(columns, asked, strict=True) if type_ == t]
            # z_1 + z_2 + ... <= count(t) - taken(t)
            program.add_row({t: 1, **dict.fromkeys(persons, -1)}, taken[t], None)
        weights = {z: 1 << place for place, z in enumerate(reversed(columns))}
        answer = program.maximise(weights)
    if answer is None:
        raise SolverFailed("an optimal cohort was found and then lost")
    return [answer.point[z] == 1 for z in columns]
