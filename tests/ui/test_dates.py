from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from mosty.ui import dates

CLOSES = datetime(2024, 5, 31, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    (
        ("en", "31 May 2024"),
        ("pl", "31 maja 2024 r."),
        ("uk", "31 травня 2024 р."),
        ("be", "31 траўня 2024 г."),
        ("ru", "31 мая 2024 г."),
    ),
)
def test_day_is_said_as_the_language_says_it(language, said):
    with translation.override(language):
        assert dates.day(date(2024, 5, 31)) == said


def test_day_of_a_moment_is_the_local_one():
    assert dates.day(datetime(2024, 5, 31, 22, 30, tzinfo=UTC)) == "1 June 2024"


@pytest.mark.parametrize(
    ("start", "end", "english", "polish"),
    (
        (
            date(2024, 6, 20),
            date(2024, 6, 21),
            "20–21 June 2024",
            "20–21 czerwca 2024 r.",
        ),
        (
            date(2024, 5, 30),
            date(2024, 6, 2),
            "30 May – 2 June 2024",
            "30 maja – 2 czerwca 2024 r.",
        ),
        (
            date(2024, 12, 30),
            date(2025, 1, 2),
            "30 December 2024 – 2 January 2025",
            "30 grudnia 2024 r. – 2 stycznia 2025 r.",
        ),
        (date(2024, 6, 20), date(2024, 6, 20), "20 June 2024", "20 czerwca 2024 r."),
        (date(2024, 6, 20), None, "20 June 2024", "20 czerwca 2024 r."),
        (None, date(2024, 6, 20), "20 June 2024", "20 czerwca 2024 r."),
        (None, None, "", ""),
    ),
)
def test_day_range_says_month_and_year_once_if_they_agree(start, end, english, polish):
    assert dates.day_range(start, end) == english
    with translation.override("pl"):
        assert dates.day_range(start, end) == polish


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    (
        ("en", "", "31 May 2024, 23:59 (Warsaw time)"),
        ("pl", "", "31 maja 2024 r., 23:59 (czas warszawski)"),
        ("en", "Europe/Tallinn", "1 June 2024, 00:59 (Tallinn time)"),
        ("en", "America/New_York", "31 May 2024, 17:59 (UTC-04:00)"),
    ),
)
def test_moment_names_its_time_zone(language, zone, said):
    with translation.override(language):
        assert dates.moment(CLOSES, zone) == said


def test_moment_follows_the_current_time_zone():
    with timezone.override("Europe/Vilnius"):
        assert dates.moment(CLOSES) == "1 June 2024, 00:59 (Vilnius time)"


def test_nothing_is_said_of_no_moment():
    assert (dates.day(None), dates.moment(None)) == ("", "")
