"""Taking files over: whole or not at all, once however often; withdrawing them whole."""

import itertools
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.audit.models import Entry
from mosty.importing.queries.tables import table_of
from mosty.infopoint.actions import corrections, imports, periods
from mosty.infopoint.actions.imports import CannotImport
from mosty.infopoint.models import (
    Code,
    Consultation,
    ConsultationChange,
    ImportedFile,
    Point,
)
from mosty.infopoint.queries.imports import pages, plan
from tests.infopoint.imports.conftest import csv, row

pytestmark = pytest.mark.django_db

TWO = csv(row(), row(Data="05.03.2024", Temat="zdrowie; kursy"))


def counted():
    return sorted(
        Consultation.objects.filter(state="counted").values_list("day", flat=True)
    )


def test_every_row_becomes_a_record_that_says_where_it_came_from(
    take, point, lead, now
):
    done = take(TWO)
    one = Consultation.objects.get(day="2024-03-05")
    assert [Code.objects.get(pk=pk).code for pk in one.topics] == ["health", "courses"]
    assert (one.point, one.operation, one.recorder_key, one.recorded_at) == (
        point,
        point.operations.get(),
        lead.ledger_key,
        now,
    )
    assert set(Consultation.objects.values_list("imported", "state")) == {
        (done.pk, "counted")
    }
    assert (done.state, done.rows, done.header) == ("done", [], [])
    entry = Entry.objects.get(verb="import.taken_over")
    assert (entry.scope, entry.after) == (
        "krakow",
        {
            "new": 2,
            "same": 0,
            "from": "2024-03-04",
            "until": "2024-03-05",
            "not_read": [],
            "sha256": done.digest,
        },
    )


def test_one_wrong_row_and_nothing_is_taken(upload, lead, now):
    imported = upload(csv(row(), row(Data="31.02.2024")))
    seen = pages.trial(imported, now).digest
    with pytest.raises(CannotImport, match="Some rows have errors"):
        imports.take_over(imported=imported, seen=seen, actor=lead, now=now)
    assert counted() == []


def test_the_same_file_twice_counts_once(take, upload, lead, now):
    take(TWO)
    again = upload(TWO)
    shown = pages.trial(again, now)
    assert (shown.new, shown.same, shown.is_known) == (0, 2, True)
    with pytest.raises(CannotImport, match="already there"):
        imports.take_over(imported=again, seen=shown.digest, actor=lead, now=now)
    # In other words, in another order, and with a row more.
    more = csv(
        row(Data="2024-03-05", Temat="health", **{"Inne tematy": "courses"}),
        row(Kanał="phone"),
        row(Data="06.03.2024"),
    )
    done = take(more)
    assert (done.report["new"], done.report["same"]) == (1, 2)
    assert counted() == [date(2024, 3, day) for day in (4, 5, 6)]


def test_talks_that_were_alike_stay_several(take, upload, now):
    shown = pages.trial(upload(csv(row(), row())), now)
    assert (shown.new, shown.alike) == (2, 1)
    take(csv(row(), row()))
    take(csv(row(), row(), row()))
    assert counted() == [date(2024, 3, 4)] * 3


@pytest.mark.parametrize("what", ("list", "columns", "records"))
def test_what_changed_since_it_was_seen_is_looked_at_again(
    upload, lead, now, point, what
):
    imported = upload(TWO)
    seen = pages.trial(imported, now).digest
    if what == "list":
        Code.objects.create(
            owner=point.city, kind="topic", code="work-2", label="rynek pracy"
        )
    elif what == "columns":
        imports.put_in_columns(
            imported=imported,
            columns={
                k: v for k, v in imported.mapping["columns"].items() if k != "channel"
            },
            fixed={"channel": "email"},
            content=None,
            actor=lead,
            now=now,
        )
    else:
        other = upload(csv(row()))
        imports.take_over(
            imported=other, seen=pages.trial(other, now).digest, actor=lead, now=now
        )
    with pytest.raises(CannotImport, match="have changed since"):
        imports.take_over(imported=imported, seen=seen, actor=lead, now=now)


