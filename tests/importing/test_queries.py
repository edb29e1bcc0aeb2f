"""Plans and tables without any rules."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from mosty.importing.actions import CannotImport, require_seen
from mosty.importing.queries import plans
from mosty.importing.queries.tables import Table, samples


@dataclass(frozen=True)
class Row:
    kind: str
    mark: tuple[object, ...] = ()


@dataclass(frozen=True)
class Plan(plans.Plan):
    kinds: ClassVar = ("new", "same", "error")
    writes: ClassVar = ("new",)
    rows: tuple[Row, ...]
    missing: tuple[str, ...] = ()


def plan(*kinds, missing=()):
    return Plan(tuple(Row(kind, (at,)) for at, kind in enumerate(kinds)), missing)


@pytest.mark.parametrize(
    ("made", "stopped", "taken", "known"),
    (
        (plan("new", "same"), False, True, False),
        (plan("same", "same"), False, False, True),
        (plan("new", "error"), True, False, False),
        (plan(missing=("day",)), True, False, False),
        (plan(), False, False, False),
    ),
)
def test_what_may_be_taken_over(made, stopped, taken, known):
    assert (made.is_stopped, made.can_be_taken, made.is_known) == (
        stopped,
        taken,
        known,
    )


def test_rows_are_counted_by_their_kinds():
    assert plan("new", "new", "same").counts == {"new": 2, "same": 1, "error": 0}


def test_two_plans_share_their_digest_only_if_they_do_the_same():
    assert plan("new", "new").digest == plan("new", "new").digest
    assert Plan((Row("new", (1, "a")),)).digest != Plan((Row("new", (1, "b")),)).digest


@pytest.mark.parametrize(
    ("made", "seen", "sentence"),
    (
        (plan("error"), "", "Some rows have errors"),
        (plan("same"), "", "Everything in this file is already there"),
        (plan("new"), "another", "Look again"),
    ),
)
def test_only_what_was_seen_is_taken_over(made, seen, sentence):
    with pytest.raises(CannotImport, match=sentence):
        require_seen(plan=made, seen=seen, changed="Look again")
    require_seen(plan=plan("new"), seen=plan("new").digest, changed="")


TABLE = Table(("a", "b", "c"), [(2, ["", "x"]), (3, ["y", "z"])], {"k": 0, "l": 2})


def test_columns_that_mean_nothing_are_named():
    assert TABLE.unused == ("b",)


def test_examples_are_the_first_filled_cells_under_their_names():
    assert samples(TABLE, [0, 2]) == ["y", "", "x"]
