"""What each row of a table says of one consultation, and what cannot be understood."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mosty.importing.queries.faults import Fault
from mosty.importing.queries.tables import Table
from mosty.infopoint.models import Kind, Returning
from mosty.infopoint.queries.imports.columns import (
    DAY,
    INTERPRETER,
    NEEDED,
    RETURNING,
    TOPIC,
    TOPICS,
)
from mosty.infopoint.queries.imports.days import Days
from mosty.infopoint.queries.imports.table import HIDDEN, places_of
from mosty.infopoint.queries.imports.vocabulary import (
    NO,
    RETURNING_WORDS,
    YES,
    Lists,
)
from mosty.kernel.names import fold

# What people put into a cell that they leave empty.
_NOTHING = frozenset({"", "-", "–", "—", ".", "?"})
_APART = re.compile(r"[;|\n]")
_SINGLE = tuple(kind.value for kind in Kind if kind != Kind.TOPIC)
_MOST_TOPICS = 20
# Words of a header by which "yes" says that somebody is new, or has been here.
_IS_NEW = frozenset(
    map(fold, ("first", "new", "pierwszy", "pierwsza", "nowa", "nowy", "вперше", "упершыню", "уперше", "впервые"))
)  # fmt: skip
_IS_BACK = frozenset(
    map(fold, ("before", "returning", "wcześniej", "ponownie", "kolejna", "powracająca", "powracający", "раніше", "раней", "раньше"))
)  # fmt: skip


@dataclass(slots=True)
class Said:
    """What one row says: fields of a record by their names, or what is wrong."""

    line: int
    day: date | None = None
    operation: int | None = None
    # Fields of the record; topics as a tuple, the main one first.
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def missing(table: Table) -> list[str]:
    """Return the keys of columns without which no row can be understood."""
    given = {*table.columns, *table.fixed}
    if TOPICS in given:
        given.add(TOPIC)
    return [key for key in NEEDED if key not in given]


def read_rows(table: Table, lists: Lists, days: Days) -> Iterator[Said]:
    """Yield what each row says; every text of a list is understood once a day."""
    reader = _Reader(table, lists)
    places = places_of(table)
    for line, cells in table.rows:
        texts = {
            key: "" if cells[at] in _NOTHING else cells[at]
            for key, at in places.items()
        }
        texts |= table.fixed
        said = Said(line)
        day = days.read(texts.get(DAY, ""))
        if isinstance(day, Fault):
            said.faults.append(day)
        else:
            said.day, said.operation = day, days.operation_on(day)
        reader.read(texts, said)
        yield said


class _Reader:
    """Understands cells, and remembers what they said."""

    def __init__(self, table: Table, lists: Lists) -> None:
        self._lists = lists
        self._codes: dict[tuple[str, str, date | None], int | Fault] = {}
        self._parted: dict[tuple[str, date | None], tuple[str, ...]] = {}
        at = table.columns.get(RETURNING)
        words = set(fold(table.header[at]).split()) if at is not None else set()
        self._yes_is_new = bool(words & _IS_NEW) and not words & _IS_BACK
        self._yes_is_back = bool(words & _IS_BACK) and not words & _IS_NEW

    def read(self, texts: Mapping[str, str], said: Said) -> None:
        """Put into ``said`` what the row says, and what is wrong with it."""
        for kind in _SINGLE:
            text = texts.get(kind, "")
            found = self._code(kind, text, said.day) if text else None
            if isinstance(found, Fault):
                said.faults.append(found)
            elif found is None and kind in NEEDED:
                said.faults.append(Fault("empty", kind))
            else:
                said.values[f"{kind}_id"] = found
        self._topics(texts, said)
        self._interpreter(texts.get(INTERPRETER, ""), said)
        self._returning(texts.get(RETURNING, ""), said)

    def _topics(self, texts: Mapping[str, str], said: Said) -> None:
        named = [
            (key, part)
            for key in (TOPIC, TOPICS)
            for part in self._apart(texts.get(key, ""), said.day)
        ]
        if not named:
            said.faults.append(Fault("empty", TOPIC))
        keys: list[int] = []
        for key, part in named:
            found = self._code(TOPIC, part, said.day)
            if isinstance(found, Fault):
                said.faults.append(Fault(found.code, key, found.value, found.params))
            else:
                keys.append(found)
        # Each once; the main one stays first.
        found_keys = tuple(dict.fromkeys(keys))
        if len(found_keys) > _MOST_TOPICS:
            said.faults.append(Fault("topics", TOPICS, params={"most": _MOST_TOPICS}))
        said.values["topics"] = found_keys

    def _apart(self, text: str, day: date | None) -> tuple[str, ...]:
        """Return the topics in a cell: a name may have commas, and so may their list."""
        if not text:
            return ()
        if (text, day) not in self._parted:
            self._parted[text, day] = tuple(self._parts(text))
        return self._parted[text, day]

    def _parts(self, text: str) -> Iterator[str]:
        if self._lists.named(TOPIC, text):
            yield text
            return
        for part in filter(None, map(str.strip, _APART.split(text))):
            words = part.split(" ")
            if len(words) > 1 and all(self._lists.named(TOPIC, one) for one in words):
                # As programs for forms write several answers: by codes.
                yield from words
                continue
            yield from self._joined([one.strip() for one in part.split(",")])

    def _joined(self, pieces: Sequence[str]) -> Iterator[str]:
        """Yield names made of as many pieces between commas as make one."""
        at = 0
        while at < len(pieces):
            for end in range(len(pieces), at, -1):
                name = ", ".join(pieces[at:end])
                if end == at + 1 or self._lists.named(TOPIC, name):
                    break
            if name:
                yield name
            at = end

    def _code(self, kind: str, text: str, day: date | None) -> int | Fault:
        key = (kind, text, day)
        if key not in self._codes:
            self._codes[key] = self._understood(kind, text, day)
        return self._codes[key]

    def _understood(self, kind: str, text: str, day: date | None) -> int | Fault:
        if text == HIDDEN:
            return Fault("personal", kind)
        named = self._lists.named(kind, text)
        if not named:
            return Fault("unknown", kind, text, {"day": day.isoformat() if day else ""})
        if day is None:
            # The day is wrong already; the code holds on some day.
            return named[0].pk
        found = self._lists.find(kind, text, day)
        if found is not None:
            return found.pk
        held = [known for known in named if known.holds_on(day)]
        params = {"day": day.isoformat(), "codes": [one.code for one in held]}
        return Fault("several" if held else "not_that_day", kind, text, params)

    def _interpreter(self, text: str, said: Said) -> None:
        word = fold(text)
        if not word or word in NO:
            said.values[INTERPRETER] = False
        elif word in YES:
            said.values[INTERPRETER] = True
        else:
            said.faults.append(Fault("yes_or_no", INTERPRETER, text))

    def _returning(self, text: str, said: Said) -> None:
        word = fold(text)
        found = RETURNING_WORDS.get(word) if word else str(Returning.UNKNOWN)
        told = self._yes_is_new or self._yes_is_back
        if found is None and told and word in YES | NO:
            is_new = (word in YES) == self._yes_is_new
            found = str(Returning.NEW if is_new else Returning.RETURNING)
        if found is None:
            said.faults.append(Fault("new_or_returning", RETURNING, text))
        else:
            said.values[RETURNING] = found
