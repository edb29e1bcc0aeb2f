"""What is made of counts: nothing hidden can be worked back, of one release or of two."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.engines.disclosure import work
from mosty.figures.releases import changes, making
from mosty.figures.releases.changes import Earlier
from mosty.figures.releases.document import Cited, of_json
from mosty.figures.releases.making import CannotMake, make
from tests.figures.releases.documents import (
    KINDS,
    document,
    of_people,
    possible,
    ranges,
    ranges_of_two,
)

SUBSETS = [("a",), ("b",), ("a", "b")]
QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
linked = st.lists(st.sampled_from(SUBSETS), min_size=1, max_size=3, unique=True)
few = st.lists(st.integers(0, 5), min_size=4, max_size=9).map(
    lambda kinds: [kinds.count(kind) for kind in range(6)]
)
NATIONS = {("ukr",): 240, ("blr",): 41, ("kaz",): 2, ("geo",): 9, ("nga",): 20}


@pytest.fixture
def quick(monkeypatch):
    """Do without tau-Argus's own process: the finisher does all."""
    monkeypatch.setattr(work, "tau_secondaries", lambda *_, **__: None)


def read(made):
    return of_json(json.loads(made.text))


def published(counts):
    """Return a release that was let pass, as the next one sees it."""
    made = make(counts)
    assert made.failure == ""
    return Earlier(read(made), counts)


def shown(table):
    return {cell.codes[0]: cell.value for cell in table.cells}


def test_small_numbers_are_hidden_and_what_would_give_them_away(quick):
    made = make(document({("nationality",): NATIONS}))

    artefact = read(made)
    assert shown(artefact.tables[0]) == {
        "ukr": 240,
        "blr": 41,
        "kaz": None,
        "geo": None,
        "nga": 20,
        "Total": 312,
    }
    assert (made.failure, made.report["primary"], made.report["secondary"]) == (
        "",
        1,
        1,
    )
    # The same counts, the same text.
    assert make(document({("nationality",): NATIONS})).digest == made.digest
    assert "primary" not in made.text


def test_the_text_is_read_back_as_it_was(quick):
    counts = document({("nationality",): NATIONS}, corrects=0)

    assert of_json(json.loads(counts.text())) == counts
    with pytest.raises(ValueError, match="not a release"):
        of_json({"format": "other"})


@pytest.mark.parametrize(
    ("cells", "code"),
    (
        ({("kaz",): 0}, "empty"),
        ({("kaz",): -2}, "tables"),
    ),
)
def test_what_cannot_be_protected_is_said(quick, cells, code):
    with pytest.raises(CannotMake) as refused:
        make(document({("nationality",): cells}))
    assert refused.value.code == code


def test_a_table_in_which_everything_is_small_is_refused(quick):
    cells = {(code,): 1 for code in ("kaz", "geo")}

    made = make(document({("nationality",): cells, ("month",): {("01",): 2}}))

    assert (made.failure, made.report["holds"]) == ("all_small", False)
    assert made.params == {"tables": "nationality, month"}


def test_a_table_without_records_is_empty_and_the_others_are_made(quick):
    made = make(document({("nationality",): NATIONS, ("sex",): {("f",): 0}}))

    assert made.failure == ""
    assert read(made).tables[1].cells == ()


def test_a_figure_that_others_published_counts(quick):
    about = Cited({}, "9", {}, "", "a newspaper", "n", (("nationality", "geo"),))
    made = make(document({("nationality",): NATIONS}, cited=(about,)))

    # Georgia cannot be hidden with Kazakhstan any more, so others are.
    assert made.failure == ""
    cells = shown(read(made).tables[0])
    assert cells["kaz"] is None
    assert cells["geo"] == 9
    assert [code for code in ("blr", "nga", "ukr") if cells[code] is None] == ["nga"]


def test_a_figure_that_contradicts_the_records_is_refused(quick):
    total = Cited({}, "300", {}, "", "a newspaper", "n", ())
    with pytest.raises(CannotMake) as refused:
        make(document({("nationality",): NATIONS}, cited=(total,)))
    assert (refused.value.code, refused.value.params) == (
        "cited",
        {"source": "a newspaper", "cited": "300", "counted": 312},
    )


def test_a_figure_that_repeats_a_release_does_not_contradict_its_correction(quick):
    total = Cited({}, "312", {}, "", "our own page", "n", ())
    first = published(document({("nationality",): NATIONS}, cited=(total,)))
    later = {**NATIONS, ("ukr",): 250}

    made = make(document({("nationality",): later}, number=2, cited=(total,)), [first])

    assert made.failure == ""


def test_a_release_that_a_cited_figure_narrows_is_refused_with_its_cells(quick):
    cells = {("nationality",): NATIONS}
    about = Cited({}, "2", {}, "", "a newspaper", "n", (("nationality", "kaz"),))
    assert make(document(cells)).failure == ""

    made = make(document(cells, cited=(about,)))

    assert (made.failure, made.params) == ("given_away", {"cells": 1})
    assert [
        (one["codes"], one["low"], one["high"], one["because"])
        for one in made.report["findings"]
    ] == [([["nationality", "kaz"]], 2, 2, ["a newspaper"])]


