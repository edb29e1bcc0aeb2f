"""A year taken out: who may, what is in it, what is refused; and nothing personal."""

import json
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from i18nfield.strings import LazyI18nString

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.figures.tables import Days, live
from mosty.figures.tables.archives import duck, manifest
from mosty.figures.tables.archives.manifest import CannotRead
from mosty.infopoint.actions import archives, codes, periods
from mosty.infopoint.actions.archives import CannotArchive
from mosty.infopoint.models import Code, Kind, Point
from mosty.infopoint.tables import EVERY, by_slug, of_city, of_network
from tests.infopoint import chance

pytestmark = pytest.mark.django_db

YEAR = 2024
DAY = date(YEAR, 3, 7)


@pytest.fixture
def year(recorded, point, lead, now):
    """Close a year with three records; one has a note, one says a code of the city."""
    Point.objects.filter(pk=point.pk).update(notes_allowed=True)
    codes.add(
        city=point.city,
        kind=Kind.DISTRICT,
        code="old-town",
        details=codes.Details(LazyI18nString({"en": "Old “Town”,\nand more"})),
        actor=lead,
        now=now,
    )
    recorded(day=DAY, topics=("stay", "work"), nationality="ukr", district="old-town")
    recorded(day=DAY, topics=("work",), channel="email")
    recorded(day=date(YEAR, 12, 31), topics=("health",))
    chance.workshops([point], Random(1), 4, Days.of_year(YEAR))  # noqa: S311 - no secret
    recorded(day=date(YEAR + 1, 1, 1), topics=("health",))
    periods.close(point=point, year=YEAR, month=None, actor=lead, now=now)
    return YEAR


@pytest.fixture
def make(now, tmp_path):
    def make(name="archive", **given):
        return archives.make(
            **{
                "year": YEAR,
                "slug": "krakow",
                "folder": tmp_path / name,
                "may_be_open": False,
                "reason": "For the year's figures",
                "actor": SYSTEM,
                "now": now,
                **given,
            }
        )

    return make


def counted(archive, slug, scope):
    with duck.opened([archive]) as engine:
        cells = engine.cells(by_slug(slug), scope=scope, period=Days.of_year(YEAR))
    return [(cell.codes, cell.count) for cell in cells]


def test_an_archive_counts_as_the_database_does(year, make, point):
    archive = manifest.checked(make().folder)
    assert (archive.year, archive.places, archive.is_closed) == (
        YEAR,
        {"krakow": "krakow"},
        True,
    )
    assert counted(archive, "topic", of_city([point])) == [
        (("health",), 1),
        (("stay",), 1),
        (("work",), 2),
    ]
    assert counted(archive, "district", of_city([point])) == [
        (("_unstated",), 2),
        (("old-town",), 1),
    ]
    for scope in (of_city([point]), of_network([point])):
        with duck.opened([archive]) as engine:
            for table in EVERY:
                asked = {"scope": scope, "period": Days.of_year(YEAR)}
                assert engine.cells(table, **asked) == live.cells(table, **asked)


def test_folders_and_columns_are_what_readers_expect(year, make):
    archive = make()
    assert [kept.path for kept in archive.files if "workshop" not in kept.path] == [
        "consultations/year=2024/month=03/point=krakow/data_0.parquet",
        "consultations/year=2024/month=12/point=krakow/data_0.parquet",
        "codes/year=2024/data_0.parquet",
    ]
    assert [kept.rows for kept in archive.files][:2] == [2, 1]
    said = json.loads((archive.folder / "manifest.json").read_text())
    with duckdb.connect() as engine:
        rows = engine.execute(
            "select * from read_parquet(?, hive_partitioning = true) order by all",
            [str(archive.folder / "consultations" / "*" / "*" / "*" / "*")],
        )
        columns = [column[0] for column in rows.description]
        assert {*columns} == {*said["columns"]["consultations"]}
        first = dict(zip(columns, rows.fetchall()[0], strict=True))
    assert first == {
        "year": 2024,
        "month": "03",
        "point": "krakow",
        "day": DAY,
        "topics": ["stay", "work"],
        "main_topic": "stay",
        "channel": "phone",
        "language": "uk",
        "nationality": "ukr",
        "sex": "female",
        "age_band": None,
        "legal_status": None,
        "district": "krakow:old-town",
        "duration": None,
        "outcome": "informed",
        "referral": None,
        "funder": None,
        "returning": "unknown",
        "interpreter": "no",
    }


