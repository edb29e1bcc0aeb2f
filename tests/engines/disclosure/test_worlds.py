"""No number can be worked back: asked of every world, not of the audit."""

from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.engines.disclosure import (
    TOTAL,
    BadTables,
    Cell,
    Protected,
    Table,
    audit,
    key,
    protect,
    work,
)
from tests.engines.disclosure.worlds import DIMENSIONS, KINDS, ranges

SUBSETS = [dims for size in (1, 2, 3) for dims in combinations(DIMENSIONS, size)]
QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def add_up(dims, people):
    places = [list(DIMENSIONS).index(name) for name in dims]
    values = dict.fromkeys(product(*(DIMENSIONS[name] for name in dims)), 0)
    for kind, number in zip(KINDS, people, strict=True):
        values[tuple(kind[place] for place in places)] += number
    return values


def every_cell(dims, people):
    values = {}
    for codes in product(*((*DIMENSIONS[name], TOTAL) for name in dims)):
        values[codes] = sum(
            number
            for kind, number in zip(KINDS, people, strict=True)
            if all(
                code in (TOTAL, kind[list(DIMENSIONS).index(name)])
                for name, code in zip(dims, codes, strict=True)
            )
        )
    return values


linked = st.lists(st.sampled_from(SUBSETS), min_size=1, max_size=3, unique=True)
few = st.lists(st.integers(0, 3), min_size=8, max_size=8).filter(
    lambda people: 0 < sum(people) <= 9
)


@QUICK
@given(linked, few)
def test_no_hidden_number_can_be_computed(monkeypatch, dims, people):
    monkeypatch.setattr(work, "tau_secondaries", lambda *_, **__: None)
    tables = [Table("x".join(d), d, add_up(d, people), threshold=3) for d in dims]

    done = protect(tables)

    assert done.audit.holds
    for low, high in ranges(done.tables, most=12).values():
        assert high - low >= 3
    for table, d in zip(done.tables, dims, strict=True):
        true = every_cell(d, people)
        for codes, cell in table.cells.items():
            assert cell.value in (None, true[codes])
            assert (cell.status == "primary") == (0 < true[codes] < 3)


@settings(QUICK, max_examples=8)
@given(linked, few)
def test_no_hidden_number_can_be_computed_with_tau_argus(dims, people):
    tables = [Table("x".join(d), d, add_up(d, people), threshold=3) for d in dims]

    done = protect(tables)

    assert done.whole
    assert done.audit.holds
    for low, high in ranges(done.tables, most=12).values():
        assert high - low >= 3


@settings(QUICK, max_examples=150)
@given(linked, few, st.data())
def test_audit_knows_what_all_worlds_know(dims, people, data):
    tables = []
    for d in dims:
        cells = {}
        for codes, number in every_cell(d, people).items():
            grand = set(codes) == {TOTAL}
            hide = number > 0 and not grand and data.draw(st.booleans())
            cells[codes] = Cell(None if hide else number, "hidden" if hide else "", 3)
        tables.append(Protected("x".join(d), d, cells))

    found = audit(tables, exact=True)
    quick = audit(tables)

    true = ranges(tables, most=9)
    for (name, codes), (low, high) in true.items():
        dimensions = next(table.dimensions for table in tables if table.name == name)
        one = found.intervals[key("n", **dict(zip(dimensions, codes, strict=True)))]
        assert (one.low, one.high, one.exact) == (low, high, True)
    assert found.holds == all(high - low >= 3 for low, high in true.values())
    assert quick.holds == found.holds


@settings(QUICK, max_examples=40)
@given(few)
def test_zeros_can_be_small_too(people):
    table = Table("t", ("a", "b"), add_up(("a", "b"), people), 3, zeros_are_small=True)

    done = protect([table], tau_seconds=0.01)

    assert done.audit.holds
    found = ranges(done.tables, most=14, positive=False)
    assert {codes for _, codes in found} >= {
        codes for codes, n in every_cell(("a", "b"), people).items() if n < 3
    }
    assert all(high - low >= 3 for low, high in found.values())


def test_three_tables_in_a_ring_say_more_than_two():
    """Each two of them leave 1 to 6 possible; persons by all traits only 3 to 6."""
    people = [4, 1, 1, 1, 1, 1, 1, 4]
    tables = []
    for d in combinations(DIMENSIONS, 2):
        cells = {}
        for codes, number in every_cell(d, people).items():
            hide = d == ("a", "b") and TOTAL not in codes
            cells[codes] = Cell(None if hide else number, "hidden" if hide else "", 3)
        tables.append(Protected("x".join(d), d, cells))
    cell = key("n", a="a1", b="b1")

    found = audit(tables, exact=True).intervals[cell]
    apart = audit(tables, exact=True, joint_most=0)

    assert ranges(tables, most=14)["axb", ("a1", "b1")] == (3, 6)
    assert (found.low, found.high) == (3, 6)
    assert (apart.intervals[cell].low, apart.intervals[cell].high) == (1, 6)
    assert apart.not_joined == ("a x b x c",)


def test_tables_that_disagree_are_refused():
    one = Table("one", ("a",), {("a1",): 4, ("a2",): 5})
    two = Table("two", ("b",), {("b1",): 4, ("b2",): 6})

    with pytest.raises(BadTables, match=r"^Total is 9 in one, but 10 in two\.$"):
        protect([one, two])
