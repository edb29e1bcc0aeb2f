"""
Secondary suppression by tau-Argus: all linked tables as one problem.

The format is tau-Argus's own for linked tables ("JJ", handbook 4.1, A.2): cells with
value, cost, status, the bounds that readers know and the protection each needs; then
equations. Method: Fischetti & Salazar, Management Science 47 (2001).
"""

import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mosty.engines.disclosure.system import Row

CHILD = Path(__file__).with_name("tau_child.py")
SECONDS = 20.0
# More than this it has not finished in time, so it is not asked.
MOST_CELLS = 1_500


def tau_secondaries(
    values: Mapping[int, int],
    costs: Mapping[int, int],
    needs: Mapping[int, int],
    rows: Sequence[Row],
    *,
    lowest: int,
    seconds: float = SECONDS,
) -> frozenset[int] | None:
    """
    Return the cells that tau-Argus would hide besides ``needs``, at the least cost.

    Args:
        values: column -> count; zeros are shown and left out of the problem.
        costs: column -> cost of hiding it; whole, >= 1.
        needs: small cells -> how far above its value each must be possible.
        rows: equations; those with limits other than 0 are left out.
        lowest: what readers know a hidden cell to be at least.
        seconds: after them it is ended.

    Returns:
        Columns, none of them in ``needs``; ``None`` where it gave no answer. It is a
        proposal: the audit decides.
    """
    cells = sorted(column for column, value in values.items() if value > 0)
    if not needs or not cells or len(cells) > MOST_CELLS:
        return frozenset() if not needs else None
    place = {column: i for i, column in enumerate(cells)}
    text = _problem(cells, place, values, costs, needs, rows, lowest)
    with TemporaryDirectory(prefix="mosty-tau-") as folder:
        problem, answer = Path(folder) / "problem.jj", Path(folder) / "answer"
        problem.write_text(text, encoding="ascii")
        command = [sys.executable, str(CHILD), str(problem), str(answer), "0"]
        try:
            done = subprocess.run(  # noqa: S603 - our own file, with our own arguments
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                cwd=folder,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        if done.returncode != 0 or not answer.exists():
            return None
        return _read(answer.read_text(encoding="ascii", errors="replace"), cells, needs)


def _problem(
    cells: Sequence[int],
    place: Mapping[int, int],
    values: Mapping[int, int],
    costs: Mapping[int, int],
    needs: Mapping[int, int],
    rows: Sequence[Row],
    lowest: int,
) -> str:
    cap = 20 * max(values.values()) + 1000
    lines = ["0", str(len(cells))]
    for i, column in enumerate(cells):
        upper = needs.get(column)
        status = "s" if upper is None else "u"
        low = min(lowest, values[column])
        lines.append(
            f"{i} {values[column]} {costs[column]} {status} {low} {cap}"
            f" 0 {upper or 0} 0"
        )
    equations = []
    for row in rows:
        if row.low != 0 or row.high != 0:
            continue
        terms = [
            f"{place[column]} ({factor})"
            for column, factor in zip(row.columns, row.factors, strict=True)
            if column in place
        ]
        if terms:
            equations.append(f"0 {len(terms)} : {' '.join(terms)}")
    return "\n".join((*lines, str(len(equations)), *equations, ""))


def _read(
    text: str, cells: Sequence[int], needs: Collection[int]
) -> frozenset[int] | None:
    try:
        found = {cells[int(line)] for line in text.split()}
    except (ValueError, IndexError):
        return None
    return frozenset(found.difference(needs))
