"""
The dry run: each row held against the rules and against what is there; writes nothing.

A row is known again by its city and e-mail address. That makes a repetition of the
same file find everything as it is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from mosty.importing.queries import plans
from mosty.importing.queries.faults import Fault
from mosty.importing.queries.tables import Table
from mosty.nominations.models import Call, Invitation, Nomination
from mosty.nominations.models.nominations import LIVE
from mosty.nominations.queries.imports import alike
from mosty.nominations.queries.imports.cities import Cities, City, cities_of
from mosty.nominations.queries.imports.rows import Said, missing, read_rows
from mosty.nominations.rules import Rules
from mosty.nominations.rules.check import Entry, breaches

Kind = Literal["new", "changed", "same", "error"]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a nomination that a row changes."""

    field: str
    before: object
    after: object


@dataclass(slots=True)
class Row:
    """What becomes of one row."""

    line: int
    city: City | None
    values: Mapping[str, Any]
    faults: list[Fault]
    warnings: list[Fault] = field(default_factory=list)
    nomination: Nomination | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """Return whether the row is new, changed, the same, or cannot be taken."""
        if self.faults:
            return "error"
        if self.nomination is None:
            return "new"
        return "changed" if self.changes else "same"

    @property
    def key(self) -> tuple[int, str] | None:
        """Return by what the row is known again, if it says enough."""
        if self.city is None or "email" not in self.values:
            return None
        return self.city.pk, self.values["email"].casefold()

    @property
    def mark(self) -> tuple[object, ...]:
        """Return what is different whenever something else would become of it."""
        code = self.nomination.code if self.nomination else ""
        values = sorted(self.values.items())
        return self.line, self.kind, self.key, code, self.changes, values


@dataclass(frozen=True)
class Plan(plans.Plan):
    """What an import would do."""

    kinds: ClassVar = ("new", "changed", "same", "error")
    writes: ClassVar = ("new", "changed")

    rules: Rules
    cities: Cities
    rows: Sequence[Row]
    missing: Sequence[str] = ()
    # Cities that would still have nominated too few, with their number.
    short: Sequence[tuple[str, int]] = ()

    @property
    def warnings(self) -> int:
        """Return how much is odd without being wrong."""
        return sum(len(row.warnings) for row in self.rows) + len(self.short)


def cities_named(call: Call, table: Table, *, own: int | None) -> set[int]:
    """Return the cities that the rows of ``table`` name, ``own`` where it is one's."""
    if own is not None:
        return {own}
    at = table.columns.get("city")
    if at is None:
        return set()
    cities = cities_of(call)
    texts = {cells[at] for _line, cells in table.rows}
    return {city.pk for city in map(cities.find, texts) if city}


def make(*, call: Call, table: Table, own: int | None, now: datetime) -> Plan:
    """
    Return what importing ``table`` into ``call`` would do.

    ``own``: the city whose rows alone may stand in the table. Few queries, however
    many rows there are.
    """
    cities, rules = cities_of(call), call.rules
    city = cities.by_pk[own] if own is not None else None
    if lacking := missing(table, own=city):
        return Plan(rules, cities, (), lacking)
    said = list(read_rows(table, cities, own=city))
    standing = _standing(call, {one.city.pk for one in said if one.city})
    today = call.course.programme.local(now).date()
    rows = _matched(said, standing)
    for row in rows:
        _judge(row, rules)
        _wonder(row, today)
    _cap(rows, standing, rules)
    if own is None:
        # A city is not told whom others have nominated.
        _compare_addresses(call, rows, cities)
    _compare_names(rows, standing)
    return Plan(rules, cities, rows, short=_short(call, rows, standing, rules))


def _standing(call: Call, cities: Iterable[int]) -> dict[int, list[Nomination]]:
    """Return the nominations of these cities, withdrawn ones too, and of no others."""
    found: defaultdict[int, list[Nomination]] = defaultdict(list)
    for nomination in Nomination.objects.filter(
        call=call, organisation__in=list(cities)
    ).order_by("pk"):
        found[nomination.organisation_id].append(nomination)
    return dict(found)


def _matched(
    said: Iterable[Said], standing: Mapping[int, Sequence[Nomination]]
) -> list[Row]:
    """Return the rows, each with the nomination that it is about."""
    rows = [Row(one.line, one.city, one.values, one.faults) for one in said]
    by_key: defaultdict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.key:
            by_key[row.key].append(row)
    there: defaultdict[tuple[int, str], list[Nomination]] = defaultdict(list)
    for pk, nominations in standing.items():
        for nomination in nominations:
            there[pk, nomination.email.casefold()].append(nomination)
    for key, alike_rows in by_key.items():
        if len(alike_rows) > 1:
            lines = [row.line for row in alike_rows]
            for row in alike_rows:
                others = [line for line in lines if line != row.line]
                row.faults.append(Fault("twice", "email", params={"lines": others}))
            continue
        _match(alike_rows[0], there.get(key, ()))
    return rows


def _match(row: Row, found: Sequence[Nomination]) -> None:
    live = [nomination for nomination in found if nomination.state in LIVE]
    if len(live) > 1:
        # The form lets a city enter one address twice; a file that repeats one of
        # the two is no mistake, any other could mean either.
        same = [nomination for nomination in live if not _changes(row, nomination)]
        live = same[:1]
        if not same:
            row.faults.append(Fault("ambiguous", "email"))
            return
    if live:
        row.nomination = live[0]
        row.changes = _changes(row, live[0])
    elif found:
        row.faults.append(Fault("withdrawn", "email"))


