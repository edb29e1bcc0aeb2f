"""What a point's people may see of opinions: months that are over, if enough answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from mosty.infopoint.everyone import QUESTIONS
from mosty.infopoint.models import Opinions, Point, Poster

# Of fewer answers nothing is shown, not even how many there were.
LEAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month's opinions; without numbers where too few answered."""

    first: date
    scores: tuple[int, ...] = ()
    # In percent of those who answered the question; None if they were too few.
    shares: tuple[int | None, ...] = ()

    @property
    def answers(self) -> int:
        """Return how many gave their opinion, 0 where that is not shown."""
        return sum(self.scores)

    @property
    def mean(self) -> float:
        """Return the mean mark, from 1 to 5."""
        total = sum(score * count for score, count in enumerate(self.scores, 1))
        return total / self.answers


@dataclass(frozen=True, slots=True)
class OpinionsPage:
    """The months that are over, and the years made of those that are shown."""

    poster: Poster | None
    rows: tuple[MonthRow, ...]
    questions: tuple[str, ...]
    years: tuple[tuple[int, MonthRow], ...]
    least: int = LEAST_SHOWN


def poster_of(point: Point) -> Poster | None:
    """Return the point's poster, if it has one."""
    return Poster.objects.filter(point=point).select_related("point").first()


def posters() -> QuerySet[Poster]:
    """Return all posters, for whoever knows a code."""
    return Poster.objects.select_related("point")


def page(point: Point, now: datetime) -> OpinionsPage:
    """Return what may be shown: of no month that still takes answers; two queries."""
    today = point.today(now)
    over = Q(year__lt=today.year) | Q(year=today.year, month__lt=today.month)
    months = Opinions.objects.filter(over, point=point).order_by("-year", "-month")
    rows = [(one, _row(one)) for one in months]
    years: dict[int, list[Opinions]] = {}
    for month, row in rows:
        if row.scores:
            years.setdefault(month.year, []).append(month)
    return OpinionsPage(
        poster_of(point),
        tuple(row for _month, row in rows),
        tuple(map(str, QUESTIONS.values())),
        # Of months that are shown only: from a whole year's numbers those of a month
        # that is not could be found.
        tuple((year, _together(year, held)) for year, held in years.items()),
    )


def _row(month: Opinions) -> MonthRow:
    first = date(month.year, month.month, 1)
    if sum(month.scores) < LEAST_SHOWN:
        return MonthRow(first)
    return MonthRow(
        first,
        month.scores,
        tuple(
            _share(getattr(month, f"{name}_yes"), getattr(month, f"{name}_no"))
            for name in QUESTIONS
        ),
    )


def _together(year: int, months: Sequence[Opinions]) -> MonthRow:
    """Add months up; of a question's answers those of months where they are shown."""
    return MonthRow(
        date(year, 1, 1),
        tuple(map(sum, zip(*(one.scores for one in months), strict=True))),
        tuple(_share(*_sums(months, name)) for name in QUESTIONS),
    )


def _sums(months: Iterable[Opinions], name: str) -> tuple[int, int]:
    pairs = [
        pair
        for one in months
        if sum(pair := (getattr(one, f"{name}_yes"), getattr(one, f"{name}_no")))
        >= LEAST_SHOWN
    ]
    return sum(yes for yes, _no in pairs), sum(no for _yes, no in pairs)


def _share(yes: int, no: int) -> int | None:
    if yes + no < LEAST_SHOWN:
        return None
    return round(100 * yes / (yes + no))
