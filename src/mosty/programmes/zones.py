"""
Time zones as calendars carry them along (VTIMEZONE).

Outlook reads a zone only as two yearly rules, one for standard and one for summer time;
so the rules are found in the zone's own transitions and held against them. Where none
fits, each transition is written by itself.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Onset:
    """A moment from which clocks show another time."""

    # On the clocks that are put forward or back.
    at: datetime
    before: timedelta
    after: timedelta
    is_summer: bool
    name: str

    def rules(self) -> list[tuple[int, str, time]]:
        """Return the yearly rules that fit: month, weekday in it, hour."""
        weekday = _DAYS[self.at.weekday()]
        hour = self.at.time()
        found = []
        if self.at.day + 7 > monthrange(self.at.year, self.at.month)[1]:
            found.append((self.at.month, f"-1{weekday}", hour))
        found.append((self.at.month, f"{(self.at.day - 1) // 7 + 1}{weekday}", hour))
        return found


def vtimezone(zone: ZoneInfo, years: Iterable[int]) -> Timezone:
    """Return ``zone`` for moments of ``years``."""
    around = range(min(wanted := list(years)) - 1, max(wanted) + 2)
    found = Timezone()
    found.add("tzid", zone.key)
    onsets = [onset for year in around for onset in _onsets(zone, year)]
    if not onsets:
        found.add_component(_fixed(zone, around[0]))
    for is_summer in (False, True):
        own = [onset for onset in onsets if onset.is_summer == is_summer]
        rule = _common_rule(own, len(around))
        for onset in own[:1] if rule else own:
            found.add_component(_part(onset, rule))
    return found


def _onsets(zone: ZoneInfo, year: int) -> list[Onset]:
    found = []
    moment = datetime(year, 1, 1, tzinfo=UTC)
    while moment.year == year:
        if _offset(moment, zone) != _offset(moment + _DAY, zone):
            low, high = moment, moment + _DAY
            while high - low > timedelta(minutes=1):
                middle = low + ((high - low) / 2 // timedelta(minutes=1)) * timedelta(
                    minutes=1
                )
                if _offset(middle, zone) == _offset(low, zone):
                    low = middle
                else:
                    high = middle
            before, there = _offset(low, zone), high.astimezone(zone)
            found.append(
                Onset(
                    at=(high + before).replace(tzinfo=None),
                    before=before,
                    after=_offset(high, zone),
                    is_summer=bool(there.dst()),
                    name=there.tzname() or zone.key,
                )
            )
        moment += _DAY
    return found


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or _NONE


def _common_rule(onsets: list[Onset], years: int) -> tuple[int, str] | None:
    """Return the yearly rule of which all ``onsets`` are, one in each year, or None."""
    if len(onsets) != years or len({(o.before, o.after) for o in onsets}) != 1:
        return None
    for rule in onsets[0].rules():
        if all(rule in onset.rules() for onset in onsets):
            return rule[0], rule[1]
    return None


def _part(
    onset: Onset, rule: tuple[int, str] | None
) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if onset.is_summer else TimezoneStandard()
    part.add("dtstart", onset.at)
    if rule:
        part.add("rrule", {"freq": "yearly", "bymonth": rule[0], "byday": rule[1]})
    part.add("tzoffsetfrom", onset.before)
    part.add("tzoffsetto", onset.after)
    part.add("tzname", onset.name)
    return part


def _fixed(zone: ZoneInfo, year: int) -> TimezoneStandard:
    start = datetime(year, 1, 1, tzinfo=UTC)
    part = TimezoneStandard()
    part.add("dtstart", start.replace(tzinfo=None))
    part.add("tzoffsetfrom", _offset(start, zone))
    part.add("tzoffsetto", _offset(start, zone))
    part.add("tzname", start.astimezone(zone).tzname() or zone.key)
    return part