def test_nothing_in_it_leads_to_a_person_or_a_record(year, make, worker):
    archive = make()
    everything = b"".join(
        path.read_bytes() for path in archive.folder.rglob("*") if path.is_file()
    )
    with duckdb.connect() as engine:
        for path in archive.folder.rglob("*.parquet"):
            for row in engine.execute(
                "select * from read_parquet(?)", [str(path)]
            ).fetchall():
                everything += repr(row).encode()
    assert worker.ledger_key.encode() not in everything
    assert worker.ledger_label.encode() not in everything
    assert archive.folder.stat().st_mode & 0o077 == 0


def test_the_ledger_says_what_was_taken_and_why(year, make, point):
    make()
    entry = Entry.objects.get(verb="consultations.archived")
    assert (entry.actor_label, entry.reason, entry.scope, entry.after) == (
        "Mosty",
        "For the year's figures",
        "krakow",
        {"year": YEAR, "records": 3, "closed": True},
    )


def test_the_same_records_make_the_same_files(year, make):
    def digests(archive):
        return [kept.sha256 for kept in archive.files]

    assert digests(make("one")) == digests(make("two"))


def test_only_whoever_runs_the_installation_takes_it(year, make, lead, tmp_path):
    with pytest.raises(PermissionDenied):
        make(actor=lead)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_archived(year, make, recorded, point, tmp_path):
    with pytest.raises(CannotArchive, match="No such information point"):
        make(slug="nowhere")
    with pytest.raises(CannotArchive, match="No such information point"):
        make(year=2019)
    with pytest.raises(CannotArchive, match="2025-01 is not closed at krakow"):
        make(year=2025)
    (tmp_path / "archive").mkdir()
    with pytest.raises(CannotArchive, match="is there already"):
        make()
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
    assert Entry.objects.filter(verb="consultations.archived").count() == 0


def test_an_open_year_says_that_it_is_open(year, make):
    assert make(year=2025, may_be_open=True).is_closed is False


def test_a_point_that_opened_in_the_year_was_not_open_before(
    make, point, lead, recorded, now
):
    Point.objects.filter(pk=point.pk).update(opened_on=date(YEAR, 11, 20))
    point.operations.update(since=date(YEAR, 11, 20))
    point.refresh_from_db()
    for month in (11, 12):
        with pytest.raises(CannotArchive, match=f"{YEAR}-{month} is not closed"):
            make()
        periods.close(point=point, year=YEAR, month=month, actor=lead, now=now)
    assert make().is_closed


def test_a_year_without_records_has_tables_without_cells(make, point, lead, now):
    periods.close(point=point, year=YEAR, month=None, actor=lead, now=now)
    archive = manifest.checked(make().folder)
    assert archive.rows("consultations") == 0
    for table in EVERY:
        assert counted(archive, table.slug, of_city([point])) == []


def test_two_archives_count_together_and_never_the_same_twice(
    year, make, point, lead, now
):
    code = Code.objects.get(code="old-town")
    one = make("2024")
    codes.change(
        code=code,
        details=codes.Details(
            code.label,
            common=Code.objects.create(kind=Kind.DISTRICT, code="centre", label="C"),
        ),
        actor=lead,
        now=now,
    )
    two = make("2025", year=2025, may_be_open=True, now=now.replace(year=now.year + 1))
    both = manifest.opened([one.folder, two.folder])
    with duck.opened(both) as engine:
        asked = {"scope": of_network([point]), "period": Days(DAY, date(2025, 12, 31))}
        cells = engine.cells(by_slug("month"), **asked)
        assert [cell.count for cell in cells] == [2, 1, 1]
        # What a code counts as is what the newest archive says.
        assert engine.cells(by_slug("district"), **asked)[-1].codes == ("centre",)
    again = make("again")
    with pytest.raises(CannotRead, match="both hold krakow in 2024"):
        manifest.opened([one.folder, again.folder])


