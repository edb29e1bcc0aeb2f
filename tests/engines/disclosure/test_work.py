"""What is hidden besides, one step at a time: the cheapest that opens what needs it."""

from mosty.engines.disclosure import Audit, Table
from mosty.engines.disclosure.audit import JOINT_MOST, Finding
from mosty.engines.disclosure.work import Work

# One small number; the cheapest square that opens it leaves out the large row and column.
TABLE = Table(
    "t",
    ("a", "b"),
    {
        ("x", "p"): 2, ("x", "q"): 9, ("x", "r"): 900,
        ("y", "p"): 8, ("y", "q"): 7, ("y", "r"): 800,
        ("z", "p"): 700, ("z", "q"): 600, ("z", "r"): 500,
    },
)  # fmt: skip


def hidden(work: Work) -> set[tuple[str, ...]]:
    (table,) = work.published()
    return {codes for codes, cell in table.cells.items() if cell.value is None}


def test_what_a_cell_needs_is_hidden_as_one_closed_line() -> None:
    work = Work([TABLE], (), (), (), JOINT_MOST)
    assert hidden(work) == {("x", "p")}
    (column,) = work.primary
    work.hide_with({column: work.needs[column]})
    assert hidden(work) == {("x", "p"), ("x", "q"), ("y", "p"), ("y", "q")}


def test_what_an_audit_finds_narrow_is_opened_so() -> None:
    work = Work([TABLE], (), (), (), JOINT_MOST)
    (column,) = work.primary
    name = str(work.system.keys[column])
    found = Finding("narrow", name, 2, 2, work.needs[column], ())
    told = Audit((found,), (), {}, 1, 0.0)
    assert work.hide_more(told) is True
    assert hidden(work) == {("x", "p"), ("x", "q"), ("y", "p"), ("y", "q")}
