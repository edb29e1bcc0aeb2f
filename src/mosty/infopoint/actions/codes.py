"""Keeping code lists: the common one from our own data, a city's own by its lead."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.infopoint import policies
from mosty.infopoint.common.names import entries
from mosty.infopoint.models import Code, Kind
from mosty.kernel.access import require
from mosty.kernel.languages import EVERYONE
from mosty.kernel.refusal import Refusal

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Details:
    """What may be said of a code, and changed: not what it stands for."""

    label: LazyI18nString
    since: date | None = None
    # Its last day.
    until: date | None = None
    common: Code | None = None
    order: int = 0
    sensitive: bool = False


class CannotKeepList(Refusal):
    """The code is taken, or records say it on other days."""


def load_common() -> int:
    """
    Add what the common list lacks; return how much. Repeating it adds nothing.

    Called where a point is opened, and by ``mosty commoncodes`` after an upgrade. What
    is there stays as it is: a code's meaning never changes under its records.
    """
    there = set(Code.objects.filter(owner__isnull=True).values_list("kind", "code"))
    new = [
        Code(
            kind=entry.kind,
            code=entry.code,
            label=LazyI18nString(dict(zip(EVERYONE, entry.labels, strict=True))),
            since=entry.since,
            until=entry.until,
            sensitive=entry.sensitive,
            order=order,
        )
        for order, entry in enumerate(entries())
        if (entry.kind, entry.code) not in there
    ]
    Code.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic(durable=True)
def add(
    *,
    city: Organisation,
    kind: Kind,
    code: str,
    details: Details,
    actor: User,
    now: datetime,
) -> Code:
    """
    Add a code to a list of a city. With its first, the list replaces the common one.

    :raises PermissionDenied: if ``actor`` does not lead in ``city``.
    :raises CannotKeepList: if the code is taken or not well formed, or the days are not
        possible.
    """
    require(policies.can_keep_lists(actor, city))
    if not CODE.fullmatch(code):
        sentence = _("Use small letters, digits and hyphens.")
        raise CannotKeepList(sentence, fields={"code": sentence})
    row = Code(owner=city, kind=kind, code=code)
    _set(row, details)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "code_once_in_its_list" not in str(error):
            raise
        sentence = _("The list has this code already.")
        raise CannotKeepList(sentence, fields={"code": sentence}) from error
    audit.record(
        actor=actor,
        verb="code.added",
        target=row,
        at=now,
        scope=city.slug,
        after=_in_ledger(row),
    )
    return row


@transaction.atomic(durable=True)
def change(*, code: Code, details: Details, actor: User, now: datetime) -> Code:
    """
    Change a city's code: its words, its days, what it counts as. It is never deleted.

    :raises PermissionDenied: if it is common, or ``actor`` does not lead in its city.
    :raises CannotKeepList: if records say it on other days.
    """
    require(code.owner is not None and policies.can_keep_lists(actor, code.owner))
    row = Code.objects.select_for_update(of=("self",)).get(pk=code.pk)
    before = _in_ledger(row)
    _set(row, details)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "holds on the days" not in str(error):
            raise
        sentence = _("There are records that say this on other days.")
        raise CannotKeepList(sentence, fields={"until": sentence}) from error
    audit.record(
        actor=actor,
        verb="code.changed",
        target=row,
        at=now,
        scope=code.owner.slug,  # type: ignore[union-attr]  # required above
        before=before,
        after=_in_ledger(row),
    )
    return row


def _set(row: Code, details: Details) -> None:
    if details.since and details.until and details.until < details.since:
        sentence = _("The last day lies before the first.")
        raise CannotKeepList(sentence, fields={"until": sentence})
    common = details.common
    if common is not None and (common.owner_id, common.kind) != (None, row.kind):
        sentence = _("Choose one of the same common list.")
        raise CannotKeepList(sentence, fields={"common": sentence})
    row.label = details.label
    row.since, row.until = details.since, details.until
    row.common = common
    row.order = details.order
    # What counts as something sensitive is sensitive.
    row.sensitive = details.sensitive or bool(common and common.sensitive)


def _in_ledger(row: Code) -> dict[str, object]:
    return {
        "list": str(row.kind),
        "since": row.since.isoformat() if row.since else "",
        "until": row.until.isoformat() if row.until else "",
        "counts_as": row.common.code if row.common else "",
        "sensitive": row.sensitive,
    }