def test_the_command_says_what_it_wrote(year, tmp_path, capsys):
    call_command("archive", year=YEAR, out=tmp_path / "x", point="krakow")
    assert capsys.readouterr().out == f"3 consultations of {YEAR}\nkrakow\t3\n"
    with pytest.raises(CommandError, match="is there already"):
        call_command("archive", year=YEAR, out=tmp_path / "x")
    with pytest.raises(CommandError, match="say --open"):
        call_command("archive", year=2025, out=Path(tmp_path) / "y")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    (
        (lambda file: file.write_bytes(file.read_bytes() + b" "), "has changed or"),
        (lambda file: file.write_bytes(file.read_bytes()[:-1] + b"x"), "has changed"),
        (lambda file: file.unlink(), "is missing"),
        (
            lambda file: file.with_name("more.parquet").write_bytes(file.read_bytes()),
            "no checksum",
        ),
    ),
    ids=("longer", "altered", "gone", "one more"),
)
def test_a_damaged_archive_is_not_read(year, make, spoil, sentence):
    archive = make()
    spoil(archive.folder / archive.files[0].path)
    with pytest.raises(CannotRead, match=sentence):
        manifest.checked(archive.folder)


def changed(**said):
    return lambda text: json.dumps({**json.loads(text), **said})


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    (
        (changed(schema=2), "has version 2 of the format, and this Mosty reads ver"),
        (changed(schema=None), "has version None"),
        (changed(format="other"), "is no archive of Mosty"),
        (lambda text: "[]", "is no archive of Mosty"),
        (lambda text: text[:-3], "manifest.json has changed or is damaged"),
        (changed(files=[{"path": "x"}]), "manifest.json has changed"),
        (
            changed(
                files=[
                    {
                        "path": "../x",
                        "relation": "codes",
                        "rows": 1,
                        "size": 1,
                        "sha256": "",
                    }
                ]
            ),
            "manifest.json has changed",
        ),
    ),
)
def test_a_manifest_that_is_not_one_is_not_read(year, make, spoil, sentence):
    archive = make()
    path = archive.folder / "manifest.json"
    path.write_text(spoil(path.read_text()))
    with pytest.raises(CannotRead, match=sentence):
        manifest.checked(archive.folder)


def test_a_folder_without_manifest_is_no_archive(tmp_path):
    with pytest.raises(CannotRead, match=r"it has no manifest\.json"):
        manifest.checked(tmp_path)


def counts(capsys, *words, **options):
    call_command("count", *words, **options)
    return capsys.readouterr().out


def test_the_command_counts_alike_in_the_database_and_in_archives(
    year, make, capsys, tmp_path
):
    folder = make().folder
    wanted = "topic,month,n\nhealth,2024-12,1\nstay,2024-03,1\nwork,2024-03,2\n"
    assert counts(capsys, "topic-month", year=YEAR, point="krakow") == wanted
    assert counts(capsys, "topic-month", year=YEAR, archive=[folder]) == wanted
    out = tmp_path / "cells.csv"
    counts(capsys, "month", year=YEAR, month=3, archive=[folder], out=out)
    assert out.read_text() == "month,n\n2024-03,2\n"
    assert counts(capsys, list=True).splitlines()[0] == "month\tConsultations by month"


def test_the_command_says_what_it_cannot_count(year, make, other_point, capsys):
    folder = make().folder
    with pytest.raises(CommandError, match="--list names them"):
        counts(capsys, "nothing", year=YEAR)
    with pytest.raises(CommandError, match="say --common"):
        counts(capsys, "topic", year=YEAR)
    (folder / "manifest.json").write_text("")
    with pytest.raises(CommandError, match="has changed or is damaged"):
        counts(capsys, "topic", year=YEAR, archive=[folder])
