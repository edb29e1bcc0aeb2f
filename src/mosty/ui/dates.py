"""
Dates and times in words, as each language writes them.

Django's own formats put the month first in English and leave the time zone out; a
deadline without its zone misleads whoever reads it from another country.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

# What offices write after a year, by language.
YEAR = {"pl": " r.", "uk": " р.", "be": " г.", "ru": " г."}
ZONES = {
    "Europe/Warsaw": gettext_lazy("Warsaw time"),
    "Europe/Vilnius": gettext_lazy("Vilnius time"),
    "Europe/Riga": gettext_lazy("Riga time"),
    "Europe/Tallinn": gettext_lazy("Tallinn time"),
    "Europe/Kyiv": gettext_lazy("Kyiv time"),
    "UTC": gettext_lazy("UTC"),
}


def local(value: datetime, zone: str = "") -> datetime:
    """Return ``value`` as clocks show it in ``zone``, or in the current zone."""
    return timezone.localtime(value, ZoneInfo(zone) if zone else None)


def _day(value: date) -> date:
    """Return the day of ``value``, where people of the current zone live through it."""
    return local(value).date() if isinstance(value, datetime) else value


def day(value: date | None) -> str:
    """Return "31 May 2024", in Polish "31 maja 2024 r."; empty for None."""
    return _with_year(_day(value)) if value else ""


def _with_year(value: date) -> str:
    return date_format(value, "j E Y") + YEAR.get(get_language() or "", "")


def day_range(start: date | None, end: date | None = None) -> str:
    """
    Return the days from ``start`` to ``end``, saying month and year once if they agree.

    "20–21 June 2024", "30 May – 2 June 2024", "30 December 2024 – 2 January 2025".
    """
    if start is None:
        return day(end)
    first, last = _day(start), _day(end or start)
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{date_format(first, 'j E')} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def zone_name(value: datetime) -> str:
    """Return the time zone of ``value`` in words, or its distance from UTC."""
    key = getattr(value.tzinfo, "key", "")
    if key in ZONES:
        return str(ZONES[key])
    hours = value.strftime("%z")
    return f"UTC{hours[:3]}:{hours[3:5]}" if hours else _("local time")


def moment(value: datetime | None, zone: str = "") -> str:
    """Return "31 May 2024, 23:59 (Warsaw time)"; empty for None."""
    if value is None:
        return ""
    there = local(value, zone)
    time = date_format(there, "H:i")
    return f"{_with_year(there)}, {time} ({zone_name(there)})"