def test_a_figure_finer_than_the_tables_counts(quick):
    """Of nine Georgians eight came in May: whoever knows that knows nearly all."""
    cells = {("nationality",): NATIONS, ("month",): {("05",): 100, ("06",): 212}}
    pair = (("month", "05"), ("nationality", "geo"))
    about = Cited({}, "8", {}, "", "a newspaper", "n", pair)

    made = make(document(cells, cited=(about,)))

    counts = document(cells, cited=(about,))
    hidden = replace(read(make(document(cells))), cited=(about,), width=3)
    (one,) = making.audit(hidden, counts, []).findings[:1]
    assert (one.cell, one.low, one.high) == ("nationality=geo", 8, 10)
    assert made.failure == ""


@settings(QUICK, max_examples=40)
@given(few, st.sampled_from(KINDS))
def test_nothing_can_be_computed_beside_a_cited_figure(quick, people, kind):
    """Asked of every world in which the figure is true, and its table is nobody's."""
    number = people[KINDS.index(kind)]
    figure = Cited(
        {}, str(number), {}, "", "press", "n", (("a", kind[0]), ("b", kind[1]))
    )
    made = make(of_people([("a",), ("b",)], people, cited=(figure,)))
    artefact = read(made)

    every = possible(artefact, most=sum(people) + 4)
    every = every[every[:, KINDS.index(kind)] == number]

    for (table, codes), (low, high) in ranges(artefact, every).items():
        assert made.failure or high - low >= 3, (table, codes)


def test_a_figure_of_another_measure_or_code_says_nothing(quick):
    cells = {("nationality",): NATIONS}
    figures = (
        Cited({}, "7", {}, "", "a newspaper", "persons", ()),
        Cited({}, "0", {}, "", "a newspaper", "n", (("nationality", "atl"),)),
        Cited({}, "70", {}, "", "a newspaper"),
    )

    assert shown(read(make(document(cells, cited=figures))).tables[0]) == shown(
        read(make(document(cells))).tables[0]
    )


# Corrections -----------------------------------------------------------------------


def test_a_correction_keeps_hidden_what_was_hidden(quick):
    first = published(document({("nationality",): NATIONS}))
    later = {**NATIONS, ("ukr",): 245, ("kaz",): 6}

    made = make(document({("nationality",): later}, number=2), [first])

    assert made.failure == ""
    cells = shown(read(made).tables[0])
    # Six could be shown by themselves; then the two of before would be nearly known.
    assert (cells["ukr"], cells["kaz"], cells["geo"]) == (245, None, None)


@pytest.mark.parametrize(
    ("ukr", "code"), ((240, "nothing_changed"), (243, "few_changed"))
)
def test_a_correction_of_too_little_tells_of_single_records(quick, ukr, code):
    first = published(document({("nationality",): NATIONS}))
    later = {**NATIONS, ("ukr",): ukr}

    with pytest.raises(CannotMake) as refused:
        make(document({("nationality",): later}, number=2), [first])

    assert refused.value.code == code


def test_a_correction_that_differencing_breaks_is_refused(quick):
    """What was hidden beside a small number was withdrawn; zeros are shown."""
    first = published(document({("nationality",): {**NATIONS, ("geo",): 5}}))
    assert shown(first.artefact.tables[0])["geo"] is None
    later = {**NATIONS, ("geo",): 0}

    made = make(document({("nationality",): later}, number=2), [first])

    assert (made.failure, made.report["holds"]) == ("given_away", False)
    told = made.report["findings"][0]
    assert (told["codes"], told["low"], told["high"], told["needed"]) == (
        [["nationality", "geo"], ["release", "1"]],
        1,
        5,
        5,
    )


@QUICK
@given(linked, few, few)
def test_no_hidden_number_follows_from_two_releases(quick, dims, then, now):
    """Asked of every pair of worlds, not of the audit."""
    before, after = of_people(dims, then), of_people(dims, now, number=2)
    first = make(before)
    # Where all is hidden nothing is published, but nothing follows from it either.
    assert first.failure in {"", "all_small"}
    earlier = Earlier(read(first), before)
    try:
        second = make(after, [earlier])
    except CannotMake:
        # Too little has changed for a release of its own.
        return
    rises = {
        table.key: rise for table, rise, _ in changes.rises_and_falls(after, before)
    }

    if second.failure != "given_away":
        found = ranges_of_two(earlier.artefact, read(second), rises, most=12)
        assert [one for one, (low, high) in found.items() if high - low < 3] == []


def test_the_audit_alone_refuses_an_artefact_that_shows_too_much(quick):
    counts = document({("nationality",): NATIONS})
    artefact = read(make(counts))
    table = artefact.tables[0]
    told = tuple(
        type(cell)(cell.codes, 9 if cell.codes == ("geo",) else cell.value)
        for cell in table.cells
    )
    broken = artefact.with_tables(
        (type(table)(table.key, table.title, "n", table.dimensions, 5, told),)
    )

    assert making.audit(artefact, counts, []).holds
    assert not making.audit(broken, counts, []).holds
