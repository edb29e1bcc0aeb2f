"""What tables took is held against what was promised."""

from bench.tables import hand
from bench.tables.goals import goals
from bench.tables.report import page

from mosty.infopoint.tables import TABLES


def results(*, live=0.9, ours=1.9, rows=1_000_000, archived=10_000_000, load=0.1):
    slugs = [table.slug for table in TABLES]
    return {
        "load": load,
        "load_after": 0.2,
        "machine": {"Date": "2026-05-31"},
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


def met(found):
    return {goal.key: goal.met for goal in goals(found)}


def test_goals_are_held_against_what_was_measured():
    assert met(results()) == {"live": True, "archived": True}
    assert met(results(live=1.0)) == {"live": False, "archived": True}
    assert met(results(ours=2.1)) == {"live": True, "archived": False}
    # Fewer rows than promised prove nothing.
    assert met(results(rows=999_999)) == {"live": False, "archived": True}
    assert met(results(archived=9_999_999)) == {"live": True, "archived": False}


def test_the_page_says_what_is_missed_first_and_if_the_machine_was_busy():
    text = page(results(ours=2.1))
    assert "1 of 2 goals are met." in text
    assert "missed by topic" in text.split("## Tables")[0]
    assert "busy" not in text
    assert "busy with other work" in page(results(load=0.6))
    assert text.count("| topic |") == 1


def test_every_table_is_also_written_by_hand():
    assert {*hand.PLAIN, *hand.TOPICS} == {table.slug for table in TABLES}
