"""The draw: fixed for ever, fair, and as the documentation writes it."""

import re
import runpy
from collections import Counter
from hashlib import sha256
from itertools import permutations
from math import isqrt
from pathlib import Path

import pytest

from mosty.engines.selection import BadProblem, Candidate, Limits, Problem, select
from mosty.engines.selection.draw import SPAN, Draw, shuffle

DOCS = Path(__file__).parents[3] / "docs/explanation/selection.md"


def test_numbers_are_digests_of_seed_and_counter():
    draw = Draw("Łódź 7")

    expected = [
        int(sha256(f"Łódź 7,{i}".encode()).hexdigest(), 16) % 1000 for i in range(3)
    ]
    assert [draw.below(1000) for _ in range(3)] == expected


def test_numbers_of_the_last_incomplete_stretch_are_rejected():
    n = SPAN // 2 + 1
    numbers = [int(sha256(f"seed,{i}".encode()).hexdigest(), 16) for i in range(40)]
    fair = [number for number in numbers if number < n]
    draw = Draw("seed")

    assert len(fair) < len(numbers)
    assert [draw.below(n) for _ in fair] == fair


def test_drawn_order_never_changes():
    assert "".join(shuffle("ABCDEFGHIJ", "2024-05-28")) == "CHABIEJDGF"


def test_order_of_the_codes_does_not_matter():
    assert shuffle("CBA", "seed") == shuffle("ABC", "seed")


def test_documentation_gives_the_same_draw(tmp_path):
    (block,) = re.findall(
        r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    script = tmp_path / "draw.py"
    script.write_text(block, encoding="utf-8")
    documented = runpy.run_path(str(script))["shuffle"]

    assert len(block.splitlines()) <= 20
    for seed in ("a", "losowanie 3 czerwca, żółw", "0"):
        codes = [f"P{number}" for number in range(100)]
        assert tuple(documented(codes, seed)) == shuffle(codes, seed)


def test_every_order_is_equally_likely():
    runs = 6000
    counts = Counter(shuffle("ABC", str(seed)) for seed in range(runs))

    # Mean 1000; four standard deviations, sqrt(6000 * 1/6 * 5/6) = 28.9 each.
    assert set(counts) == set(permutations("ABC"))
    assert max(abs(count - 1000) for count in counts.values()) <= 116


def test_equal_people_are_drawn_equally_often():
    runs, seats, nominees = 400, 2, 5
    problem = Problem(
        tuple(Candidate(code, {}) for code in "ABCDE"),
        Limits(seats),
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
