"""
Every address of ours, asked for by every reader, by GET and with a form by POST.

The table (``tests/access/table``) says who gets in. Own and foreign objects are one and
the same: what is Kraków's own is foreign to Łódź, to another programme's coordinator and
to everybody else. Whoever is refused is led to sign in, told that she may not (403), or
finds nothing (404), exactly as the table says, and changes nothing; whoever is let in finds no fault of ours; and GET changes nothing but, where the
table says so, the ledger.

Left out: pages of sign-in that are not ours, and drawing, but for one reader of each form
(axe has every page drawn, for a reader of its own).
"""

import re

import pytest

from tests.access.circles import Reader
from tests.access.crossing import Crossing, paths, undrawn
from tests.access.judging import LEDGER, faults
from tests.access.table import ALL, AREAS
from tests.access.table.known import KNOWN, NOBODY_IS_ASKED
from tests.structure import SOURCE, addresses

pytestmark = pytest.mark.django_db


def test_table_has_every_address_of_ours() -> None:
    there = {address.name for address in addresses() if address.is_ours}
    assert {key.partition("/")[0] for key in ALL} == there


def test_no_row_stands_twice() -> None:
    assert sum(len(table) for table in AREAS.values()) == len(ALL)


def test_who_is_told_no_is_written_only_of_addresses_that_there_are() -> None:
    assert KNOWN.keys() | NOBODY_IS_ASKED <= ALL.keys()


@pytest.mark.parametrize("area", AREAS)
def test_everybody_gets_in_where_the_table_says_so(
    area: str, everybody: Crossing
) -> None:
    where = paths(everybody.academy)
    found = [
        fault
        for key, rule in AREAS[area].items()
        for fault in faults(everybody, key, rule, where[key]())
    ]
    assert found == []


def test_asking_for_the_headers_alone_changes_nothing(everybody: Crossing) -> None:
    """Programs that look at mail ask so; only that a file was asked for may be noted."""
    where = paths(everybody.academy)
    everybody.begin()
    found = []
    for key, rule in ALL.items():
        path = where[key]()
        for reader in {Reader.STRANGER, min(rule.gets or rule.posts)}:
            with undrawn():
                answer = everybody.ask(reader, "head", path)
            noted = LEDGER if rule.noted else frozenset()
            wrong = answer.status >= 500 or (
                reader not in rule.gets and not answer.is_refusal
            )
            if answer.wrote - noted or wrong:
                found.append(f"{key}, {reader}: {answer}")
    assert found == []


# A number that no column holds; a digit that is no number, and bytes that are no text.
HOSTILE = ("99999999999999999999", "%C2%B2%FF")
ASKED = re.compile(
    r'(?:GET|params|asked)(?:\.get(?:list)?\(|\[)"(\w+)"|"(\w+)" in \w+\.GET'
)


def test_no_address_stumbles_over_a_query_that_no_page_of_ours_asks(
    everybody: Crossing,
) -> None:
    """Every name that some view looks for, with what none expects; who is let in, asks."""
    texts = [path.read_text() for path in SOURCE.glob("**/*.py")]
    names = sorted({"".join(found) for text in texts for found in ASKED.findall(text)})
    assert {"page", "export", "edit", "correct"} <= {*names}
    where = paths(everybody.academy)
    everybody.begin()
    found = []
    for number, (key, rule) in enumerate(ALL.items()):
        path = where[key]().partition("?")[0]
        # Half of the names with one, half with the other; of the next address otherwise.
        query = "&".join(
            f"{name}={HOSTILE[(number + place) % 2]}"
            for place, name in enumerate(names)
        )
        reader = min(rule.gets or rule.posts)
        with undrawn():
            answer = everybody.ask(reader, "get", f"{path}?{query}")
        # What is looked for in old records is noted, on any page.
        if answer.status >= 500 or answer.wrote - LEDGER:
            found.append(f"{key}, {reader}: {answer}")
    assert found == []
