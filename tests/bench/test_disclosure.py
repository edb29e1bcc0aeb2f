"""What disclosure control took is held against its goals, and its fictional year."""

import pytest
from bench.disclosure import goals
from bench.disclosure.year import TABLES, consultations, tables

from tests.bench.verdicts import missed


def row(**changes):
    return {
        "name": "twelve linked",
        "cells": 9,
        "primary": 2,
        "secondary": 3,
        "proposed": 3,
        "whole": False,
        "rounds": 1,
        "seconds": 59.9,
        "tau": 0.5,
        "audit": 1.0,
        "cpu": 0.75,
        "alone": 1.5,
        "alone_cpu": 1.25,
        "alone_holds": True,
        "memory": 1999.0,
        "holds": True,
        "apart": 0,
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "keys"),
    (
        ({}, []),
        ({"seconds": 60.0}, ["seconds"]),
        ({"holds": False}, ["seconds"]),
        ({"memory": 2000.0}, ["memory"]),
    ),
)
def test_twelve_linked_tables_are_held_against_the_goals(changes, keys):
    assert missed(goals, [row(name="one", seconds=99.0), row(**changes)]) == keys


def test_what_was_done_is_told():
    told = {one.what: one.note for one in goals.rows([row(name="one")])}
    assert told == {
        "Protected and audited: one": "9 cells, 2 small, 3 hidden with them, 3, table by "
        "table proposed by tau-Argus in 0.5 s; 1 rounds; audits 1.0 s; processor 0.8 s; "
        "1999 MB; 0 rings apart; holds",
        "Audit alone: one": "",
    }


def test_twelve_tables_count_the_same_consultations():
    made = tables(consultations(50))

    assert len(made) == len(TABLES) == 12
    assert {sum(table.values.values()) for table in made} == {50}
