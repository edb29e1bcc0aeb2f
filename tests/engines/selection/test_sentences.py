"""Reasons in words, and chances: rounded, but never to a certainty that there is not."""

import pytest

from mosty.engines.selection.sentences import Reach, chance, why


@pytest.mark.parametrize(
    ("odds", "english", "polish"),
    (
        ("0/1", "0%", "0 %"),
        ("1/1", "100%", "100 %"),
        ("1/10000", "< 0.1%", "< 0,1 %"),
        ("9999/10000", "> 99.9%", "> 99,9 %"),
        ("2/21", "9.5%", "9,5 %"),
        ("1/2", "50.0%", "50,0 %"),
    ),
)
def test_a_chance_in_words(odds: str, english: str, polish: str) -> None:
    assert (chance(odds, "en"), chance(odds, "pl")) == (english, polish)


@pytest.mark.parametrize(
    ("reach", "said"),
    (
        ("reach", ["It would reach 3 instead of 1."]),
        (
            "reach_memory",
            [
                (
                    "The seats that everybody's city has had before, added up, would be "
                    "3 instead of 1."
                )
            ],
        ),
        ("", []),
    ),
)
def test_what_a_priority_reaches_is_said_as_what_it_is(
    reach: Reach, said: list[str]
) -> None:
    params = {"priority": 1, "before": 1, "after": 3}
    sentences = why(
        {"code": "would_harm", "params": params},
        odds=None,
        place=None,
        language="en",
        limit_words=lambda limit: limit.code,
        priority_words=lambda _number: "the first.",
        reach=lambda _number: reach,
    )
    assert sentences == [
        "There was no chance of a seat before the draw.",
        ("With this person, priority 1 would be served less well: the first."),
        *said,
    ]
