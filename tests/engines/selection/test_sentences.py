"""Chances in words: rounded, but never to a certainty that there is not."""

import pytest

from mosty.engines.selection.sentences import chance


@pytest.mark.parametrize(
    ("odds", "english", "polish"),
    (
        ("0/1", "0%", "0%"),
        ("1/1", "100%", "100%"),
        ("1/10000", "< 0.1%", "< 0,1%"),
        ("9999/10000", "> 99.9%", "> 99,9%"),
        ("2/21", "9.5%", "9,5%"),
        ("1/2", "50.0%", "50,0%"),
    ),
)
def test_a_chance_in_words(odds: str, english: str, polish: str) -> None:
    assert (chance(odds, "en"), chance(odds, "pl")) == (english, polish)
