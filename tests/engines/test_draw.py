"""The draw: fixed for ever, fair, and as the documentation writes it."""

import re
import runpy
from collections import Counter
from hashlib import sha256
from itertools import permutations
from math import isqrt
from pathlib import Path

import pytest

from mosty.engines.draw import Draw, shuffle
from mosty.engines.selection import (
    BadProblem,
    Candidate,
    Limits,
    Outcome,
    Problem,
    Quota,
    select,
)

DOCS = Path(__file__).parents[2] / "docs/explanation/selection.md"
SPAN = 2**256


def digest(text: str) -> int:
    return int(sha256(text.encode()).hexdigest(), 16)


def test_numbers_are_digests_of_seed_and_counter():
    draw = Draw("Łódź 7")

    expected = [digest(f"Łódź 7,{i}") % 1000 for i in range(3)]
    assert [draw.below(1000) for _ in range(3)] == expected


def test_numbers_of_the_last_incomplete_stretch_are_rejected():
    n = SPAN // 2 + 1
    numbers = [digest(f"seed,{i}") for i in range(40)]
    fair = [number for number in numbers if number < n]
    draw = Draw("seed")

    assert len(fair) < len(numbers)
    assert [draw.below(n) for _ in fair] == fair


@pytest.mark.parametrize(
    ("n", "blocks"),
    ((1, 1), (SPAN - 1, 1), (SPAN, 1), (SPAN + 1, 2), (SPAN**2, 2), (SPAN**2 + 1, 3)),
)
def test_numbers_beyond_one_digest_take_several_the_first_the_highest(n, blocks):
    def number(start: int) -> int:
        found = 0
        for i in range(start, start + blocks):
            found = found * SPAN + digest(f"seed,{i}")
        return found

    starts = range(0, 40 * blocks, blocks)
    fair = SPAN**blocks - SPAN**blocks % n
    accepted = [number(start) % n for start in starts if number(start) < fair]
    draw = Draw("seed")

    assert [draw.below(n) for _ in accepted] == accepted


@pytest.mark.parametrize("total", (1, 2, 3, 7, 10))
def test_every_ticket_is_reached_and_none_beyond(total):
    draw = Draw("seed")

    assert {draw.below(total) for _ in range(100 * total)} == set(range(total))


def test_drawn_order_never_changes():
    assert "".join(shuffle("ABCDEFGHIJ", "2024-05-28")) == "CHABIEJDGF"


def test_order_of_the_codes_does_not_matter():
    assert shuffle("CBA", "seed") == shuffle("ABC", "seed")


LISTED = Problem(
    candidates=tuple(
        Candidate(f"P{number:02}", {"gender": "fmm"[number % 3], "level": "xyzzy"[i]})
        for number, i in enumerate([*range(5)] * 6)
    ),
    limits=Limits(
        7,
        quotas=(
            Quota("gender", "f", 3, 4),
            Quota("level", "x", 1, 2),
            Quota("level", "y", 0, 3),
        ),
    ),
)


def documented(tmp_path):
    """Return the function of the first Python block of the page, and its lines."""
    blocks = re.findall(
        r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    (block,) = [block for block in blocks if "def draw(" in block]
    script = tmp_path / "draw.py"
    script.write_text(block, encoding="utf-8")
    return runpy.run_path(str(script))["draw"], block.splitlines()


def test_documentation_gives_the_same_draw(tmp_path):
    """``draw(seed, weights, codes)``: the cohort's index, and the codes as drawn."""
    draw, lines = documented(tmp_path)
    codes = [f"P{number}" for number in range(100)]

    assert len(lines) <= 20
    for seed in ("a", "losowanie 3 czerwca, żółw", "0"):
        for weights in ([1], [2, 1, 3], [5**200, 3, 7**150]):
            ours = Draw(seed)
            ticket = ours.below(sum(weights))
            index = next(
                i for i in range(len(weights)) if ticket < sum(weights[: i + 1])
            )
            order = ours.shuffle(codes)
            found = draw(seed, weights, codes)
            assert (found[0], tuple(found[1])) == (index, order)


@pytest.mark.parametrize("seed", ("a", "żółw", "17"))
def test_lines_of_the_documentation_select_the_same_people(tmp_path, seed):
    draw, _ = documented(tmp_path)
    outcome = select(LISTED, seed, explain=False)
    assert isinstance(outcome, Outcome)
    lottery = outcome.lottery

    index, order = draw(seed, lottery.weights, outcome.drawn)

    seated: list[str] = []
    for codes, count in zip(outcome.types, lottery.cohorts[index], strict=True):
        seated += [code for code in order if code in codes][:count]
    assert len(lottery.cohorts) > 1
    assert tuple(sorted(seated)) == outcome.selected


def test_every_order_is_equally_likely():
    runs = 6000
    counts = Counter(shuffle("ABC", str(seed)) for seed in range(runs))

    # Mean 1000; four standard deviations, sqrt(6000 * 1/6 * 5/6) = 28.9 each.
    assert set(counts) == set(permutations("ABC"))
    assert max(abs(count - 1000) for count in counts.values()) <= 116


@pytest.mark.parametrize("lottery", ("leximin", "uniform"))
def test_equal_people_are_drawn_equally_often(lottery):
    runs, seats, nominees = 250, 2, 5
    problem = Problem(
        tuple(Candidate(code, {}) for code in "ABCDE"), Limits(seats), lottery=lottery
    )

    counts = Counter(
        code
        for seed in range(runs)
        for code in select(problem, str(seed), explain=False).selected
    )

    mean = runs * seats // nominees
    # Four standard deviations of the binomial, rounded down.
    tolerance = 4 * isqrt(runs * seats * (nominees - seats) // nominees**2)
    assert sum(counts.values()) == runs * seats
    assert max(abs(counts[code] - mean) for code in "ABCDE") <= tolerance


@pytest.mark.parametrize(
    ("seed", "code"), (("", "empty_seed"), ("\t", "empty_seed"), ("\ud800", "bad_text"))
)
def test_seed_that_says_nothing_is_refused(seed, code):
    with pytest.raises(BadProblem) as refusal:
        Draw(seed)

    assert refusal.value.code == code
