"""The ledger: who did what, when, why, and what changed by it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.kernel.rows import batches
from mosty.office import fields, kinds, policies, verbs
from mosty.office.queries import scopes
from mosty.outbox.models import Link
from mosty.selection import words as selection
from mosty.ui import listing
from mosty.ui.listing import Listing

# Entries whose names are looked up together where the whole ledger is taken away.
_AT_ONCE = 500
SORTS = {"at": ("at",), "who": ("actor_label",), "what": ("verb",)}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an act changed."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the ledger."""

    pk: int
    at: datetime
    who: str
    what: str
    target: str
    target_key: str
    scope: str
    # What it belongs to, in words.
    scope_name: str
    reason: str
    changes: tuple[Change, ...]


def filtered(user: User, form: forms.Form) -> QuerySet[Entry]:
    """Return the entries ``user`` reads that the valid part of ``form`` lets through."""
    form.is_valid()
    asked = form.cleaned_data
    rows = policies.entries_visible_to(user)
    if verb := asked.get("verb"):
        rows = rows.filter(verb=verb)
    if actor := asked.get("actor"):
        rows = rows.filter(actor_label__icontains=actor)
    if target := asked.get("target"):
        rows = rows.filter(target_key__iexact=target)
    if scope := asked.get("scope"):
        rows = rows.filter(scope__iexact=scope)
    if since := asked.get("since"):
        rows = rows.filter(at__gte=_midnight(since))
    if until := asked.get("until"):
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def entries(user: User, params: QueryDict, form: forms.Form) -> Listing[EntryRow]:
    """Return one page of the ledger, the newest first; five queries."""
    found: Listing[Any] = listing.build(
        params, filtered(user, form), sorts=SORTS, default="-at", form=form
    )
    names = scopes.names(found.rows)
    return replace(
        found, rows=tuple(_row(entry, names[entry.pk]) for entry in found.rows)
    )


def export(user: User, form: forms.Form) -> Iterator[EntryRow]:
    """Yield every entry that the filtered list has, the newest first."""
    found = filtered(user, form).order_by("-at", "-pk").iterator()
    for batch in batches(found, _AT_ONCE):
        names = scopes.names(batch)
        for entry in batch:
            yield _row(entry, names[entry.pk])


def _row(entry: Entry, scope_name: str) -> EntryRow:
    return EntryRow(
        pk=entry.pk,
        at=entry.at,
        who=_who(entry),
        what=verbs.in_words(entry.verb),
        target=verbs.target_in_words(entry.target_kind),
        target_key=entry.target_key,
        scope=entry.scope,
        scope_name=scope_name,
        reason=entry.reason,
        changes=changes(entry.before, entry.after),
    )


def _who(entry: Entry) -> str:
    """Return who acted; the holder of a link by whose it is, in the reader's language."""
    kind, _colon, rest = entry.actor_key.partition(":")
    if kind != "link":
        return entry.actor_label
    if rest.partition(":")[0] == Link.Purpose.NOMINATE:
        return _("the city, by its link")
    return _("the nominated person, by a personal link")


def changes(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[Change, ...]:
    """Return what differs between ``before`` and ``after``, in the order it is kept."""
    return tuple(
        Change(
            fields.name_of(field),
            in_words(before.get(field), field),
            in_words(after.get(field), field),
        )
        for field in {**before, **after}
        if before.get(field) != after.get(field)
    )


def in_words(value: object, field: str = "") -> str:
    """Return a kept value for reading: nothing for what is not there."""
    if field == "kind" and isinstance(value, str) and "." in value:
        return kinds.in_words(value)
    if field in fields.CODED and isinstance(value, str):
        return str(fields.VALUES.get(value, value))
    if field == "passed_over" and isinstance(value, list):
        return " ".join(selection.passed_over(value))
    if value is None or value in ("", [], {}):
        return ""
    if field in fields.FIELDS and isinstance(value, list):
        return ", ".join(fields.name_of(str(item)) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return ", ".join(map(str, value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
