"""What the page shows on which a consultation is recorded: her favourites first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.infopoint.models import Consultation, Kind, Point, Returning, State
from mosty.infopoint.queries.lists import Choice, Lists, offered

# How many buttons a list shows; the rest is found by typing.
SHOWN = {
    # All of them: a topic is never typed.
    Kind.TOPIC: 100,
    Kind.NATIONALITY: 5,
    Kind.LANGUAGE: 5,
    Kind.LEGAL_STATUS: 4,
    Kind.REFERRAL: 4,
    Kind.DISTRICT: 6,
}
USUAL = 9
# In their own order, whatever is said most.
ORDERED = {Kind.SEX, Kind.AGE_BAND, Kind.DURATION, Kind.OUTCOME}
# Stay as they were for the next record.
STICKY = {Kind.OUTCOME, Kind.DURATION, Kind.CHANNEL, Kind.LANGUAGE, Kind.FUNDER}
REQUIRED = {Kind.TOPIC, Kind.OUTCOME, Kind.CHANNEL, Kind.LANGUAGE}
FIRST = (Kind.TOPIC, Kind.NATIONALITY, Kind.SEX, Kind.AGE_BAND)
SAME = (Kind.OUTCOME, Kind.DURATION, Kind.CHANNEL, Kind.LANGUAGE)
REST = (Kind.LEGAL_STATUS, Kind.REFERRAL, Kind.DISTRICT, Kind.FUNDER)
FAVOURITES_OF = timedelta(days=30)
MOST_READ = 200


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form holds, as it was typed; nothing of it need be possible."""

    day: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    topics: Sequence[str] = ()
    interpreter: bool = False
    returning: str = Returning.UNKNOWN
    note: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One question: its buttons, and what can be typed."""

    name: str
    label: str
    buttons: tuple[Choice, ...]
    others: tuple[Choice, ...] = ()
    chosen: str = ""
    typed: str = ""
    required: bool = False
    sticky: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The form for one consultation."""

    first: tuple[Group, ...]
    same: tuple[Group, ...]
    rest: tuple[Group, ...]
    returning: Group
    more_topics: tuple[tuple[Choice, bool], ...]
    day: str
    day_error: str
    earliest: date
    latest: date
    interpreter: bool
    note: str
    note_error: str
    sign: str
    # A part that is folded opens where something in it is filled or wrong.
    is_open: bool
    today: int = 0


def page(
    point: Point,
    user: User,
    now: datetime,
    filled: Filled | None = None,
    errors: Mapping[str, str] | None = None,
) -> Page:
    """Return the form, empty but for what stays, or as it was sent; three queries."""
    today = point.today(now)
    lists = offered(point, today)
    hers = list(_lately(point, user, now)[:MOST_READ])
    filled = filled or _as_last(hers, lists, today)
    shown = _form(point, lists, _favourites(hers), today, filled, errors or {})
    recorded = sum(row.day == today and row.state == State.COUNTED for row in hers)
    return replace(shown, today=recorded)


def correction_page(
    record: Consultation,
    now: datetime,
    filled: Filled | None = None,
    errors: Mapping[str, str] | None = None,
) -> Page:
    """Return the form with what a record says, or as it was sent; one query."""
    lists = offered(record.point, record.day, every=True)
    filled = filled or said(record, lists)
    today = record.point.today(now)
    return _form(record.point, lists, Counter(), today, filled, errors or {})


def said(record: Consultation, lists: Lists) -> Filled:
    """Return what a record says, as a form holds it."""
    by_key = {one.pk: one.code for choices in lists.values() for one in choices}
    return Filled(
        day=record.day.isoformat(),
        codes={
            kind: by_key.get(getattr(record, f"{kind}_id"), "")
            for kind in Kind
            if kind != Kind.TOPIC
        },
        topics=tuple(by_key[pk] for pk in record.topics if pk in by_key),
        interpreter=record.interpreter,
        returning=record.returning,
        note=record.note,
    )


def _lately(point: Point, user: User, now: datetime) -> QuerySet[Consultation]:
    return Consultation.objects.filter(
        recorder_key=user.ledger_key,
        recorded_at__gte=now - FAVOURITES_OF,
        point=point,
        # What came from a file was not typed here.
        imported__isnull=True,
    ).order_by("-recorded_at")


def _favourites(hers: Sequence[Consultation]) -> Counter[int]:
    found: Counter[int] = Counter()
    for row in hers:
        found.update(row.topics)
        found.update(
            key
            for kind in Kind
            if kind != Kind.TOPIC and (key := getattr(row, f"{kind}_id"))
        )
    return found


def _as_last(hers: Sequence[Consultation], lists: Lists, today: date) -> Filled:
    """Return an empty form, with what stays as it was in her last record."""
    if not hers:
        return Filled(day=today.isoformat())
    last = said(hers[0], lists)
    codes = {kind: code for kind, code in last.codes.items() if kind in STICKY}
    return Filled(day=today.isoformat(), codes=codes)


def _form(
    point: Point,
    lists: Lists,
    favourites: Counter[int],
    today: date,
    filled: Filled,
    errors: Mapping[str, str],
) -> Page:
    group = partial(_group, lists, favourites, filled, errors)
    main = filled.topics[0] if filled.topics else ""
    topics = group(Kind.TOPIC)
    rest = tuple(group(kind) for kind in REST if lists.get(kind))
    folded = {"day", "note", *(one.name for one in rest)}
    return Page(
        first=(replace(topics, chosen=main), *map(group, FIRST[1:])),
        same=tuple(map(group, SAME)),
        rest=rest,
        returning=Group(
            "returning",
            _("First time here?"),
            tuple(Choice(0, value, str(label)) for value, label in Returning.choices),
            chosen=filled.returning,
        ),
        more_topics=tuple(
            (one, one.code in filled.topics[1:])
            for one in (*topics.buttons, *topics.others)
        ),
        day=filled.day or today.isoformat(),
        day_error=errors.get("day", ""),
        earliest=point.opened_on,
        latest=today,
        interpreter=filled.interpreter,
        note=filled.note,
        note_error=errors.get("note", ""),
        sign=filled.sign,
        is_open=bool(folded & set(errors))
        or len(filled.topics) > 1
        or bool(filled.note),
    )


def _group(
    lists: Lists,
    favourites: Counter[int],
    filled: Filled,
    errors: Mapping[str, str],
    kind: Kind,
) -> Group:
    choices = lists.get(kind, [])
    chosen = filled.codes.get(kind, "")
    if kind not in ORDERED:
        # sorted() keeps the list's own order among what is said as often.
        choices = sorted(choices, key=lambda one: -favourites[one.pk])
    shown = SHOWN.get(kind, USUAL)
    buttons, others = choices[:shown], choices[shown:]
    if hidden := [one for one in others if one.code == chosen]:
        # What is chosen is always a button.
        others = [*buttons[-1:], *(one for one in others if one not in hidden)]
        buttons = [*buttons[:-1], *hidden]
    return Group(
        kind,
        str(kind.label) if kind != Kind.TOPIC else _("Main topic"),
        tuple(buttons),
        tuple(sorted(others, key=lambda one: one.label.casefold())),
        chosen,
        filled.typed.get(kind, ""),
        kind in REQUIRED,
        kind in STICKY,
        errors.get(kind, ""),
    )
