"""What ``mosty doctor`` says of the database's letters."""

from contextlib import suppress

import pytest
from django.core.management import call_command

from mosty.config.management.commands.doctor import letters

KNOWN = ("ok", "letters", "capitals are known")
PLAIN = (
    "fault",
    "letters",
    (
        "Ł and ł are not one letter to the database, so searching misses names: make it "
        "with a locale of UTF-8, such as pl-PL by ICU, or C.UTF-8"
    ),
)
LATIN = ("fault", "letters", "encoding LATIN2; UTF8 is needed")
STALE = (
    "fault",
    "collation",
    (
        "the server's rules of sorting have changed since the database was made: reindex "
        "database, then alter database … refresh collation version"
    ),
)


@pytest.mark.parametrize(
    ("known", "said"),
    (
        (("UTF8", True, False), [KNOWN]),
        (("UTF8", False, False), [PLAIN]),
        (("UTF8", True, True), [KNOWN, STALE]),
        (("LATIN2", True, False), [LATIN]),
    ),
)
def test_what_is_said_of_a_databases_letters(known, said):
    assert list(letters(*known)) == said


@pytest.mark.django_db
def test_the_doctor_asks_the_database_itself(capsys):
    # Something else may be at fault here, such as the files of the front end.
    with suppress(SystemExit):
        call_command("doctor")
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    found = [tuple(line) for line in lines if line[1] in {"letters", "collation"}]
    assert found == [KNOWN]
