"""What the lead is told when a release is refused."""

from mosty.figures.releases import words
from tests.figures.releases.documents import document

DOCUMENT = document({("nationality",): {("kaz",): 2}})


def told(**fields):
    found = {
        "code": "narrow",
        "codes": [["nationality", "kaz"]],
        "cell": "nationality=kaz",
        "low": 1,
        "high": 4,
        "needed": 5,
        "because": [],
    }
    return words.finding({**found, **fields}, DOCUMENT)


def test_what_is_given_away_is_named_with_its_reasons():
    assert [
        told(),
        told(low=2, high=2, codes=[["nationality", "kaz"], ["release", "1"]]),
        told(
            high=None,
            because=[
                "Total: the sum over nationality",
                "nationality: what changed since release 1",
                "nationality: what changed since release 1",
                "a newspaper",
            ],
        ),
    ] == [
        "nationality: KAZ: from 1 to 4, but must be open by 5.",
        "nationality: KAZ, release 1: exactly 2.",
        "nationality: KAZ: at least 1. It follows from: the sum over nationality (Total); what changed since release 1 (nationality); a newspaper.",
    ]


def test_why_a_release_was_refused():
    tables = {"sex": "Sex"}
    assert [
        words.failure("given_away", {"cells": 2}, tables),
        words.failure("all_small", {"tables": "sex, age"}, tables),
        words.failure("late", {"records": 3}, tables),
        words.failure(
            "tables",
            {"fault": "hierarchy_loop", "dimension": "month", "codes": "a > b > a"},
            tables,
        ),
    ] == [
        "Nothing can be published yet: 2 hidden numbers could be worked out from the rest. Leave a table out, or choose a higher threshold, and start again.",
        "In these tables all numbers would be hidden: Sex, age. Leave them out, and start again.",
        "Late records wait in the tray: 3. Accept or refuse them first.",
        "The tables cannot be protected together: the codes of month lie in one another in a circle: a > b > a.",
    ]
