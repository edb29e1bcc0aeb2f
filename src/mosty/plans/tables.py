"""
A plan as a table that goes out and comes back: which columns it has, and what a row says.

What leaves and comes back unchanged is the same plan. Reading makes one space of several
and drops what nobody sees, so that texts are compared as they are read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from i18nfield.strings import LazyI18nString

from mosty.kernel.names import clean, fold
from mosty.kernel.sheets.mapping import Column
from mosty.kernel.sheets.table import Cell
from mosty.kernel.sheets.values import BadValue, parse_choice, parse_date
from mosty.kernel.sheets.write import Value
from mosty.plans.labels import Labels
from mosty.plans.models import LINKS, Action, Status, Visibility
from mosty.plans.queries.topics import Topic

LANGUAGES = ("pl", "en")
# Field of an action -> the heading of its column, in the order of the columns.
HEADINGS: Mapping[str, str | Promise] = {
    "code": pgettext_lazy("column of a plan", "Line code"),
    "objective": _("Objective"),
    "what": pgettext_lazy("plan", "Action"),
    "lead": _("Who leads"),
    "partners": pgettext_lazy("plan", "Partners"),
    "starts_on": _("From"),
    "ends_on": _("Until"),
    "resources": _("Resources"),
    "risk": _("Risk"),
    "output": _("Output indicator: what is done"),
    "output_unit": _("Unit of the output"),
    "output_baseline": _("Output: baseline"),
    "output_target": _("Output: target"),
    "result": _("Result indicator: what changes"),
    "result_unit": _("Unit of the result"),
    "result_baseline": _("Result: baseline"),
    "result_target": _("Result: target"),
    "topic": pgettext_lazy("plan", "Topic"),
    "practices": _("Good practices"),
    "stakeholders": _("Partners on our map"),
    "needs": _("Needs it answers"),
    "visibility": _("Who sees it"),
    "status": _("Status"),
    "percent": pgettext_lazy("column of a plan", "Done, percent"),
}
DAYS = ("starts_on", "ends_on")
NUMBERS = ("output_baseline", "output_target", "result_baseline", "result_target")
TEXTS = tuple(
    name
    for name in HEADINGS
    if name not in {*DAYS, *NUMBERS, "code", "objective", "topic"}
    and name not in {"visibility", "status", "percent", *LINKS}
)
_LONGEST = {
    field.name: field.max_length
    for field in Action._meta.concrete_fields
    if field.max_length is not None
}


def columns() -> tuple[Column, ...]:
    """Return the columns, each known by its heading in every language of the site."""
    return tuple(
        Column(
            key,
            tuple(dict.fromkeys(_in(language, heading) for language in LANGUAGES)),
            required=key == "what",
            label=heading,
        )
        for key, heading in HEADINGS.items()
    )


def _in(language: str, text: str | Promise) -> str:
    with override(language):
        return str(text)


def header() -> list[str]:
    """Return the headings in the reader's language."""
    return [str(heading) for heading in HEADINGS.values()]


def choices() -> dict[int, list[str]]:
    """Return, by the place of a column, the answers it offers."""
    names = list(HEADINGS)
    return {
        names.index("status"): [str(label) for label in Status.labels],
        names.index("visibility"): [str(label) for label in Visibility.labels],
    }


def lines(
    actions: Sequence[Action], linked: Mapping[int, Mapping[str, str]]
) -> Iterator[list[Value]]:
    """Yield a row for each action, its objective read with it; ``linked`` by action."""
    for action in actions:
        values: dict[str, Value] = {
            name: getattr(action, name)
            for name in HEADINGS
            if name in TEXTS or name in DAYS
        }
        for name in NUMBERS:
            number: Decimal | None = getattr(action, name)
            # As text: a float would change what was typed.
            values[name] = None if number is None else plain_number(number)
        values |= {
            "code": action.code,
            "objective": action.objective.text,
            "topic": str(action.topic),
            "visibility": str(Visibility(action.visibility).label),
            "status": str(Status(action.status).label),
            "percent": action.percent,
            **linked[action.pk],
        }
        yield [values[name] for name in HEADINGS]


def plain_number(number: Decimal) -> str:
    """Return a number without needless zeros, with a point."""
    return f"{number.normalize():f}"


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in one cell."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Read:
    """One row as it was read; ``values`` hold only what the table has a column for."""

    line: int
    code: str
    objective: str
    values: Mapping[str, Any]
    visibility: int | None
    status: str | None
    percent: int | None


