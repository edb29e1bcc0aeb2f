"""How likely a seat was before the draw: in words, in numbers, as a chart."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from mosty.selection import words
from mosty.selection.models import Run
from mosty.ui.charts import Figure
from mosty.ui.percent import percent

# More different chances than this stand together by tenths.
MOST_LEVELS = 14


@dataclass(frozen=True, slots=True)
class Lottery:
    """
    The lottery of a run: its rule, its listed groups, the smallest chance of anybody.

    ``smallest`` is empty where nobody's chance was known or between 0 and 1, ``certain``
    and ``impossible`` count people, ``facts`` what only the solver says. ``number`` was
    drawn in public, or is empty.
    """

    rule: str
    cohorts: int
    smallest: str
    certain: int
    between: int
    impossible: int
    facts: int
    number: str
    figure: Figure


def lottery_of(parts: Mapping[str, Any]) -> Lottery:
    """Return the lottery that these parts of a record describe."""
    odds = [Fraction(one) for one in (parts["odds"] or {}).values()]
    between = [one for one in odds if 0 < one < 1]
    return Lottery(
        rule=parts["rule"],
        cohorts=parts["cohorts"],
        smallest=words.chance(str(min(between))) if between else "",
        certain=sum(one == 1 for one in odds),
        between=len(between),
        impossible=sum(one == 0 for one in odds),
        facts=len(parts["cuts"] or ()),
        number="" if parts["drawn_number"] is None else f"{parts['drawn_number']:03}",
        figure=_figure(odds),
    )


def figure(run: Run) -> Figure:
    """Return the chart of how many people had which chance; one query."""
    found = Run.objects.filter(pk=run.pk).values(odds=F("record__odds_exact")).get()
    return _figure(Fraction(one) for one in (found["odds"] or {}).values())


def _figure(odds: Iterable[Fraction]) -> Figure:
    return Figure(
        title=_("Chances before the draw"),
        unit=_("people"),
        series=(_("people with this chance"),),
        rows=tuple((label, (count,)) for label, count in _levels(odds)),
    )


def _levels(odds: Iterable[Fraction]) -> list[tuple[str, int]]:
    counted = Counter(odds)
    if len(counted) <= MOST_LEVELS:
        return [(words.chance(str(one)), counted[one]) for one in sorted(counted)]
    tenths: Counter[int] = Counter()
    for one, count in counted.items():
        # 0 and 1 are worlds of their own: no chance, and certainty.
        place = -1 if one == 0 else 10 if one == 1 else int(one * 10)
        tenths[place] += count
    return [(_tenth(place), tenths[place]) for place in sorted(tenths)]


def _tenth(place: int) -> str:
    if place < 0:
        return words.chance("0")
    if place > 9:
        return words.chance("1")
    return percent(f"{place * 10}–{place * 10 + 10}")