def test_a_missing_column_can_have_one_answer(upload, lead, now):
    imported = upload(csv({k: v for k, v in row().items() if k != "Wynik"}))
    assert pages.trial(imported, now).missing == ("Outcome",)
    imports.put_in_columns(
        imported=imported,
        columns=imported.mapping["columns"],
        fixed={"outcome": "informed"},
        content=None,
        actor=lead,
        now=now,
    )
    imported.refresh_from_db()
    shown = pages.trial(imported, now)
    assert (shown.missing, shown.new, shown.rows[0].said[3]) == ((), 1, "informed")
    assert Entry.objects.get(verb="import.mapped").after == imported.mapping


def test_a_column_that_was_not_read_needs_the_same_file_again(upload, lead, now):
    content = csv({**row(Sprawa="zdrowie"), "Temat": ""})
    imported = upload(content)
    at = imported.header.index("Sprawa")
    columns = {**imported.mapping["columns"], "topics": at}
    with pytest.raises(CannotImport, match="Choose the same file once more"):
        imports.put_in_columns(
            imported=imported, columns=columns, fixed={}, content=csv(row(Sprawa="kursy")),
            actor=lead, now=now,
        )  # fmt: skip
    imports.put_in_columns(
        imported=imported,
        columns=columns,
        fixed={},
        content=content,
        actor=lead,
        now=now,
    )
    imported.refresh_from_db()
    assert pages.trial(imported, now).rows[0].topics == "health"


@pytest.mark.parametrize(
    ("columns", "fixed", "sentence"),
    (
        ({}, {"nationality": "ukr"}, "has no such column"),
        ({}, {"channel": "pigeon"}, "has no such column"),
        ({"topic": 5}, {}, "never read"),
    ),
)
def test_columns_are_held_to_the_file(upload, lead, now, columns, fixed, sentence):
    content = csv(row(Telefon="600 700 800"))
    with pytest.raises(CannotImport, match=sentence):
        imports.put_in_columns(
            imported=upload(content), columns=columns, fixed=fixed, content=content,
            actor=lead, now=now,
        )  # fmt: skip


def test_months_with_other_records_are_told(take, upload, recorded, now, today):
    take(TWO)
    recorded()
    this_month = row(Data=today.isoformat(), Kanał="email")
    shown = pages.trial(upload(csv(row(), this_month)), now)
    assert [count for _month, count in shown.beside] == [1]
    assert [
        count
        for _month, count in pages.trial(
            upload(csv(row(Data="07.03.2024"))), now
        ).beside
    ] == [2]


def test_only_the_lead_may(upload, take, worker, coordinator, other_worker, now):
    waiting, done = upload(TWO), take(csv(row(Data="2023-01-03")))
    acts = (
        lambda who: upload(TWO, actor=who),
        lambda who: imports.drop(imported=waiting, actor=who, now=now),
        lambda who: imports.take_over(imported=waiting, seen="", actor=who, now=now),
        lambda who: imports.put_in_columns(
            imported=waiting, columns={}, fixed={}, content=None, actor=who, now=now
        ),
        lambda who: imports.withdraw(imported=done, reason="x", actor=who, now=now),
    )
    for act in acts:
        for who in (worker, coordinator, other_worker):
            with pytest.raises(PermissionDenied):
                act(who)


