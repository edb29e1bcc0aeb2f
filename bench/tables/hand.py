"""The same tables as somebody writes them by hand, for DuckDB, over the same files."""

from pathlib import Path

from bench.tables.made import YEAR

FILES = "read_parquet('{folder}/consultations/**/*.parquet', hive_partitioning = true)"
# Table -> what is selected beside the count.
PLAIN = {
    "month": "strftime(day, '%Y-%m')",
    "channel": "channel",
    "language": "language",
    "main-topic": "main_topic",
    "nationality": "nationality",
    "sex-age": "sex, age_band",
    "legal-status": "legal_status",
    "district": "district",
    "outcome": "outcome",
    "referral": "referral",
    "returning": '"returning"',
    "duration": "duration",
    "interpreter": "interpreter",
}
TOPICS = {
    "topic": "topic",
    "topic-month": "topic, strftime(day, '%Y-%m')",
    "nationality-topic": "nationality, topic",
}


def query(table: str, folder: Path) -> str:
    """Return the query of a table of a whole year."""
    files = FILES.format(folder=folder)
    days = f"day between date '{YEAR}-01-01' and date '{YEAR}-12-31'"
    if table in PLAIN:
        return f"select {PLAIN[table]}, count(*) from {files} where {days} group by all"  # noqa: S608
    inner = f"select *, unnest(topics) as topic from {files} where {days}"  # noqa: S608
    return f"select {TOPICS[table]}, count(*) from ({inner}) group by all"  # noqa: S608
