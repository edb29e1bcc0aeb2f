"""Secret addresses of calendars: made when asked for, replaced when they got about."""

from datetime import datetime, timedelta

from django.db import transaction

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Person
from mosty.kernel.access import require
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link
from mosty.programmes.queries.timetables import published
from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.actions.timetable_letters import link_end
from mosty.training.queries import calendars

# A trainer's address opens so long; asking again makes it longer.
FOR_TRAINERS = timedelta(days=730)


@transaction.atomic(durable=True)
def give_to_participant(
    *, offer: Offer, actor: Link, now: datetime, replace: bool = False
) -> Link:
    """
    Return the address of a participant's calendar; with ``replace`` a new one.

    :raises PermissionDenied: if the link is not that of this seat, or the seat is free.
    """
    require(policies.takes_part(actor, offer))
    offer = Offer.objects.select_for_update().get(pk=offer.pk)
    sessions = published(offer.seat.call.course).sessions
    subject = calendars.of_participant(offer.code)
    link = _give(subject, now, link_end(sessions, now), replace=replace)
    _record(actor, offer, offer.seat.call.slug, now, replace=replace)
    return link


@transaction.atomic(durable=True)
def give_to_trainer(*, actor: User, now: datetime, replace: bool = False) -> Link:
    """
    Return the address of the calendar of ``actor``; with ``replace`` a new one.

    :raises PermissionDenied: if she is no trainer.
    """
    require(policies.has_own_calendar(actor))
    # A trainer with a calendar of her own stands in the directory: just required.
    person = Person.objects.select_for_update().get(pk__in=[actor.person_id])
    subject = calendars.of_trainer(person.code)
    link = _give(subject, now, now + FOR_TRAINERS, replace=replace)
    _record(actor, person, "", now, replace=replace)
    return link


def _give(subject: str, now: datetime, until: datetime, *, replace: bool) -> Link:
    purpose = Link.Purpose.CALENDAR
    if replace:
        outbox.revoke_links(purpose=purpose, subject=subject, now=now)
    return outbox.make_link(purpose=purpose, subject=subject, now=now, expires_at=until)


def _record(
    actor: User | Link,
    target: Offer | Person,
    scope: str,
    now: datetime,
    *,
    replace: bool,
) -> None:
    audit.record(
        actor=actor,
        verb="calendar.replaced" if replace else "calendar.given",
        target=target,
        at=now,
        scope=scope,
    )
