"""
A timetable as it is published, and what differs between two of them.

Read from sessions or from a version's ``content``; no database here. Every entry says
all that calendars need: how often it has changed, and when last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mosty.programmes.languages import Text

# What makes a session another than it was.
KEPT = ("title", "starts_at", "ends_at", "room", "place", "online", "trainers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One session as it was published; people by their codes."""

    uid: str
    title: Text
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    place: Text = field(default_factory=lambda: Text(""))
    online: str = ""
    trainers: tuple[str, ...] = ()
    # Led it in an earlier version: their calendars say that it is off.
    past_trainers: tuple[str, ...] = ()
    sequence: int = 0
    changed_at: datetime | None = None

    def kept(self) -> dict[str, Any]:
        """Return what is compared, as JSON has it."""
        return {
            "title": plain(self.title),
            "starts_at": self.starts_at.timestamp(),
            "ends_at": self.ends_at.timestamp(),
            "room": self.room,
            "place": plain(self.place),
            "online": self.online,
            "trainers": list(self.trainers),
        }

    def differs(self, other: "Entry") -> list[str]:
        """Return the names of what is not as in ``other``."""
        mine, theirs = self.kept(), other.kept()
        return [name for name in KEPT if mine[name] != theirs[name]]

    def meets(self, other: "Entry") -> bool:
        """Test if both take place at one moment; one may begin as the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Timetable:
    """The sessions in order, and those that were published once and are gone."""

    sessions: tuple[Entry, ...] = ()
    gone: tuple[Entry, ...] = ()

    def content(self) -> dict[str, Any]:
        """Return it as a version keeps it."""
        return {
            "sessions": [_as_json(entry) for entry in self.sessions],
            "gone": [_as_json(entry) for entry in self.gone],
        }

    def days(self, zone: ZoneInfo) -> list[tuple[date, list[Entry]]]:
        """Return the sessions by the days on which they begin on clocks in ``zone``."""
        found: dict[date, list[Entry]] = {}
        for entry in self.sessions:
            found.setdefault(entry.starts_at.astimezone(zone).date(), []).append(entry)
        return list(found.items())


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one session: new without ``before``, cancelled without ``after``."""

    before: Entry | None
    after: Entry | None

    @property
    def one(self) -> Entry:
        """Return the session as it is, or was last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("A change is of a session.")
        return found

    @property
    def people(self) -> frozenset[str]:
        """Return the codes of those who lead it now, or led it before."""
        return frozenset(
            code
            for entry in (self.before, self.after)
            if entry
            for code in entry.trainers
        )


def plain(text: object) -> object:
    """Return a translated text as JSON: each language that says something."""
    data = getattr(text, "data", text)
    if isinstance(data, Mapping):
        return {code: said for code, said in sorted(data.items()) if said}
    return data or ""


def ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the sessions as timetables show them."""
    return tuple(sorted(entries, key=lambda entry: (entry.starts_at, entry.uid)))


def read(content: Mapping[str, Any]) -> Timetable:
    """Return the timetable that a version keeps."""
    return Timetable(
        ordered(_entry(kept) for kept in content["sessions"]),
        ordered(_entry(kept) for kept in content["gone"]),
    )


def follow(last: Timetable, draft: Sequence[Entry], at: datetime) -> Timetable:
    """
    Return the timetable of the next version: the draft, with what calendars must know.

    A session that differs from the last version has a higher sequence, one that was
    published and is missing is gone, with a higher sequence, too.
    """
    before = {entry.uid: entry for entry in last.sessions}
    buried = {entry.uid: entry for entry in last.gone}
    sessions = []
    for entry in draft:
        old = before.get(entry.uid) or buried.get(entry.uid)
        if old is None:
            sessions.append(replace(entry, sequence=0, changed_at=at))
            continue
        past = {*old.past_trainers, *old.trainers} - set(entry.trainers)
        same = entry.uid in before and not entry.differs(old)
        sessions.append(
            replace(
                entry,
                past_trainers=tuple(sorted(past)),
                sequence=old.sequence if same else old.sequence + 1,
                changed_at=old.changed_at if same else at,
            )
        )
    there = {entry.uid for entry in draft}
    gone = [entry for uid, entry in buried.items() if uid not in there]
    gone += [
        replace(entry, sequence=entry.sequence + 1, changed_at=at)
        for uid, entry in before.items()
        if uid not in there
    ]
    return Timetable(ordered(sessions), ordered(gone))


def compare(before: Sequence[Entry], after: Sequence[Entry]) -> list[Change]:
    """Return what became of each session that is not as it was, in order of time."""
    old = {entry.uid: entry for entry in before}
    new = {entry.uid: entry for entry in after}
    changes = [
        Change(old.get(uid), new.get(uid))
        for uid in {**old, **new}
        if uid not in old or uid not in new or new[uid].differs(old[uid])
    ]
    return sorted(changes, key=lambda change: (change.one.starts_at, change.one.uid))


def _as_json(entry: Entry) -> dict[str, Any]:
    return {
        "uid": entry.uid,
        "title": plain(entry.title),
        "starts_at": entry.starts_at.isoformat(),
        "ends_at": entry.ends_at.isoformat(),
        "room": entry.room,
        "place": plain(entry.place),
        "online": entry.online,
        "trainers": list(entry.trainers),
        "past_trainers": list(entry.past_trainers),
        "sequence": entry.sequence,
        "changed_at": entry.changed_at.isoformat() if entry.changed_at else None,
    }


def _entry(kept: Mapping[str, Any]) -> Entry:
    changed = kept["changed_at"]
    return Entry(
        uid=kept["uid"],
        title=Text(kept["title"]),
        starts_at=datetime.fromisoformat(kept["starts_at"]),
        ends_at=datetime.fromisoformat(kept["ends_at"]),
        room=kept["room"],
        place=Text(kept["place"]),
        online=kept["online"],
        trainers=tuple(kept["trainers"]),
        past_trainers=tuple(kept["past_trainers"]),
        sequence=kept["sequence"],
        changed_at=datetime.fromisoformat(changed) if changed else None,
    )
