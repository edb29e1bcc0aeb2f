"""The days on which a point can have records that are still to be entered."""

from datetime import date, datetime

from mosty.importing.queries.faults import Fault
from mosty.infopoint.models import Operation, Period, Point
from mosty.kernel.sheets.values import BadValue, parse_dated


class Days:
    """What is known of a point's days; reads each text of a cell once. Two queries."""

    def __init__(self, point: Point, now: datetime) -> None:
        self._point = point
        self._today = point.today(now)
        self._operations = list(Operation.objects.filter(point=point))
        self._closed = set(
            Period.objects.filter(point=point).values_list("year", "month")
        )
        self._known: dict[str, date | Fault] = {}

    def read(self, text: str) -> date | Fault:
        """Return the day that ``text`` says, or what is wrong with it."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> date | Fault:
        if not text:
            return Fault("empty", "day")
        try:
            dated = parse_dated(text)
        except BadValue:
            return Fault("date", "day", text)
        if dated.precision != "day":
            return Fault("no_day", "day", text)
        day = dated.first
        why = self._why_not(day)
        return Fault(why, "day", text, {"day": day.isoformat()}) if why else day

    def _why_not(self, day: date) -> str:
        point = self._point
        if day > self._today:
            return "to_come"
        if day < point.opened_on:
            return "before_opening"
        if point.closed_on and day > point.closed_on:
            return "after_closing"
        if self.operation_on(day) is None:
            return "nobody_ran"
        if self._closed & {(day.year, None), (day.year, day.month)}:
            return "closed"
        return ""

    def operation_on(self, day: date) -> int | None:
        """Return who ran the point on ``day``."""
        return next(
            (
                one.pk
                for one in self._operations
                if one.since <= day and (one.until is None or day <= one.until)
            ),
            None,
        )
