"""What is shown, what is hidden, and that nothing shown gives a single answer away."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.evaluation.questions import parse
from mosty.evaluation.results.counting import Given, counted, score_of
from mosty.evaluation.results.pairs import Round, changes
from tests.evaluation.conftest import CONTENT, both

SCALE = {"key": "useful", "kind": "scale", "text": both("useful")}
SCALES = parse(
    {
        "title": both("T"),
        "languages": ["pl", "en"],
        "questions": [SCALE, {**SCALE, "key": "clear"}],
    }
)


def count(answers, said=None, *, minimum=5, participants=20, content=SCALES):
    found = counted(
        content,
        Given(answers, said or {}),
        minimum=minimum,
        participants=participants,
    )
    return {one["key"]: one for one in found["questions"]}


def useful(*values):
    return [{"useful": value} for value in values]


@pytest.mark.parametrize(
    ("values", "participants", "expected"),
    (
        ((4, 4, 5, 3), 20, {"key": "useful", "shown": False}),
        (
            (4, 4, 5, 3, 4),
            20,
            {"key": "useful", "shown": True, "n": 5, "mean": 4, "counts": [0, 0, 1, 3, 1]},
        ),
        # All alike, and who did not answer could be counted on one hand.
        ((4,) * 6, 10, {"key": "useful", "shown": False}),
        # All alike, but nobody knows who the six of eleven are.
        (
            (4,) * 6,
            11,
            {"key": "useful", "shown": True, "n": 6, "mean": 4, "counts": [0, 0, 0, 6, 0]},
        ),
    ),
)  # fmt: skip
def test_a_scale_is_shown_or_hidden_whole(values, participants, expected):
    assert count(useful(*values), participants=participants)["useful"] == expected


def test_a_question_that_few_answered_is_hidden_though_many_answered_others():
    answers = [*useful(1, 2, 3, 4, 5), *({"useful": 2, "clear": 3} for _ in range(4))]
    found = count(answers)
    assert (found["useful"]["n"], found["clear"]) == (
        9,
        {"key": "clear", "shown": False},
    )


def test_with_too_few_answers_nothing_at_all_is_kept():
    content = parse(CONTENT)
    found = counted(
        content,
        Given(useful(1, 2, 3), {"better": ["a", "b", "c"]}),
        minimum=5,
        participants=9,
    )
    assert all(
        one.keys() == {"key", "shown"} and not one["shown"]
        for one in found["questions"]
    )
    assert found["score"] == {"shown": False, "of": 1}


def test_texts_are_shown_from_the_least_number_of_texts_on():
    content = parse(CONTENT)
    answers = useful(*range(1, 6), *range(1, 6))
    four = count(answers, {"better": list("abcd")}, content=content)
    five = count(answers, {"better": list("abcde")}, content=content)
    assert four["better"] == {"key": "better", "shown": False}
    assert (five["better"]["n"], sorted(five["better"]["texts"])) == (5, list("abcde"))


def test_a_number_that_outweighs_all_others_is_not_given_away_by_the_mean():
    content = parse(CONTENT)
    years = [{"years": one} for one in (1, 2, 3, 4, 10)]
    assert count(years, content=content)["years"] == {
        "key": "years",
        "shown": True,
        "n": 5,
        "mean": 4,
    }
    years = [{"years": one} for one in (1, 2, 3, 4, 11)]
    assert count(years, content=content)["years"] == {"key": "years", "shown": False}


def test_a_score_is_hidden_with_one_of_its_questions():
    option = [{"key": k, "text": both(k), "right": k == "a"} for k in "ab"]
    content = parse(
        {
            "title": both("T"),
            "languages": ["pl", "en"],
            "questions": [
                {"key": key, "kind": "one", "text": both(key), "options": option}
                for key in ("q1", "q2")
            ],
        }
    )
    full = [{"q1": "a", "q2": "b"}] * 3 + [{"q1": "b", "q2": "a"}] * 3
    few = [{"q1": "a"}] * 3 + [{"q1": "b", "q2": "a"}] * 3
    score = [
        counted(content, Given(one), minimum=5, participants=9)["score"]
        for one in (full, few)
    ]
    assert score == [
        {"shown": True, "of": 2, "n": 6, "mean": 1},
        {"shown": False, "of": 2},
    ]


def test_several_right_options_count_only_all_together():
    options = [
        {"key": key, "text": both(key), "right": key != "wrong"}
        for key in ("first", "second", "wrong")
    ]
    question = {"key": "q", "kind": "many", "text": both("q"), "options": options}
    content = parse(
        {"title": both("T"), "languages": ["pl", "en"], "questions": [question]}
    )
    said = (["second", "first"], ["first"], ["first", "second", "wrong"], None)
    assert [score_of(content, {"q": one}) for one in said] == [1, 0, 0, 0]


# Pairs -----------------------------------------------------------------------------


def rounds(before, after, later=None, *, minimum=5):
    """Return the lines of each later round; values by sign, None as sign for none."""

    def made(code, values):
        rows = [(sign, {"useful": value}) for sign, value in values]
        shown = frozenset({"useful"} if len(rows) >= minimum else ())
        return Round(code, SCALES, rows, shown)

    first = made("before", before)
    others = [made("after", after), *([made("later", later)] if later else [])]
    return changes(first, others, minimum=minimum)


def signed(signs, values):
    return list(zip(map(str.encode, signs), values, strict=True))


def test_a_change_of_pairs_with_its_interval():
    found = rounds(
        signed("abcdef", (1, 2, 2, 3, 1, 2)), signed("abcdef", (3, 3, 4, 4, 3, 4))
    )
    line = found["after"][0]
    assert (line["n"], round(line["mean"], 3), round(line["low"], 3), round(line["high"], 3)) == (
        6, 1.667, 1.125, 2.209,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    (
        pytest.param("abcd", "abcd", id="four pairs"),
        # Eight pairs, and one who answered only afterwards: her answer would be left over.
        pytest.param("abcdefgh", "abcdefghi", id="one without a pair"),
        pytest.param("abcdefghi", "abcdefgh", id="one before"),
        pytest.param("aabcdef", "abcdefg", id="a sign twice"),
    ),
)
def test_a_change_that_would_give_somebody_away_is_hidden(before, after):
    values = (1, 2, 3, 2, 1, 2, 3, 1, 2)
    found = rounds(
        signed(before, values[: len(before)]), signed(after, values[::-1][: len(after)])
    )
    assert found["after"] == [
        {"key": "useful", "shown": False},
        {"key": "clear", "shown": False},
    ]


def test_a_change_that_is_the_same_for_all_is_hidden():
    before = signed("abcdef", (1, 2, 2, 3, 1, 2))
    found = rounds(before, signed("abcdef", (2, 3, 3, 4, 2, 3)))
    assert found["after"][0] == {"key": "useful", "shown": False}


def test_a_sign_that_stands_twice_is_of_nobody():
    before = signed("aabcdefghijkl", (1, 2, 3, 2, 1, 2, 3, 1, 2, 1, 2, 3, 1))
    after = signed("abcdefgh", (3, 3, 4, 4, 3, 4, 4, 4))
    line = rounds(before, after, minimum=3)["after"][0]
    assert (line["shown"], line["n"]) == (True, 7)
    after = signed("aabbccdefgh", (3, 3, 4, 4, 3, 4, 4, 4, 3, 3, 5))
    line = rounds(before, after, minimum=3)["after"][0]
    assert (line["shown"], line["n"]) == (True, 5)


def test_two_follow_ups_do_not_differ_by_one_pair():
    """Each alone is safe; both together would give away what "p" said before."""
    before = signed("abcdefghijklmnop", (1, 2, 3, 2) * 4)
    first = signed("abcdefgh", (3, 4, 4, 5, 3, 4, 5, 4))
    second = signed("abcdefghp", (4, 4, 4, 5, 3, 3, 5, 4, 2))
    found = rounds(before, first, second)
    assert [found[code][0]["shown"] for code in ("after", "later")] == [True, False]
    alone = rounds(before, second)
    assert alone["after"][0]["shown"] is True


# The attacker ----------------------------------------------------------------------


def rank(matrix):
    rows = [[Fraction(x) for x in row] for row in matrix]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        at = next((i for i in range(found, len(rows)) if rows[i][column]), None)
        if at is None:
            continue
        rows[found], rows[at] = rows[at], rows[found]
        for i in range(found + 1, len(rows)):
            if rows[i][column]:
                factor = rows[i][column] / rows[found][column]
                rows[i] = [
                    a - factor * b for a, b in zip(rows[i], rows[found], strict=True)
                ]
        found += 1
    return found


SIGNS = st.lists(st.sampled_from([None, *"abcdefgh"]), min_size=0, max_size=9)


@st.composite
def played(draw):
    """Return up to three rounds of a course: who signed how, and answered what."""
    minimum = draw(st.integers(3, 4))
    made = []
    for _round in range(draw(st.integers(2, 3))):
        signs = draw(SIGNS)
        made.append(
            [
                (
                    sign.encode() if sign else None,
                    {
                        key: value
                        for key in ("useful", "clear")
                        if (value := draw(st.none() | st.integers(1, 5)))
                    },
                )
                for sign in signs
            ]
        )
    return minimum, made


@settings(max_examples=150, deadline=None)
@given(played())
def test_from_all_that_is_shown_at_any_moment_no_single_answer_follows(story):
    """
    The attacker adds and subtracts whatever was shown, of all rounds, as they closed.

    Each mean with its number is an equation over the answers. An answer is known if its
    unit vector is a combination of the equations.
    """
    minimum, made = story
    known = {"useful": [], "clear": []}
    closed = []
    for number, rows in enumerate(made):
        asked = len(rows) + number % 2 * minimum
        shown = count([a for _s, a in rows], minimum=minimum, participants=asked)
        for key, one in shown.items():
            if one["shown"]:
                assert one["n"] >= minimum
                assert max(one["counts"]) < one["n"] or asked - one["n"] >= minimum
                known[key].append(
                    {(number, at): 1 for at, (_s, a) in enumerate(rows) if key in a}
                )
        names = frozenset(key for key, one in shown.items() if one["shown"])
        closed.append(Round(str(number), SCALES, rows, names))
        if number:
            lines = changes(closed[0], closed[1:], minimum=minimum)[str(number)]
            for line in lines:
                if line["shown"]:
                    assert line["n"] >= minimum
                    known[line["key"]].append(
                        equation(closed[0], closed[-1], line["key"])
                    )
    for equations in known.values():
        answers = sorted({one for row in equations for one in row})
        matrix = [[row.get(one, 0) for one in answers] for row in equations]
        whole = rank(matrix)
        alone = [
            one
            for at, one in enumerate(answers)
            if rank([*matrix, [int(i == at) for i in range(len(answers))]]) == whole
        ]
        assert alone == []


def equation(first, later, key):
    """Return which answers a change adds and which it takes off, found independently."""
    signs = {}
    for number, one in ((int(first.code), first), (int(later.code), later)):
        for at, (sign, answers) in enumerate(one.rows):
            if sign is not None:
                signs.setdefault(sign, []).append((number, at, key in answers))
    found = {}
    for places in signs.values():
        if sorted(number for number, _at, _has in places) == [
            int(first.code),
            int(later.code),
        ] and all(has for _n, _at, has in places):
            for number, at, _has in places:
                found[number, at] = 1 if number == int(later.code) else -1
    return found
