"""Illustrative opinions of a point's visitors, month by month."""

from datetime import date, datetime
from random import Random

from mosty.accounts.models import User
from mosty.demo.infopoint.records import at_ten
from mosty.infopoint.actions import opinions
from mosty.infopoint.models import Opinions, Point

OF_FIVE = (2, 3, 8, 31, 56)


def fill(point: Point, lead: User, first: date, now: datetime) -> None:
    """Ask for opinions, and count some of each month up to the running one."""
    opinions.set_poster(
        point=point,
        is_open=True,
        asks_found=True,
        asks_language=True,
        renew=False,
        actor=lead,
        now=at_ten(first),
    )
    today = point.today(now)
    draw = Random(point.slug)  # noqa: S311 - invents numbers, decides nothing
    months = [
        (year, month)
        for year in range(first.year, today.year + 1)
        for month in range(1, 13)
        if date(year, month, 1) <= today
    ]
    Opinions.objects.bulk_create(_month(point, *month, draw) for month in months)


def _month(point: Point, year: int, month: int, draw: Random) -> Opinions:
    # In one month of a dozen too few answer: their page says so.
    answers = draw.choice((3, *range(14, 36, 2)))
    scores = draw.choices((1, 2, 3, 4, 5), OF_FIVE, k=answers)
    found = sum(draw.random() < 0.86 for _n in scores)
    language = sum(draw.random() < 0.93 for _n in scores)
    return Opinions(
        point=point,
        year=year,
        month=month,
        **{f"score_{score}": scores.count(score) for score in (1, 2, 3, 4, 5)},
        found_yes=found,
        found_no=answers - found,
        language_yes=language,
        language_no=answers - language,
    )
