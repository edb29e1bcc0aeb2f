"""What may be shown to everybody: nobody is singled out, and what remains is checked."""

import io
import json
from argparse import Namespace
from dataclasses import replace

import pytest

from mosty.engines import selection as engine
from mosty.engines.draw import Draw
from mosty.engines.reading import canonical
from mosty.engines.selection import cli
from mosty.engines.selection.public_copy import (
    NO_COHORTS,
    NOT_SHOWN,
    public_copy,
    verify_copy,
)
from mosty.engines.selection.record import digests

WOMEN = engine.Quota("gender", "woman", 2, 3)


def people(count=9, cities="ab"):
    """Return people whose departments no rule asks about."""
    return tuple(
        engine.Candidate(
            f"A-{7 * n % 50:02}",
            {
                "organisation": cities[n % len(cities)],
                "gender": ("woman", "man", "unstated")[n // 2 % 3],
                "department": f"d{n}",
            },
        )
        for n in range(count)
    )


def a_problem(**changes):
    given = {
        "candidates": people(18),
        "limits": engine.Limits(5, per_organisation_most=3, quotas=(WOMEN,)),
        "priorities": (engine.Coverage("organisation"),),
        "reserve": 3,
    }
    return engine.Problem(**{**given, **changes})


def record_of(problem):
    return engine.run(problem, "17 4 22", "a public lottery").to_json()


def copied(problem):
    copy = public_copy(record_of(problem))
    return copy, json.loads(copy.text)


def again(data):
    """Return the text of a copy with something changed and its digests made to fit."""
    parts = {key: value for key, value in data.items() if key != "digests"}
    return canonical({**parts, "digests": digests(parts)})


def test_people_go_by_their_place_in_the_draw():
    problem = a_problem()
    record = json.loads(record_of(problem))
    copy, data = copied(problem)
    assert copy.people == 18
    assert data["drawn"] == [f"P{n:02}" for n in range(1, 19)]
    place = {code: f"P{n:02}" for n, code in enumerate(record["drawn"], 1)}
    assert data["selected"] == sorted(place[code] for code in record["selected"])
    assert data["reserve"] == [place[code] for code in record["reserve"]]
    assert data["odds_exact"] == {
        place[code]: odds for code, odds in record["odds_exact"].items()
    }
    assert data["copy_of"] == record["digests"]["all"]
    assert [code for code in record["drawn"] if code in copy.text] == []


def test_values_that_no_rule_asks_about_are_one():
    _copy, data = copied(a_problem())
    assert {tuple(sorted(one["attributes"])) for one in data["people"]} == {
        ("gender", "organisation")
    }
    genders = {one["attributes"]["gender"] for one in data["people"]}
    assert genders == {"woman", "other"}


def test_the_word_for_all_others_is_no_value_of_its_own():
    asked = engine.Quota("gender", "other", 0, 3)
    problem = a_problem(limits=engine.Limits(5, quotas=(asked,)), priorities=())
    _copy, data = copied(problem)
    assert {one["attributes"]["gender"] for one in data["people"]} == {"other_"}


@pytest.mark.parametrize(("count", "kept"), ((18, True), (17, False)))
def test_people_are_left_out_where_a_group_is_smaller_than_three(count, kept):
    # Of 18 people, 3 are women of each city; the last of them is the eighteenth.
    women = [n for n in range(count) if n // 2 % 3 == 0]
    assert len(women) == 6
    candidates = people(18) if kept else (*people(18)[:12], *people(18)[13:])
    copy, data = copied(a_problem(candidates=candidates))
    assert (data["people"] is not None) == kept == (data["certificate"] is not None)
    assert copy.left_out == (
        ("codes", "reasons") if kept else ("codes", "people", "reasons")
    )
    assert verify_copy(copy.text) == ([], [NOT_SHOWN[one] for one in copy.left_out])


def test_who_was_left_out_of_the_pool_is_not_in_the_copy():
    problem = a_problem(must_out=frozenset({"A-00"}), must_in=frozenset({"A-07"}))
    copy, data = copied(problem)
    assert copy.people == 17
    # One person with a seat already is a group of her own.
    assert data["people"] is None
    assert data["rules"]["must_out"] == []
    assert verify_copy(copy.text)[0] == []


def moved(data):
    """Give the seat of one to somebody else."""
    free = next(one for one in data["drawn"] if one not in data["selected"])
    data["selected"] = sorted([free, *data["selected"][1:]])


def heavier(data):
    cohort = data["distribution"]["cohorts"][0]
    cohort["weight"] = str(int(cohort["weight"]) + 1)


def luckier(data):
    data["odds_exact"]["P01"] = "1/1"


def reseeded(data):
    """Enter a seed that draws another ticket."""
    total = int(data["distribution"]["total"])
    data["seed"] = next(
        seed
        for seed in map(str, range(100))
        if str(Draw(seed).below(total)) != data["ticket"]
    )


def reordered(data):
    data["drawn"].reverse()


def recounted(data):
    data["ticket"] = str(int(data["ticket"]) + 1)


def retyped(data):
    data["distribution"]["types"][0][0] = data["distribution"]["types"][1][0]


def waiting(data):
    data["reserve"].reverse()


def stricter(data):
    data["rules"]["limits"]["per_organisation_most"] = 2


def unproven(data):
    data["certificate"]["levels"] = []


TOUCHED = (
    (moved, "record.selected"),
    (heavier, "record.distribution.total"),
    (luckier, "record.odds_exact"),
    (reseeded, "record.ticket"),
    (reordered, "record.drawn"),
    (recounted, "record.ticket"),
    (retyped, "record.distribution.types"),
    (waiting, "record.reserve"),
    (stricter, "record.distribution"),
    (unproven, "record.distribution"),
)


@pytest.mark.parametrize(
    ("touch", "path"), TOUCHED, ids=[touch.__name__ for touch, _path in TOUCHED]
)
def test_what_was_touched_is_named(touch, path):
    _copy, data = copied(a_problem())
    touch(data)
    assert verify_copy(again(data))[0][0].path == path
    # And who does not make the digests fit is found by them.
    assert verify_copy(canonical(data))[0][0].path.startswith("record.")


@pytest.mark.parametrize("touch", (moved, heavier, luckier, reseeded, reordered))
def test_without_people_the_draw_is_still_checked(touch):
    _copy, data = copied(a_problem(candidates=people(8)))
    assert data["people"] is None
    touch(data)
    assert verify_copy(again(data))[0] != []


def test_any_changed_byte_is_found():
    copy, _data = copied(a_problem(candidates=people(6)))
    for at in range(0, len(copy.text), 37):
        letter = "x" if copy.text[at] != "x" else "y"
        text = copy.text[:at] + letter + copy.text[at + 1 :]
        try:
            wrong, _not_shown = verify_copy(text)
        except engine.BadProblem:
            continue
        assert wrong != [], at


def test_a_lottery_without_listed_cohorts_says_so():
    copy, data = copied(replace(a_problem(), lottery="order"))
    assert data["distribution"]["cohorts"] == []
    assert verify_copy(copy.text)[1][-1] == NO_COHORTS


def test_of_no_cohort_there_is_no_copy():
    limits = engine.Limits(5, quotas=(engine.Quota("gender", "nobody", 1),))
    with pytest.raises(engine.BadProblem, match="lacks the key"):
        public_copy(record_of(a_problem(limits=limits)))


def test_the_command_checks_a_copy_and_says_what_it_does_not_show(tmp_path):
    path = tmp_path / "copy.json"
    copy, data = copied(a_problem(candidates=people(8)))
    path.write_text(copy.text + "\n")
    out = io.StringIO()
    asked = Namespace(record=path, full=False)
    assert cli.run_verify(asked, out) == 0
    assert out.getvalue().splitlines() == [
        "verified\tthe public copy is right",
        f"not shown\t{NOT_SHOWN['codes']}",
        f"not shown\t{NOT_SHOWN['people']}",
        f"not shown\t{NOT_SHOWN['reasons']}",
    ]
    luckier(data)
    path.write_text(again(data))
    out = io.StringIO()
    assert cli.run_verify(asked, out) == 1
    assert out.getvalue().startswith("differs\trecord.odds_exact\t")
