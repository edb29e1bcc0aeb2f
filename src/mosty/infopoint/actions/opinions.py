"""Opinions: whether a point asks for them, and how one comes in so that none is anybody's."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.infopoint import policies
from mosty.infopoint.models import SCORES, Opinions, Point, Poster
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.kernel.tokens import new_code


class CannotGive(Refusal):
    """The point takes no opinion, or not this one."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's answers; None to a question she left out, or was not asked."""

    score: int
    found: bool | None = None
    language: bool | None = None


@transaction.atomic(durable=True)
def set_poster(
    *,
    point: Point,
    is_open: bool,
    asks_found: bool,
    asks_language: bool,
    renew: bool,
    actor: User,
    now: datetime,
) -> Poster:
    """
    Ask for opinions, or stop asking; with ``renew`` under a new code.

    The same again is as once.

    :raises PermissionDenied: if ``actor`` does not lead there.
    """
    require(policies.can_lead(actor, point))
    Point.objects.select_for_update().get(pk=point.pk)
    poster = Poster.objects.filter(point=point).first() or Poster(point=point)
    before = (poster.code, poster.is_open, poster.asks_found, poster.asks_language)
    if renew or not poster.code:
        poster.code = new_code(10)
    if before == (poster.code, is_open, asks_found, asks_language):
        return poster
    poster.is_open = is_open
    poster.asks_found = asks_found
    poster.asks_language = asks_language
    poster.save()
    audit.record(
        actor=actor,
        verb="opinions.set",
        target=point,
        at=now,
        scope=point.slug,
        after={
            "open": is_open,
            "found": asks_found,
            "language": asks_language,
            "new_code": renew,
        },
    )
    return poster


@transaction.atomic(durable=True)
def give(*, poster: Poster, opinion: Opinion, now: datetime) -> None:
    """
    Count an opinion in its month. No ledger entry, no moment, no receipt is written.

    The month's row is written as a whole: what the database keeps of a row, such as the
    transaction that wrote it, is the same for every answer in it.

    :raises CannotGive: if the point does not ask, or this score does not exist.
    """
    if not policies.takes_opinions(poster, now):
        raise CannotGive(_("This point does not ask for opinions now."))
    if opinion.score not in SCORES:
        raise CannotGive(_("Choose one of the five."))
    chosen = [f"score_{opinion.score}"]
    for name, asked in (
        ("found", poster.asks_found),
        ("language", poster.asks_language),
    ):
        if asked and (said := getattr(opinion, name)) is not None:
            chosen.append(f"{name}_{'yes' if said else 'no'}")
    today = poster.point.today(now)
    table = connection.ops.quote_name(Opinions._meta.db_table)
    counts = [
        field.name
        for field in Opinions._meta.local_concrete_fields
        if field.name not in {"id", "point", "year", "month"}
    ]
    statement = (
        # Names of our own columns: nothing that anybody typed.
        f"insert into {table} (point_id, year, month, {', '.join(counts)})"  # noqa: S608
        f" values (%s, %s, %s, {', '.join(['%s'] * len(counts))})"
        " on conflict (point_id, year, month) do update set "
        + ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in counts)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [
                poster.point_id,
                today.year,
                today.month,
                *(int(name in chosen) for name in counts),
            ],
        )
