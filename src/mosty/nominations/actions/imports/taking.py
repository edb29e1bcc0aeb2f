"""Taking an imported file over: every row, or none."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.models import Gender, Organisation
from mosty.importing import actions as importing
from mosty.importing.queries.tables import table_of
from mosty.kernel.rows import free_codes
from mosty.nominations import policies
from mosty.nominations.actions import duplicates, letters
from mosty.nominations.actions.entries import Person, require_open
from mosty.nominations.actions.imports.files import lock
from mosty.nominations.models import (
    Call,
    ImportedFile,
    Invitation,
    Nomination,
    PossibleDuplicate,
)
from mosty.nominations.models.nominations import LIVE
from mosty.nominations.queries.imports import plan as plans
from mosty.nominations.queries.imports.plan import Plan, Row

_BATCH = 1_000
# What no row changes: the address by which it is known, and what no list says.
_STAYS = {"email", "is_fictional"}
# What a row may change of a nomination; the rest of it may change meanwhile.
_FIELDS = (
    *(name for name in Person.__dataclass_fields__ if name not in _STAYS),
    "sort_name",
    "name_key",
    "search",
    "preference",
    "state",
    "submitted_at",
    "changed_at",
)


@transaction.atomic(durable=True)
def take_over(
    *, imported: ImportedFile, seen: str, actor: Actor, now: datetime
) -> ImportedFile:
    """
    Nominate everybody in the file, and change who is nominated already.

    ``seen`` is the digest of the plan that the actor confirms. Messages to the new
    nominees wait in the outbox until somebody has read them. Afterwards the rows are
    deleted; the report keeps their numbers and the nominations' codes.

    :raises PermissionDenied: if ``actor`` speaks neither for the city nor for the call.
    :raises CannotNominate: if the call is not open.
    :raises CannotImport: if it was taken over or dropped, a row is wrong, nothing is
        new, or what would be done is no longer what was seen.
    """
    imported = lock(imported, actor)
    call = imported.call
    require_open(call, now)
    table = table_of(imported)
    own = imported.organisation_id

    # What to do is known only when nobody else can change these cities.
    invitations = _lock_cities(call, plans.cities_named(call, table, own=own))
    plan = plans.make(call=call, table=table, own=own, now=now)
    importing.require_seen(
        plan=plan,
        seen=seen,
        changed=_(
            "The nominations or the columns have changed since this page was opened. "
            "Look at it again, then take the file over."
        ),
    )

    new = _new(plan, call, now)
    changed = [row for row in plan.rows if row.kind == "changed" and row.nomination]
    submitted = _change(changed, call, actor, now)
    _think_better(invitations, {nomination.organisation_id for nomination in new})
    letters.nominated(nominations=[*new, *submitted], now=now, at_once=False)
    _note_duplicates(call, new, changed)
    _record(plan, new, changed, call, actor, now)

    importing.finish(
        imported=imported,
        told=_report(plan, new),
        noted=plan.counts,
        actor=actor,
        now=now,
    )
    return imported


def _lock_cities(call: Call, cities: Collection[int]) -> list[Invitation]:
    """Return the cities' rows in the call, locked, in one order for everybody."""
    there = set(
        Invitation.objects.filter(call=call, organisation__in=cities).values_list(
            "organisation_id", flat=True
        )
    )
    lacking = sorted(set(cities) - there)
    codes = free_codes(Invitation, len(lacking))
    Invitation.objects.bulk_create(
        [
            Invitation(call=call, organisation_id=city, code=code)
            for city, code in zip(lacking, codes, strict=True)
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    return list(
        Invitation.objects.select_for_update(of=("self",))
        .filter(call=call, organisation__in=cities)
        .order_by("pk")
    )


def _new(plan: Plan, call: Call, now: datetime) -> list[Nomination]:
    """Create the nominations of the new rows, in their order."""
    rows = [row for row in plan.rows if row.kind == "new" and row.city]
    cities = Organisation.objects.in_bulk({row.city.pk for row in rows if row.city})
    last = _last_places(call, cities)
    language = call.course.programme.languages[0]
    made = []
    for row, code in zip(rows, free_codes(Nomination, len(rows)), strict=True):
        if row.city is None:
            continue
        values: dict[str, Any] = {
            "gender": Gender.UNSTATED,
            "language": language,
            "preference": last[row.city.pk] + 1,
            **row.values,
        }
        last[row.city.pk] = max(last[row.city.pk], values["preference"])
        nomination = Nomination(
            call=call,
            organisation=cities[row.city.pk],
            code=code,
            state=Nomination.State.SUBMITTED,
            source=Nomination.Source.IMPORT,
            created_at=now,
            changed_at=now,
            submitted_at=now,
            **values,
        )
        nomination.prepare()
        made.append(nomination)
    return Nomination.objects.bulk_create(made, batch_size=_BATCH)


def _last_places(call: Call, cities: Iterable[int]) -> dict[int, int]:
    found = (
        Nomination.objects.filter(call=call, organisation__in=cities, state__in=LIVE)
        .values_list("organisation_id")
        .order_by()
        .annotate(last=Max("preference"))
    )
    return defaultdict(int, found)


def _change(
    rows: Sequence[Row], call: Call, actor: Actor, now: datetime
) -> list[Nomination]:
    """Write the changed rows; return the drafts that are thereby submitted."""
    recheck = not policies.can_gather(actor, call)
    drafts = [row.nomination for row in rows if row.nomination and _submits(row)]
    cities = Organisation.objects.in_bulk({one.organisation_id for one in drafts})
    for draft in drafts:
        draft.submitted_at = now
        draft.organisation = cities[draft.organisation_id]
    changed = []
    for row in rows:
        nomination = row.nomination
        if nomination is None:
            continue
        for change in row.changes:
            setattr(nomination, change.field, change.after)
        nomination.changed_at = now
        if recheck:
            nomination.checked_at = None
        nomination.prepare()
        changed.append(nomination)
    # As an upsert, which is one plain statement where an update of many rows is a
    # tower of conditions. The rows exist, and their cities are locked.
    Nomination.objects.bulk_create(
        changed,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*_FIELDS, *(["checked_at"] if recheck else [])],
    )
    return drafts


def _think_better(invitations: Iterable[Invitation], cities: Collection[int]) -> None:
    """Cities that had said they nominate nobody, and now do, have thought better of it."""
    declined = [
        invitation.pk
        for invitation in invitations
        if invitation.declined_at is not None and invitation.organisation_id in cities
    ]
    if declined:
        Invitation.objects.filter(pk__in=declined).update(declined_at=None)


def _note_duplicates(
    call: Call, new: Sequence[Nomination], changed: Sequence[Row]
) -> None:
    """Store the pairs that new nominations and new names make; decided ones stay."""
    renamed = [
        row.nomination.pk
        for row in changed
        if row.nomination
        and {change.field for change in row.changes}
        & {"given_name", "family_name", "state"}
    ]
    if renamed:
        PossibleDuplicate.objects.filter(
            Q(first__in=renamed) | Q(second__in=renamed),
            decision=PossibleDuplicate.Decision.OPEN,
        ).delete()
    keys = [nomination.pk for nomination in new] + renamed
    if keys:
        duplicates.note_many(call, keys)


def _record(
    plan: Plan,
    new: Sequence[Nomination],
    changed: Sequence[Row],
    call: Call,
    actor: Actor,
    now: datetime,
) -> None:
    """Write one entry into the ledger for every nomination."""
    slugs = {pk: city.slug for pk, city in plan.cities.by_pk.items()}
    audit.record_many(
        actor=actor,
        verb="nomination.submitted",
        acts=(
            (
                nomination,
                {},
                {
                    "city": slugs[nomination.organisation_id],
                    "state": nomination.state,
                    "source": nomination.source,
                },
            )
            for nomination in new
        ),
        at=now,
        scope=call.slug,
    )
    for verb, submits in (
        ("nomination.submitted", True),
        ("nomination.changed", False),
    ):
        audit.record_many(
            actor=actor,
            verb=verb,
            acts=(
                (row.nomination, *_before_and_after(row))
                for row in changed
                if row.nomination and _submits(row) == submits
            ),
            at=now,
            scope=call.slug,
        )


def _submits(row: Row) -> bool:
    return any(change.field == "state" for change in row.changes)


def _before_and_after(row: Row) -> tuple[dict[str, object], dict[str, object]]:
    state = {change.field: change.before for change in row.changes}.get(
        "state", Nomination.State.SUBMITTED
    )
    fields = [change.field for change in row.changes if change.field != "state"]
    return (
        {"state": state},
        {"state": Nomination.State.SUBMITTED, "changed": fields},
    )


def _report(plan: Plan, new: Sequence[Nomination]) -> dict[str, Any]:
    """Return what is kept of the import: lines, codes and fields, no people."""
    made = iter(new)
    return {
        **plan.counts,
        "lines": [
            [
                row.line,
                row.kind,
                (row.nomination or next(made)).code,
                [change.field for change in row.changes],
            ]
            for row in plan.rows
        ],
        "warnings": [
            [row.line, warning.code] for row in plan.rows for warning in row.warnings
        ]
        + [[0, "short"] for _city in plan.short],
    }