def _changes(row: Row, nomination: Nomination) -> list[Change]:
    # Addresses that differ in case are the same, so there is nothing to change.
    found = [
        Change(name, getattr(nomination, name), value)
        for name, value in row.values.items()
        if name != "email" and getattr(nomination, name) != value
    ]
    if nomination.state == Nomination.State.DRAFT:
        found.append(Change("state", nomination.state, Nomination.State.SUBMITTED))
    return found


def _judge(row: Row, rules: Rules) -> None:
    """Hold a row that would write something against the rules about a person."""
    if row.city is None or row.faults or row.kind == "same":
        return
    entry = Entry(
        organisation=row.city.slug,
        takes_part=row.city.takes_part,
        department=row.values["department"],
        level=row.values["level"],
        in_post_since=row.values.get("in_post_since"),
    )
    for breach in breaches(rules, entry):
        column = "city" if breach.field == "organisation" else breach.field
        row.faults.append(Fault("rule", column, params={"breach": breach.as_json()}))


def _wonder(row: Row, today: date) -> None:
    since = row.values.get("in_post_since")
    if since is not None and since > today:
        row.warnings.append(Fault("future", "in_post_since", since.isoformat()))


def _cap(
    rows: Iterable[Row], standing: Mapping[int, Sequence[Nomination]], rules: Rules
) -> None:
    """Refuse the new rows of a city beyond the most that it may nominate."""
    new: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        # A row with a mistake counts, so that mending it brings no new refusal.
        if row.city and row.nomination is None and not _is_settled(row):
            new[row.city.pk].append(row)
    for row in rows:
        # A draft may be left over from rules that allowed more.
        if row.city and any(change.field == "state" for change in row.changes):
            there = len(_live(standing[row.city.pk]))
            if there > rules.most:
                params = {"standing": there, "new": 0}
                row.faults.append(Fault("most", "city", params=params))
    for pk, added in new.items():
        there = len(_live(standing.get(pk, ())))
        for row in added[max(0, rules.most - there) :]:
            params = {"standing": there, "new": len(added)}
            row.faults.append(Fault("most", "city", params=params))


def _is_settled(row: Row) -> bool:
    """Test if a fault of the row already says that it cannot be a new nomination."""
    return any(
        fault.code in {"twice", "ambiguous", "withdrawn"} for fault in row.faults
    )


def _live(nominations: Iterable[Nomination]) -> list[Nomination]:
    return [nomination for nomination in nominations if nomination.state in LIVE]


def _compare_addresses(call: Call, rows: Iterable[Row], cities: Cities) -> None:
    """Note rows whose address another city's nomination has too."""
    by_email: defaultdict[str, set[int]] = defaultdict(set)
    for pk, email in Nomination.objects.filter(call=call, state__in=LIVE).values_list(
        "organisation_id", "email"
    ):
        by_email[email.casefold()].add(pk)
    keyed = [(row, row.key) for row in rows if row.key and row.kind != "same"]
    for _row, (pk, email) in keyed:
        by_email[email].add(pk)
    for row, (pk, email) in keyed:
        if others := by_email[email] - {pk}:
            names = sorted(cities.by_pk[other].name for other in others)
            row.warnings.append(Fault("elsewhere", "email", params={"cities": names}))


def _compare_names(
    rows: Iterable[Row], standing: Mapping[int, Sequence[Nomination]]
) -> None:
    """Note rows whose name is like another one's in the same city."""
    by_city: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        named = "given_name" in row.values and "family_name" in row.values
        if row.city and named and row.kind != "same":
            by_city[row.city.pk].append(row)
    for pk, found in by_city.items():
        _compare_names_of_city(found, _live(standing.get(pk, ())))


def _compare_names_of_city(rows: Sequence[Row], standing: Sequence[Nomination]) -> None:
    parts = [
        alike.parts(f"{row.values['given_name']} {row.values['family_name']}")
        for row in rows
    ]
    matched = {row.nomination.pk for row in rows if row.nomination}
    there = [
        (nomination.code, alike.parts(nomination.name_key))
        for nomination in standing
        if nomination.pk not in matched
    ]
    for at, row in enumerate(rows):
        lines = [
            rows[other].line
            for other in range(at)
            if alike.are_alike(parts[at], parts[other])
        ]
        codes = [code for code, name in there if alike.are_alike(parts[at], name)]
        if lines or codes:
            params = {"lines": lines, "codes": codes}
            row.warnings.append(Fault("like_name", "family_name", params=params))


def _short(
    call: Call,
    rows: Iterable[Row],
    standing: Mapping[int, Sequence[Nomination]],
    rules: Rules,
) -> list[tuple[str, int]]:
    """Return the cities of the file that would still be below the least."""
    if rules.least <= 1:
        return []
    waived = set(
        Invitation.objects.filter(call=call)
        .exclude(waiver="")
        .values_list("organisation_id", flat=True)
    )
    total = Counter({pk: len(_live(there)) for pk, there in standing.items()})
    names: dict[int, str] = {}
    for row in rows:
        if row.city:
            names[row.city.pk] = row.city.name
            total[row.city.pk] += row.kind == "new"
    return sorted(
        (names[pk], total[pk])
        for pk in names
        if total[pk] < rules.least and pk not in waived
    )
