"""
Who has been here before, without keeping who: pseudonyms under a salt of the year.

Only where a point switches them on. What staff type is never stored; its keyed digest
stands in a table of its own, joined to no record, until the salt of its year is
destroyed and all digests with it.
"""

import hashlib
import hmac
import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.infopoint.models import Point, Returning, Salt, Visitor
from mosty.kernel.names import fold

SALT_BYTES = 32
# Shorter signs, such as initials, would be many people's.
LEAST_LETTERS = 4


def recognise(point: Point, sign: str, day: date, ticked: str, now: datetime) -> str:
    """
    Return whether the visitor whose sign this is has been here before in the year.

    Without a sign, or where the salt of the year is destroyed, it is what was ticked.
    Remembers the sign's digest, in the transaction of the record that it is said of.
    """
    plain = fold(sign).replace(" ", "")
    if not point.pseudonyms or len(plain) < LEAST_LETTERS:
        return ticked
    salt = _salt_of(point, day.year, point.today(now).year)
    if salt is None or salt.salt is None:
        return ticked
    _visitor, is_new = Visitor.objects.get_or_create(
        salt=salt, digest=digest(bytes(salt.salt), plain)
    )
    return Returning.NEW if is_new else Returning.RETURNING


def digest(salt: bytes, plain: str) -> bytes:
    """
    Return what is kept of a sign.

    Keyed by the salt and the installation's secret: the database alone cannot try signs
    out, and after the year nobody can.
    """
    key = hashlib.sha256(b"mosty.visitors:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key + salt, plain.encode(), hashlib.sha256).digest()


def _salt_of(point: Point, year: int, this_year: int) -> Salt | None:
    """Return the salt of a year; that of the running year is made when first asked for."""
    found = Salt.objects.filter(point=point, year=year).first()
    if found is not None or year != this_year:
        # None is made of a year that is over: it would outlive it.
        return found
    made, _is_new = Salt.objects.get_or_create(
        point=point, year=year, defaults={"salt": secrets.token_bytes(SALT_BYTES)}
    )
    return made


def destroy_due(*, actor: Actor, now: datetime) -> int:
    """Destroy the salts of years that are over, with all pseudonyms; return how many."""
    salts = Salt.objects.filter(salt__isnull=False).select_related("point")
    due = [one.pk for one in salts if one.year < one.point.today(now).year]
    for pk in due:
        _destroy(pk, actor, now)
    return len(due)


@transaction.atomic(durable=True)
def _destroy(pk: int, actor: Actor, now: datetime) -> None:
    salt = (
        Salt.objects.select_for_update(of=("self",)).select_related("point").get(pk=pk)
    )
    if salt.salt is None:
        return
    visitors = Visitor.objects.filter(salt=salt)
    salt.visitors = visitors.count()
    visitors.delete()
    salt.salt = None
    salt.destroyed_at = now
    salt.save()
    audit.record(
        actor=actor,
        verb="salt.destroyed",
        target=salt.point,
        at=now,
        scope=salt.point.slug,
        after={"year": salt.year, "visitors": salt.visitors},
    )
