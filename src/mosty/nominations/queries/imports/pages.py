"""What the pages of imports show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.importing.queries.faults import Fault
from mosty.importing.queries.pages import SHOWN, Item, items
from mosty.importing.queries.tables import Table, table_of
from mosty.importing.queries.tables import samples as samples_of
from mosty.kernel.names import sort_key
from mosty.nominations import policies
from mosty.nominations.models import Call, ImportedFile
from mosty.nominations.queries import participants
from mosty.nominations.queries.imports import plan as plans
from mosty.nominations.queries.imports import sentences
from mosty.nominations.queries.imports.columns import label
from mosty.nominations.queries.imports.plan import Plan, Row
from mosty.nominations.rules.labels import value_label


@dataclass(frozen=True, slots=True)
class Trouble:
    """One error or warning: where, about whom, and the sentence."""

    line: int | str
    who: str
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that a row changes."""

    line: int
    who: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person whom a row nominates."""

    line: int
    city: str
    name: str
    email: str
    department: str
    level: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One line of a report: what became of a row, and the nomination's code."""

    line: int
    kind: str
    code: str
    fields: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The dry run as a page shows it; each list is cut at ``SHOWN``."""

    digest: str
    can_be_taken: bool
    is_known: bool
    new: int
    changed: int
    same: int
    errors: int
    warnings: int
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    faults: Sequence[Trouble]
    oddities: Sequence[Trouble]
    differences: Sequence[Difference]
    people: Sequence[Person]


def importable(user: User, call: Call) -> tuple[bool, list[Organisation]]:
    """
    Return if ``user`` may bring in the whole call's list, and for which cities one's.

    Somebody for whom there are neither has no such page.
    """
    known = policies.reach(user, call)
    if known.gathers:
        cities = participants.for_call(call)
    else:
        cities = Organisation.objects.filter(
            pk__in=known.cities, kind=Organisation.Kind.CITY
        )
    return known.gathers, sorted(cities, key=lambda city: sort_key(str(city)))


def list_of(user: User, call: Call) -> list[Item]:
    """Return the call's imports that ``user`` may see, newest first; one query."""
    return items(policies.imports_visible_to(user).filter(call=call).distinct())


def plan_of(imported: ImportedFile, now: datetime) -> Plan:
    """Return what taking the file over would do now."""
    return plans.make(
        call=imported.call,
        table=table_of(imported),
        own=imported.organisation_id,
        now=now,
    )


def trial(imported: ImportedFile, now: datetime) -> Trial:
    """Return the dry run of a file that waits."""
    plan, table = plan_of(imported, now), table_of(imported)
    counts = plan.counts
    return Trial(
        digest=plan.digest,
        can_be_taken=plan.can_be_taken,
        is_known=plan.is_known,
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        errors=counts["error"],
        warnings=plan.warnings,
        missing=tuple(label(key) for key in plan.missing),
        unused=table.unused,
        faults=_troubles(((row, row.faults) for row in plan.rows), plan),
        oddities=_oddities(plan),
        differences=_differences(plan.rows),
        people=_people(plan.rows),
    )


def samples(table: Table) -> list[str]:
    """Return the first filled cell under each name of the header."""
    return samples_of(table, range(len(table.header)))


def _troubles(
    found: Iterable[tuple[Row, Iterable[Fault]]], plan: Plan
) -> list[Trouble]:
    shown: list[Trouble] = []
    for row, faults in found:
        for fault in faults:
            if len(shown) == SHOWN:
                return shown
            shown.append(
                Trouble(
                    row.line, who(row), label(fault.column), sentences.say(fault, plan)
                )
            )
    return shown


def _oddities(plan: Plan) -> list[Trouble]:
    of_cities = [
        Trouble("", "", label("city"), sentences.say_short(city, total, plan))
        for city, total in plan.short[:SHOWN]
    ]
    return [
        *of_cities,
        *_troubles(((row, row.warnings) for row in plan.rows), plan),
    ][:SHOWN]


def who(row: Row) -> str:
    """Return whom a row is about, nothing where it is another city's."""
    if any(fault.code == "foreign_city" for fault in row.faults):
        return ""
    names = (row.values.get("given_name", ""), row.values.get("family_name", ""))
    return " ".join(name for name in names if name)


def _differences(rows: Iterable[Row]) -> list[Difference]:
    found = [
        Difference(
            row.line,
            who(row) or str(row.nomination),
            sentences.field_label(change),
            sentences.value_words(change.field, change.before),
            sentences.value_words(change.field, change.after),
        )
        for row in rows
        if row.kind == "changed"
        for change in row.changes
    ]
    return found[:SHOWN]


def _people(rows: Sequence[Row]) -> list[Person]:
    new = [row for row in rows if row.kind == "new"]
    return [
        Person(
            row.line,
            row.city.name if row.city else "",
            who(row),
            row.values["email"],
            value_label("department", row.values["department"]),
            value_label("level", row.values["level"]),
        )
        for row in new[:SHOWN]
    ]


def taken(imported: ImportedFile) -> list[Taken]:
    """Return the lines of a report, the first of them where there are many."""
    words: Mapping[str, str] = {
        "new": _("new"),
        "changed": _("changed"),
        "same": _("unchanged"),
    }
    return [
        Taken(
            line,
            words.get(kind, kind),
            code,
            ", ".join(_("State") if key == "state" else label(key) for key in fields),
        )
        for line, kind, code, fields in imported.report.get("lines", [])[:SHOWN]
    ]
