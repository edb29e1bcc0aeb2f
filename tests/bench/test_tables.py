"""What tables took is held against what was promised."""

from bench.tables import goals, hand

from mosty.infopoint.tables import TABLES
from tests.bench.verdicts import missed, verdicts


def results(*, live=0.9, ours=1.9, rows=1_000_000, archived=10_000_000):
    slugs = [table.slug for table in TABLES]
    return {
        "live": {
            "rows": rows,
            "all": dict.fromkeys(slugs, 0.1) | {"topic": live},
            "one": dict.fromkeys(slugs, 0.02),
        },
        "import": {"seconds": 0.8, "mb": 60.0},
        "archive": {"seconds": 20.0, "mb": 300.0, "files": 10.0},
        "duck": {
            "rows": archived,
            "mb": 50.0,
            "checking": 0.1,
            "peak": 300.0,
            "tables": {slug: {"ours": 1.0, "hand": 1.0} for slug in slugs}
            | {"topic": {"ours": ours, "hand": 1.0}},
        },
        "spark": {
            "version": "4",
            "starting": 5.0,
            "tables": dict.fromkeys(slugs, 2.0),
        },
    }


def test_goals_are_held_against_what_was_measured():
    assert verdicts(goals, results()) == {"live": True, "archived": True}
    assert missed(goals, results(live=1.0)) == ["live"]
    assert missed(goals, results(ours=2.1)) == ["archived"]
    # Fewer rows than promised prove nothing.
    assert missed(goals, results(rows=999_999)) == ["live"]
    assert missed(goals, results(archived=9_999_999)) == ["archived"]


def test_the_worst_is_named():
    found = {row.goal: row.note for row in goals.rows(results(ours=2.1)) if row.goal}
    assert found["archived"].endswith("missed by topic")
    assert found["live"].startswith("topic, over 1,000,000")


def test_every_table_is_also_written_by_hand():
    assert {*hand.PLAIN, *hand.TOPICS} == {table.slug for table in TABLES}