def test_a_file_is_withdrawn_whole_and_can_come_again(take, lead, now):
    done = take(csv(row(), row(Data="05.03.2024"), row(Data="06.03.2024")))
    one = Consultation.objects.get(day="2024-03-06")
    corrections.withdraw(record=one, seen=1, reason="twice", actor=lead, now=now)
    imports.withdraw(imported=done, reason="Wrong year", actor=lead, now=now)
    assert counted() == []
    done.refresh_from_db()
    assert (done.state, done.reason, done.withdrawn_at) == (
        "withdrawn",
        "Wrong year",
        now,
    )
    assert sorted(
        ConsultationChange.objects.values_list("reason", "version", "said__state")
    ) == [("Wrong year", 1, "counted")] * 2 + [("twice", 1, "counted")]
    assert Entry.objects.get(verb="import.withdrawn").after == {"records": 2}
    with pytest.raises(CannotImport, match="nothing to withdraw"):
        imports.withdraw(imported=done, reason="again", actor=lead, now=now)
    again = take(csv(row(), row(Data="05.03.2024"), row(Data="06.03.2024")))
    assert (again.report["new"], counted()) == (
        3,
        [date(2024, 3, day) for day in (4, 5, 6)],
    )
    assert take(csv(row(), row())).report["new"] == 1


def test_a_record_withdrawn_by_hand_does_not_come_back(take, upload, lead, now):
    take(TWO)
    one = Consultation.objects.get(day="2024-03-05")
    corrections.withdraw(record=one, seen=1, reason="twice", actor=lead, now=now)
    assert pages.trial(upload(TWO), now).same == 2


def test_nothing_is_withdrawn_from_a_closed_month(take, point, lead, now):
    done = take(csv(row(), row(Data="05.04.2024")))
    periods.close(point=point, year=2024, month=3, actor=lead, now=now)
    assert pages.report(done).why_not == (
        "It cannot be withdrawn any more: these months are closed: March 2024. Single "
        "records can be withdrawn, each with a reason."
    )
    with pytest.raises(CannotImport, match="March 2024"):
        imports.withdraw(imported=done, reason="no", actor=lead, now=now)
    assert len(counted()) == 2


@pytest.mark.parametrize(
    "wrong",
    (
        lambda done, other: Consultation.objects.update(imported=None),
        lambda done, other: ImportedFile.objects.update(state="uploaded"),
        lambda done, other: ImportedFile.objects.update(
            state="withdrawn", withdrawn_at=done.done_at, reason="x"
        ),
        lambda done, other: ImportedFile.objects.all().delete(),
        lambda done, other: ImportedFile.objects.update(digest="0" * 64),
        lambda done, other: Consultation.objects.bulk_create(
            [
                Consultation(
                    **{
                        **Consultation.objects.values().get(),
                        "key": "00000000-0000-0000-0000-000000000001",
                    }
                )
            ]
        ),
    ),
)
def test_the_database_itself_refuses(take, other_point, wrong):
    done = take(csv(row()))
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(done, other_point)


@pytest.mark.parametrize("rows", (2, 60))
def test_few_queries_however_many_rows(
    upload, point, now, django_assert_num_queries, rows
):
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(rows)]
    imported = upload(csv(*(row(Data=day.isoformat()) for day in days)))
    point = Point.objects.get(pk=point.pk)
    # Lists, operations, periods, known records, records beside.
    with django_assert_num_queries(5):
        made = plan.make(point=point, table=table_of(imported), now=now)
    assert made.counts == {"new": rows, "same": 0, "error": 0}


@pytest.fixture
def example():
    """Return what numbers examples: each has a month of its own."""
    return itertools.count()


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    days=st.lists(st.integers(1, 3), min_size=1, max_size=6),
    data=st.data(),
)
def test_any_order_of_files_counts_each_talk_once(take, example, days, data):
    """The whole file, after any of its parts in any order, leaves exactly its rows."""
    parts = data.draw(st.lists(st.permutations(days), max_size=2))
    sizes = data.draw(st.lists(st.integers(1, len(days)), min_size=2, max_size=2))
    month = date(2021, 1, 1) + timedelta(days=40 * next(example))
    some = [part[:size] for part, size in zip(parts, sizes, strict=False)]
    for part in (*some, days):
        take(csv(*(row(Data=f"{month:%Y-%m}-0{day}") for day in part)))
    found = [
        day for day in counted() if (day.year, day.month) == (month.year, month.month)
    ]
    assert found == sorted(month.replace(day=day) for day in days)
