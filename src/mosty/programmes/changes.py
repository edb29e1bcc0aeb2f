"""What differs between two timetables, in words, in the language that is active."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mosty.programmes.timetable import Change, Entry
from mosty.ui.dates import day


def sentence(
    change: Change,
    zone: ZoneInfo,
    *,
    names: Mapping[str, str] | None = None,
) -> str:
    """
    Return such as "Group work: moved from 9:00 to 10:00; room: A → B".

    Trainers are named only with ``names``, by their codes; without, it is said that
    they changed.
    """
    return f"{change.one.title}: {'; '.join(_parts(change, zone, names))}"


def _parts(
    change: Change, zone: ZoneInfo, names: Mapping[str, str] | None
) -> list[str]:
    before, after = change.before, change.after
    if before is None:
        return [_("new, %(when)s") % {"when": _when(change.one, zone)}]
    if after is None:
        return [_("cancelled, was %(when)s") % {"when": _when(before, zone)}]
    differs = after.differs(before)
    parts = []
    if "title" in differs:
        parts.append(_("was called “%(title)s”") % {"title": before.title})
    if "starts_at" in differs or "ends_at" in differs:
        parts.append(_moved(before, after, zone))
    if "room" in differs:
        parts.append(_arrow(pgettext("of a session", "room"), before.room, after.room))
    if "place" in differs:
        parts.append(
            _arrow(pgettext("of a session", "place"), before.place, after.place)
        )
    if "online" in differs:
        parts.append(_("another link for joining online"))
    if "trainers" in differs:
        parts.append(
            _("other trainers")
            if names is None
            else _arrow(
                pgettext("of a session", "led by"),
                _named(before.trainers, names),
                _named(after.trainers, names),
            )
        )
    return parts


def _moved(before: Entry, after: Entry, zone: ZoneInfo) -> str:
    was, now = before.starts_at.astimezone(zone), after.starts_at.astimezone(zone)
    if was == now:
        return _("ends at %(now)s instead of %(was)s") % {
            "was": _clock(before.ends_at, zone),
            "now": _clock(after.ends_at, zone),
        }
    long = before.ends_at - before.starts_at == after.ends_at - after.starts_at
    if was.date() != now.date() or not long:
        return _("moved from %(was)s to %(now)s") % {
            "was": _when(before, zone),
            "now": _when(after, zone)
            if was.date() != now.date()
            else _hours(after, zone),
        }
    return _("moved from %(was)s to %(now)s") % {
        "was": _clock(before.starts_at, zone),
        "now": _clock(after.starts_at, zone),
    }


def _when(entry: Entry, zone: ZoneInfo) -> str:
    return f"{day(entry.starts_at.astimezone(zone).date())}, {_hours(entry, zone)}"


def _hours(entry: Entry, zone: ZoneInfo) -> str:
    return f"{_clock(entry.starts_at, zone)}–{_clock(entry.ends_at, zone)}"


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}".removeprefix("0")


def _arrow(label: str, before: object, after: object) -> str:
    return f"{label}: {str(before) or '–'} → {str(after) or '–'}"


def _named(codes: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(code, code) for code in codes)
