"""
An archive made by chance, without a database: ten million consultations of a year.

In a process of its own, since it takes gigabytes of memory while it is made:
``python -m bench.tables.made FOLDER ROWS``.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from mosty.figures.tables.archives import manifest
from mosty.figures.tables.archives.duck import QUIET
from mosty.figures.tables.archives.manifest import Archive
from mosty.figures.tables.archives.writing import keep
from mosty.infopoint.common.names import entries

YEAR = 2025
POINTS = 12
FOLDERS = ("year", "month", "point")
# List -> how many of its codes are said, and how often the question is answered.
SAID = {
    "channel": (7, 1),
    "language": (8, 1),
    "nationality": (80, 1),
    "sex": (3, 0.95),
    "age_band": (5, 0.95),
    "legal_status": (11, 0.9),
    "district": (0, 0),
    "duration": (5, 1),
    "outcome": (3, 1),
    "referral": (11, 0.2),
    "funder": (5, 1),
}


def make(folder: Path, rows: int) -> Archive:
    """Write the archive; what is rare and what is frequent is as in a point's year."""
    places = {f"point-{number}": f"city-{number}" for number in range(POINTS)}
    codes = _codes()
    with duckdb.connect(config=QUIET) as engine:
        engine.execute("select setseed(0.5)")
        engine.execute(_records(codes, rows))
        folder.mkdir(parents=True)
        files = keep(engine, folder, "consultations", FOLDERS)
        engine.execute(
            "create table codes (year integer, kind varchar, key varchar,"
            " code varchar, common varchar)"
        )
        engine.executemany(
            "insert into codes values (?, ?, ?, ?, ?)",
            [
                (YEAR, kind, code, code, code)
                for kind, known in codes.items()
                for code in known
            ],
        )
        files += keep(engine, folder, "codes", ("year",))
    archive = Archive(folder, YEAR, places, True, datetime.now(UTC), tuple(files))
    manifest.write(archive, columns={}, by="bench")
    return archive


def _codes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in entries():
        if entry.until is None:
            found.setdefault(entry.kind, []).append(entry.code)
    return {
        kind: codes[: SAID[kind][0] if kind in SAID else None]
        for kind, codes in found.items()
    }


def _records(codes: dict[str, list[str]], rows: int) -> str:
    topics = _list(codes["topic"])
    said = [
        f"case when random() < {answered} then {_list(codes[name])}"
        f"[1 + floor(pow(random(), 2) * {count})::int] end as {name}"
        if count
        else f"null::varchar as {name}"
        for name, (count, answered) in SAID.items()
    ]
    return f"""
        create table consultations as
        select '{YEAR}' as year, strftime(day, '%m') as month,
            'point-' || floor(random() * {POINTS})::int as point, day,
            list_distinct(case when a < 0.5 then [topic] when a < 0.9 then [topic, other]
                else [topic, other, third] end) as topics,
            topic as main_topic, {", ".join(said)},
            ['new', 'returning', 'unknown'][1 + floor(random() * 3)::int] as "returning",
            ['yes', 'no'][1 + floor(random() * 2)::int] as interpreter
        from (
            select random() as a,
                date '{YEAR}-01-01' + floor(random() * 365)::int as day,
                {topics}[1 + floor(pow(random(), 2) * 12)::int] as topic,
                {topics}[1 + floor(random() * 12)::int] as other,
                {topics}[1 + floor(random() * 12)::int] as third
            from range({rows})
        )
    """  # noqa: S608 - our own codes


def _list(codes: list[str]) -> str:
    return "[" + ", ".join(f"'{code}'" for code in codes) + "]"


def main() -> int:
    """Make it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
    import django

    django.setup()
    make(Path(sys.argv[1]), int(sys.argv[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
