"""How long single fields are kept: set by the lead, kept to by the worker, every night."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.infopoint import policies
from mosty.infopoint.models import Blanking, Consultation, Point, Retention
from mosty.infopoint.queries.retention import limit_of, years_to_blank
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal

MOST_MONTHS = 240


class CannotSetRetention(Refusal):
    """A field, or the number of months, is none."""


@transaction.atomic(durable=True)
def set_rules(
    *, point: Point, months: Mapping[str, int | None], actor: User, now: datetime
) -> None:
    """
    Say after how many months each field is blanked; None: it is kept.

    What is blanked does not come back when a rule is changed. The same again is as once.

    :raises PermissionDenied: if ``actor`` does not lead there.
    :raises CannotSetRetention: if a field or a number of months is not possible.
    """
    require(policies.can_lead(actor, point))
    wrong = {
        field: _("Enter a number of months from 1 to %(most)s, or nothing.")
        % {"most": MOST_MONTHS}
        for field, number in months.items()
        if field not in Retention.Field.values
        or (number is not None and not 1 <= number <= MOST_MONTHS)
    }
    if wrong:
        raise CannotSetRetention(" ".join(wrong.values()), fields=wrong)
    Point.objects.select_for_update().get(pk=point.pk)
    before = _in_ledger(point)
    Retention.objects.filter(point=point, field__in=months).delete()
    Retention.objects.bulk_create(
        Retention(point=point, field=field, months=number)
        for field, number in months.items()
        if number
    )
    after = _in_ledger(point)
    if after == before:
        return
    audit.record(
        actor=actor,
        verb="retention.set",
        target=point,
        at=now,
        scope=point.slug,
        before=before,
        after=after,
    )


def blank_due(*, actor: Actor, now: datetime) -> int:
    """
    Blank every field whose time is over; return in how many records.

    Of years that are closed and published only. The ledger says which field, of which
    years, and in how many records; never what it said.
    """
    rules = Retention.objects.select_related("point").order_by("pk")
    return sum(_blank(rule, actor, now) for rule in rules)


@transaction.atomic(durable=True)
def _blank(rule: Retention, actor: Actor, now: datetime) -> int:
    point = rule.point
    # Releases and corrections of the point wait, and this waits for them.
    Point.objects.select_for_update().get(pk=point.pk)
    column = "note" if rule.field == Retention.Field.NOTE else f"{rule.field}_id"
    blank = "" if rule.field == Retention.Field.NOTE else None
    limit = limit_of(point, rule.months, now)
    counts: Counter[int] = Counter()
    for year in years_to_blank(point):
        rows = Consultation.objects.filter(
            point=point, day__gte=date(year, 1, 1), day__lte=date(year, 12, 31)
        ).filter(day__lt=limit)
        said = ~Q(note="") if rule.field == Retention.Field.NOTE else Q(**{f"{column}__isnull": False})  # fmt: skip
        # Old versions first: of records that say it now, and of those that once did.
        old = _blank_old(point, year, limit, column, blank)
        new = rows.filter(said).update(**{column: blank})
        if old or new:
            counts[year] = new
            _note(point, year, rule.field, new, now)
    if not counts:
        return 0
    audit.record(
        actor=actor,
        verb="records.blanked",
        target=point,
        at=now,
        scope=point.slug,
        after={
            "field": rule.field,
            "before": limit.isoformat(),
            "records": {str(year): count for year, count in counts.items()},
        },
    )
    return counts.total()


def _blank_old(
    point: Point, year: int, limit: date, column: str, blank: str | None
) -> int:
    """Blank the field in what records said before they were corrected."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update infopoint_consultationchange old
            set said = jsonb_set(old.said, array[%(column)s], to_jsonb(%(blank)s::text))
            from infopoint_consultation one
            where one.key = old.consultation_id and one.point_id = %(point)s
                and extract(year from one.day) = %(year)s and one.day < %(limit)s
                and old.said ->> %(column)s <> ''
            """
            if blank is not None
            else """
            update infopoint_consultationchange old
            set said = jsonb_set(old.said, array[%(column)s], 'null')
            from infopoint_consultation one
            where one.key = old.consultation_id and one.point_id = %(point)s
                and extract(year from one.day) = %(year)s and one.day < %(limit)s
                and old.said ->> %(column)s is not null
            """,
            {
                "column": column,
                "blank": blank,
                "point": point.pk,
                "year": year,
                "limit": limit,
            },
        )
        return int(cursor.rowcount)


def _note(point: Point, year: int, field: str, count: int, now: datetime) -> None:
    row, is_new = Blanking.objects.get_or_create(
        point=point,
        year=year,
        field=field,
        defaults={"records": count, "last_at": now},
    )
    if not is_new:
        Blanking.objects.filter(pk=row.pk).update(
            records=F("records") + count, last_at=now
        )


def _in_ledger(point: Point) -> dict[str, Any]:
    rules = Retention.objects.filter(point=point).order_by("field")
    return {rule.field: rule.months for rule in rules}
