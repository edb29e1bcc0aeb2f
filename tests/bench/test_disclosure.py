"""The page of the disclosure benchmark, and its fictional year."""

from bench.disclosure.measure import HEAD, page
from bench.disclosure.year import TABLES, consultations, tables


def test_page_shows_times_shares_and_the_verdict():
    row = {
        "name": "one",
        "cells": 9,
        "primary": 2,
        "secondary": 3,
        "proposed": 3,
        "whole": False,
        "rounds": 1,
        "seconds": 2.0,
        "tau": 0.5,
        "audit": 1.0,
        "cpu": 0.75,
        "alone": 1.5,
        "alone_cpu": 1.25,
        "alone_holds": True,
        "memory": 51.4,
        "holds": True,
        "apart": 0,
    }

    text = page([row], {"Python": "3.11"})

    assert text.startswith(HEAD)
    assert text.splitlines()[-7] == (
        "| one | 9 | 2 | 3 | 3, table by table | 1 | 2.0 s | 0.5 s | 1.0 s (50%) |"
        " 0.8 s | 1.5 s | 1.2 s | 51 MB | holds | 0 |"
    )


def test_twelve_tables_count_the_same_consultations():
    made = tables(consultations(50))

    assert len(made) == len(TABLES) == 12
    assert {sum(table.values.values()) for table in made} == {50}
