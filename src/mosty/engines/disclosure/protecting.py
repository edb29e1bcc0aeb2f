"""
Protection: which numbers of linked tables are not published.

Small cells are hidden (primary); tau-Argus proposes what else has to be (secondary);
the audit looks at the result as a reader does, and as long as it finds a number given
away, more is hidden. What is returned has passed the audit, or says what has not.
"""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from mosty.engines.disclosure.audit import JOINT_MOST, Audit, audit
from mosty.engines.disclosure.model import (
    Hierarchy,
    Key,
    Protected,
    Statement,
    Table,
)
from mosty.engines.disclosure.tau import SECONDS
from mosty.engines.disclosure.work import Work

ROUNDS = 40
# Hiding one cell more is cheaper than a long search for a reason not to.
IMPATIENCE = 0.5


@dataclass(frozen=True)
class Protection:
    """
    Tables as they can be published, and the audit that says so.

    Args:
        tables: in the order given; publish nothing if ``audit.holds`` is false.
        audit: what readers can work out of them.
        primary, secondary: how many numbers are hidden, each counted once however
            many tables show it.
        proposed: how many of the secondary ones tau-Argus proposed.
        whole: if it proposed them for all tables as one; else for those tables alone
            for which it had an answer in time, and the finisher did the rest.
        rounds: how often the audit asked for more.
        seconds: how long all took, in seconds; tau-Argus took ``tau_seconds``, the
            audits ``audit_seconds``.
    """

    tables: tuple[Protected, ...]
    audit: Audit
    primary: int
    secondary: int
    proposed: int
    whole: bool
    rounds: int
    seconds: float
    tau_seconds: float
    audit_seconds: float


def protect(
    tables: Sequence[Table],
    hierarchies: Sequence[Hierarchy] = (),
    *,
    earlier: Sequence[Protected] = (),
    also: Sequence[Statement] = (),
    hide: Collection[Key] = (),
    show: Collection[Key] = (),
    exact: bool = False,
    tau_seconds: float = SECONDS,
    joint_most: int = JOINT_MOST,
    step: Callable[[str], None] = lambda _: None,
) -> Protection:
    """
    Return ``tables`` with sums, so that no small number can be worked back.

    Args:
        tables: counts of inner cells; those of one measure are linked.
        hierarchies: of their dimensions.
        earlier: what is published already and cannot be taken back.
        also: what else readers know: cited figures, percentages.
        hide: what must not be shown, small or not; zeros are, where they are no secret.
        show: what is to be shown unless it is small: to hide it would not help.
        exact: work out the interval of every hidden cell.
        tau_seconds: after them tau-Argus is ended and the rest done without it.
        joint_most: as for :func:`audit`.
        step: told the name of each step; what it raises ends the work.

    Raises:
        BadTables: if the tables cannot be, or disagree where they are linked.
        SolverFailed: if the solver gives no answer.

    Not the fewest cells: tau-Argus's proposal is the cheapest for the small cells
    alone; what the audit asks for besides is found step by step. Deterministic, unless
    tau-Argus ran out of time.
    Source: Hundepool et al., *Statistical Disclosure Control* (2012), 4.4.
    """
    started = time.perf_counter()
    step("hiding")
    work = Work(tables, hierarchies, earlier, also, joint_most)
    work.hide(hide)
    work.show(show)
    tau_started = time.perf_counter()
    proposal = work.propose(tau_seconds)
    tau_took = time.perf_counter() - tau_started
    if proposal is None:
        work.hide_by_table()
    work.avoid_pairs()
    auditing = 0.0
    rounds = 0
    # What is true is a world, and those of one round are worlds of the next: it hides more.
    seen = work.seen()
    while True:
        step("checking")
        published = work.published()
        found = audit(
            (*published, *earlier),
            hierarchies,
            also=also,
            exact=False,
            joint_most=joint_most,
            patience=IMPATIENCE,
            seen=seen,
        )
        seen = found.seen
        auditing += found.seconds
        if found.holds or found.is_stuck or rounds == ROUNDS:
            break
        if not work.hide_more(found):
            break
        rounds += 1
    if exact or not found.holds:
        found = audit(
            (*published, *earlier),
            hierarchies,
            also=also,
            exact=exact,
            joint_most=joint_most,
            seen=seen,
        )
        auditing += found.seconds
    return Protection(
        published,
        found,
        len(work.primary),
        len(work.secondary),
        work.proposed_by_table if proposal is None else len(proposal),
        proposal is not None,
        rounds,
        time.perf_counter() - started,
        tau_took,
        auditing,
    )
