"""
A whole plan as data: what is kept when it is signed off, printed, and shown.

``read(as_json(plan))`` is the plan again. Numbers are kept as text, days as ISO.
"""

import hashlib
import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from i18nfield.strings import LazyI18nString

from mosty.plans.models import LINKS


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, from where to where."""

    text: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None

    @property
    def is_said(self) -> bool:
        """Test if there is one at all."""
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Linked:
    """What an action is linked with: its key, and what it was called then, by language."""

    key: str
    name: Mapping[str, str]
    # The city's own business: a stakeholder of its map, a code of its own list.
    is_private: bool = False

    @property
    def words(self) -> str:
        """Return its name in the reader's language."""
        return str(LazyI18nString(dict(self.name)))


@dataclass(frozen=True, slots=True)
class Line:
    """One action."""

    pk: int
    code: str
    number: str
    what: str
    lead: str
    partners: str
    starts_on: date | None
    ends_on: date | None
    resources: str
    risk: str
    output: Indicator
    result: Indicator
    topic: Mapping[str, str]
    visibility: int
    practices: tuple[Linked, ...] = ()
    stakeholders: tuple[Linked, ...] = ()
    needs: tuple[Linked, ...] = ()

    @property
    def topic_words(self) -> str:
        """Return the topic in the reader's language."""
        return str(LazyI18nString(dict(self.topic))) if self.topic else ""


@dataclass(frozen=True, slots=True)
class Aim:
    """One objective with its actions."""

    pk: int
    number: str
    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A plan."""

    title: str
    context: str
    language: str
    aims: tuple[Aim, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return all actions, in order."""
        return tuple(line for aim in self.aims for line in aim.lines)


def as_json(content: Content) -> dict[str, Any]:
    """Return ``content`` as it is kept."""
    return json.loads(json.dumps(asdict(content), default=str))  # type: ignore[no-any-return]  # a dict


def digest(stored: Mapping[str, Any]) -> str:
    """Return what a kept plan is known by: the same text, the same digest."""
    plain = json.dumps(stored, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def read(stored: Mapping[str, Any]) -> Content:
    """Return the plan that was kept as ``stored``."""
    return Content(
        title=stored["title"],
        context=stored["context"],
        language=stored["language"],
        aims=tuple(
            Aim(
                aim["pk"],
                aim["number"],
                aim["text"],
                tuple(_line(line) for line in aim["lines"]),
            )
            for aim in stored["aims"]
        ),
    )


def _line(stored: Mapping[str, Any]) -> Line:
    # What was signed off before actions had links has none.
    given = {
        field.name: stored.get(field.name, ())
        if field.name in LINKS
        else stored[field.name]
        for field in fields(Line)
    }
    for name in ("starts_on", "ends_on"):
        given[name] = date.fromisoformat(given[name]) if given[name] else None
    for name in ("output", "result"):
        given[name] = _indicator(given[name])
    for name in LINKS:
        given[name] = tuple(Linked(**one) for one in given[name])
    return Line(**given)


def _indicator(stored: Mapping[str, Any]) -> Indicator:
    return Indicator(
        stored["text"],
        stored["unit"],
        *(
            None if stored[name] is None else Decimal(stored[name])
            for name in ("baseline", "target")
        ),
    )


def shown(content: Content, open_lines: Mapping[int, int], level: int) -> Content:
    """
    Return what of ``content`` somebody sees who sees lines from ``level`` on.

    ``open_lines`` says how widely each line is shown today, by its key: sharing needs
    no new signature. Objectives without a line to show are left out.
    """
    if not level:
        return content
    aims: list[Aim] = []
    for aim in content.aims:
        lines: Sequence[Line] = [
            line for line in aim.lines if open_lines.get(line.pk, -1) >= level
        ]
        if lines:
            aims.append(replace(aim, lines=tuple(lines)))
    return replace(content, aims=tuple(aims))


def stakeholders_of(content: Content) -> frozenset[str]:
    """Return the keys of the actors with whom ``content`` is linked."""
    return frozenset(one.key for line in content.lines for one in line.stakeholders)


def without_private(content: Content, but: Container[str] = ()) -> Content:
    """Return ``content`` without links that are the city's own business, ``but`` some."""
    return replace(
        content,
        aims=tuple(
            replace(aim, lines=tuple(_bare(line, but) for line in aim.lines))
            for aim in content.aims
        ),
    )


def _bare(line: Line, but: Container[str]) -> Line:
    def open_ones(links: Sequence[Linked]) -> tuple[Linked, ...]:
        return tuple(one for one in links if not one.is_private or one.key in but)

    return replace(
        line,
        practices=open_ones(line.practices),
        stakeholders=open_ones(line.stakeholders),
        needs=open_ones(line.needs),
    )