def read_row(
    line: int,
    cells: Mapping[str, Cell],
    topics: Mapping[str, Topic],
    labels: Mapping[str, Labels],
) -> tuple[Read, list[Wrong]]:
    """
    Return what a row says, and everything wrong in it.

    ``topics`` by folded words; ``labels`` of what actions are linked with, by field.
    """
    wrong: list[Wrong] = []
    values: dict[str, Any] = {}

    def tried(name: str, parse: Any) -> Any:
        cell = cells.get(name, "")
        if cell == "":
            return None
        try:
            return parse(cell)
        except BadValue as bad:
            wrong.append(Wrong(line, str(HEADINGS[name]), str(bad)))
            return None

    for name in cells:
        if name in TEXTS:
            values[name] = tried(name, lambda cell, name=name: _text(cell, name)) or ""
        elif name in DAYS:
            values[name] = tried(name, parse_date)
        elif name in NUMBERS:
            values[name] = tried(name, _number)
        elif name == "topic":
            values[name] = tried(name, lambda cell: _topic(cell, topics)) or ""
        elif name in LINKS:
            known = labels[name]
            keys = tried(name, lambda cell, known=known: _linked(cell, known)) or []
            values[name] = sorted(map(int, keys)) if name == "needs" else keys
    if "what" in cells and not values.get("what"):
        wrong.append(
            Wrong(line, str(HEADINGS["what"]), str(_("Say what is to be done.")))
        )
    return (
        Read(
            line=line,
            code=clean(str(cells.get("code", ""))).upper(),
            objective=tried("objective", lambda cell: _text(cell, "text")) or "",
            values=values,
            visibility=tried("visibility", lambda cell: parse_choice(cell, _circles())),
            status=tried("status", lambda cell: parse_choice(cell, _statuses())),
            percent=tried("percent", _percent),
        ),
        wrong,
    )


def _text(cell: Cell, name: str) -> str:
    text = cell.isoformat() if isinstance(cell, date) else cell
    most = _LONGEST.get(name, 500)
    if len(text) > most:
        raise BadValue(
            _("This text is too long: at most %(most)s characters.") % {"most": most}
        )
    return text


def _number(cell: Cell) -> Decimal:
    text = str(cell).replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number) >= Decimal(10) ** 10:
        raise BadValue(_("“%(text)s” is not a number. Example: 12.5") % {"text": cell})
    if number != round(number, 2):
        raise BadValue(_("“%(text)s” has more than two decimals.") % {"text": cell})
    return number


def _percent(cell: Cell) -> int:
    text = str(cell).strip().removesuffix("%").strip()
    if not text.isdecimal() or len(text) > 3 or int(text) > 100:
        raise BadValue(
            _("“%(text)s” is no percentage. Write a whole number from 0 to 100.")
            % {"text": cell}
        )
    return int(text)


def _topic(cell: Cell, topics: Mapping[str, Topic]) -> Topic:
    found = topics.get(fold(str(cell)))
    if found is None:
        # The nearest is offered, as for every choice.
        key = parse_choice(cell, {key: (str(topic),) for key, topic in topics.items()})
        return topics[key]
    return found


def _linked(cell: Cell, labels: Labels) -> list[str]:
    keys, unknown = labels.read(str(cell))
    for words in unknown:
        if near := labels.nearest(words):
            raise BadValue(
                _("“%(text)s” is not known here. Perhaps: %(label)s.")
                % {"text": words, "label": near}
            )
        raise BadValue(
            _("“%(text)s” is not known here. Choose it on the screen of the plan.")
            % {"text": words}
        )
    return keys


def topics_by_words(topics: Sequence[Topic]) -> dict[str, Topic]:
    """Return topics by what they are called in each language, folded."""
    found: dict[str, Topic] = {}
    for topic in topics:
        data = topic.text.data if isinstance(topic.text, LazyI18nString) else topic.text
        words = data.values() if isinstance(data, Mapping) else [data]
        for word in words:
            if word:
                found.setdefault(fold(str(word)), topic)
    return found


def _statuses() -> dict[str, tuple[object, ...]]:
    return {
        str(status): (
            status.label,
            str(status),
            *(_in(language, status.label) for language in LANGUAGES),
        )
        for status in Status
    }


def _circles() -> dict[int, tuple[object, ...]]:
    return {
        int(level): (
            level.label,
            *(_in(language, level.label) for language in LANGUAGES),
        )
        for level in Visibility
    }
