"""What becomes of a file from its upload on, whatever it is a list of."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.importing.actions import CannotImport
from mosty.kernel.sheets.refusals import CannotRead

pytestmark = pytest.mark.django_db

NAME = "C:\\Users\\x\\lista\x00.csv"


@pytest.fixture
def waiting(desk):
    return desk.upload(content=desk.content, file_name=NAME)


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_file_waits_by_its_name_and_tells_who_brought_it(desk, waiting, now):
    assert (waiting.file_name, waiting.state) == ("lista.csv", "uploaded")
    assert (waiting.uploaded_by, waiting.uploaded_at) == (desk.actor.name, now)
    lines = desk.content.strip().count(b"\n")
    assert waiting.report == {"rows": lines, "header_line": 1, "notes": []}
    assert [line for line, _cells in waiting.rows] == list(range(2, lines + 2))
    entry = Entry.objects.get()
    assert (entry.verb, entry.scope) == ("import.uploaded", waiting.scope)


def test_the_same_file_again_is_the_one_that_waits(desk, waiting):
    again = desk.upload(content=desk.content, file_name="other.csv")
    assert (again.pk, again.file_name) == (waiting.pk, "lista.csv")
    other = desk.upload(content=desk.content + b"\r\n", file_name="other.csv")
    assert other.pk != waiting.pk
    desk.drop(imported=waiting)
    assert desk.upload(content=desk.content, file_name=NAME).pk > other.pk
    assert verbs() == [*["import.uploaded"] * 2, "import.dropped", "import.uploaded"]


def test_what_is_no_list_leaves_nothing(desk):
    with pytest.raises(CannotRead):
        desk.upload(content=b"%PDF-1.7 ...", file_name="list.csv")
    assert (desk.kind.objects.count(), verbs()) == (0, [])


def test_a_dropped_file_keeps_nothing_of_its_rows(desk, waiting):
    dropped = desk.drop(imported=waiting)
    kept = (dropped.state, dropped.header, dropped.rows, dropped.mapping)
    assert kept == ("dropped", [], [], {})
    assert desk.drop(imported=dropped) == dropped
    for act in (
        lambda: desk.take_over(imported=dropped, seen=""),
        lambda: desk.put_in_columns(imported=dropped, columns={}, fixed={}),
        # Whoever still has the page of a file that waits.
        lambda: desk.take_over(imported=waiting, seen=""),
    ):
        with pytest.raises(CannotImport, match="has been dropped"):
            act()
    assert verbs() == ["import.uploaded", "import.dropped"]


def test_what_was_taken_over_is_neither_dropped_nor_mapped(desk, waiting, now):
    desk.kind.objects.update(state="done", done_at=now, rows=[], header=[])
    for act in (
        lambda: desk.drop(imported=waiting),
        lambda: desk.take_over(imported=waiting, seen=""),
        lambda: desk.put_in_columns(imported=waiting, columns={}, fixed={}),
    ):
        with pytest.raises(CannotImport, match="has already been taken over"):
            act()


def test_an_unfinished_file_is_dropped_after_two_weeks(desk, waiting, now):
    end = now + timedelta(days=14)
    assert desk.drop_old(actor=SYSTEM, now=end) == 0
    assert desk.drop_old(actor=SYSTEM, now=end + timedelta(seconds=1)) == 1
    waiting.refresh_from_db()
    kept = (waiting.state, waiting.header, waiting.rows, waiting.mapping)
    assert kept == ("dropped", [], [], {})
    assert desk.drop_old(actor=SYSTEM, now=end + timedelta(days=1)) == 0
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.after["rows"]) == (
        "import.dropped",
        waiting.report["rows"],
    )
    with pytest.raises(PermissionDenied):
        desk.drop_old(actor=desk.actor, now=end)


@pytest.mark.parametrize(
    ("more", "sentence"),
    (
        ({"nothing": 0}, "has no such column"),
        ({"{key}": 99}, "has no such column"),
        ({"{key}": -1}, "has no such column"),
        ({"{key}": 0}, "cannot mean two things"),
    ),
)
def test_columns_are_held_to_the_file(desk, waiting, more, sentence):
    before = waiting.mapping
    first = next(key for key, at in before["columns"].items() if at == 0)
    more = {key.format(key=desk.key): at for key, at in more.items()}
    with pytest.raises(CannotImport, match=sentence):
        desk.put_in_columns(imported=waiting, columns={first: 0, **more}, fixed={})
    waiting.refresh_from_db()
    assert waiting.mapping == before


def test_columns_as_they_are_is_no_act(desk, waiting):
    columns = waiting.mapping["columns"]
    desk.put_in_columns(imported=waiting, columns=columns, fixed={})
    assert verbs() == ["import.uploaded"]
    fewer = {key: at for key, at in columns.items() if key != desk.key}
    desk.put_in_columns(imported=waiting, columns=fewer, fixed={})
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.before["columns"]) == ("import.mapped", columns)
    waiting.refresh_from_db()
    assert waiting.mapping == entry.after == {"columns": fewer, "fixed": {}}


@pytest.mark.parametrize(
    "fields",
    (
        {"state": "done", "rows": []},
        {"state": "dropped"},
    ),
)
def test_the_database_holds_what_is_always_true(desk, waiting, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        desk.kind.objects.update(**fields)


def test_the_database_lets_the_same_file_wait_once(desk, waiting):
    twice = desk.kind.objects.get()
    twice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save(force_insert=True)


def test_of_files_that_waited_twice_the_first_waits_on(calls):
    """As an upgrade finds them; the database let them be until then."""
    with connection.cursor() as cursor:
        cursor.execute("drop index nominations_import_waits_once")
    first = calls.upload(content=calls.content, file_name=NAME)
    other = calls.upload(content=calls.content + b"\r\n", file_name=NAME)
    twice = calls.kind.objects.get(pk=first.pk)
    twice.pk = None
    twice.save(force_insert=True)
    migration = import_module("mosty.nominations.migrations.0010_waiting_files")
    with connection.cursor() as cursor:
        cursor.execute(migration.DROP_TWICE)
    found = calls.kind.objects.order_by("pk").values_list("pk", "state", "rows__0__0")
    assert list(found) == [
        (first.pk, "uploaded", 2),
        (other.pk, "uploaded", 2),
        (twice.pk, "dropped", None),
    ]
