"""
Reminding a city's contacts that an agreement is due for review.

The message names no agreement: messages stand in an outbox that others may read. It
leaves at once; the page that it leads to asks to sign in.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from mosty.accounts.models import Role, User
from mosty.audit import actions as audit
from mosty.audit.actors import SYSTEM, Actor
from mosty.kernel.access import require
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter, Recipient
from mosty.outbox.models import Message
from mosty.partnerships.models import Agreement
from mosty.partnerships.queries.agreements import due

KIND = "partnerships.review"
# So long before the day, its contacts are reminded.
AHEAD = timedelta(days=30)


@transaction.atomic(durable=True)
def remind(*, actor: Actor, now: datetime) -> int:
    """
    Write to the contacts of each agreement that is due, once for each day of review.

    Returns how many messages are new.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(actor is SYSTEM)
    wanted: dict[str, tuple[Agreement, User]] = {}
    rows = list(due(now.date(), AHEAD))
    contacts = _contacts({row.city_id for row in rows}, now)
    for row in rows:
        for user in contacts.get(row.city_id, ()):
            wanted[f"{KIND}:{row.pk}:{row.review_on}:{user.pk}"] = row, user
    for key in Message.objects.filter(key__in=wanted).values_list("key", flat=True):
        del wanted[key]
    outbox.put_many(
        [_copy(key, row, user) for key, (row, user) in wanted.items()],
        now=now,
        at_once=True,
    )
    for row in {row.pk: row for row, _user in wanted.values()}.values():
        audit.record(
            actor=actor,
            verb="agreement.reminded",
            target=row,
            at=now,
            scope=row.city.slug,
        )
    return len(wanted)


def _contacts(cities: set[int], now: datetime) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    users = User.objects.filter(
        is_active=True, grants__role=Role.CITY, grants__organisation__in=cities
    )
    for user in users.distinct().order_by("pk"):
        for city in user.acts_for(Role.CITY) & cities:
            found.setdefault(city, []).append(user)
    return found


def _copy(key: str, row: Agreement, user: User) -> Copy:
    with translation.override(user.language):
        page = reverse("partnerships:agreement", args=[row.pk])
    letter = Letter(
        KIND,
        "partnerships/mail/review.txt",
        {
            "day": row.review_on,
            "address": f"{settings.BASE_URL}{page}",
            "contact": settings.CONTACT,
        },
        reply_to=settings.CONTACT,
    )
    return Copy(letter, key, Recipient(user.name, user.email, user.language))
