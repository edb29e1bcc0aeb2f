"""
What participants are written before and after a course.

Drafts come into the outbox some days ahead, so that somebody reads them; none leaves by
itself. A message that is no longer true before it was read is taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mosty.audit import actions as audit
from mosty.audit.actors import SYSTEM, Actor
from mosty.kernel.access import require
from mosty.nominations.models import Call
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter
from mosty.outbox.models import Link, Message
from mosty.programmes.models import Course
from mosty.programmes.queries.timetables import last_versions
from mosty.programmes.timetable import Entry
from mosty.selection.models import Offer
from mosty.training.actions.timetable_letters import link_end, recipient, seats_of

REMINDER = "training.reminder"
THANKS = "training.thanks"
# Days before the first session on which participants are reminded.
BEFORE = (7, 1)
# So many days earlier the drafts lie in the outbox.
READ_AHEAD = timedelta(days=2)
# Who has not thanked by then does not thank any more.
THANK_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be written about a course now; ``key`` tells one occasion from others."""

    kind: str
    key: str


def due(sessions: Sequence[Entry], now: datetime) -> Due | None:
    """Return what participants of a course with these sessions are to be written now."""
    if not sessions:
        return None
    first = min(entry.starts_at for entry in sessions)
    last = max(entry.ends_at for entry in sessions)
    if last <= now < last + THANK_WITHIN:
        return Due(THANKS, "")
    if now >= first:
        return None
    for days in sorted(BEFORE):
        if now >= first - timedelta(days=days) - READ_AHEAD:
            # A course that is moved is reminded of again.
            return Due(REMINDER, f":{days}:{first.date().isoformat()}")
    return None


@transaction.atomic(durable=True)
def write_due(*, actor: Actor, now: datetime) -> int:
    """
    Write the reminders and thanks that are due, once; return how many are new.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(actor is SYSTEM)
    calls = list(
        Call.objects.select_for_update(of=("self",))
        .select_related("course__programme")
        .filter(state=Call.State.PUBLISHED, course__is_published=True)
        .filter(
            Q(course__ends_on__isnull=True)
            | Q(course__ends_on__gte=(now - 2 * THANK_WITHIN).date())
        )
        .order_by("pk")
    )
    tables = last_versions(call.course_id for call in calls)
    count = 0
    for call in calls:
        if call.course_id in tables:
            sessions = tables[call.course_id].sessions
            _take_back(call, sessions, actor, now)
            found = due(sessions, now)
            count += _write(call, sessions, found, actor, now) if found else 0
    return count


def _write(
    call: Call, sessions: Sequence[Entry], found: Due, actor: Actor, now: datetime
) -> int:
    seats = {f"{found.kind}:{offer.code}{found.key}": offer for offer in seats_of(call)}
    there = Message.objects.filter(key__in=seats).values_list("key", flat=True)
    for key in list(there):
        del seats[key]
    if not seats:
        return 0
    outbox.put_many(_copies(call, sessions, found, seats, now), now=now)
    audit.record(
        actor=actor,
        verb="course.participants_written",
        target=call.course,
        at=now,
        scope=call.course.programme.slug,
        after={"kind": found.kind, "messages": len(seats)},
    )
    return len(seats)


def _copies(
    call: Call,
    sessions: Sequence[Entry],
    found: Due,
    seats: dict[str, Offer],
    now: datetime,
) -> list[Copy]:
    course: Course = call.course
    letter = Letter(
        found.kind,
        f"training/mail/{found.kind.partition('.')[2]}.txt",
        {
            "course": course,
            "call": call,
            "first": min(entry.starts_at for entry in sessions),
            "zone": course.programme.time_zone,
        },
        call.slug,
        call.contact_email,
    )
    links = outbox.make_links(
        purpose=Link.Purpose.TAKE_PART,
        subjects=[offer.code for offer in seats.values()],
        now=now,
        expires_at=link_end(sessions, now),
    )
    return [
        Copy(letter, key, recipient(offer), link)
        for (key, offer), link in zip(seats.items(), links, strict=True)
    ]


def _take_back(
    call: Call, sessions: Sequence[Entry], actor: Actor, now: datetime
) -> None:
    """Take back what nobody has read and what is no longer so."""
    unread = Message.objects.filter(
        scope=call.slug, state=Message.State.DRAFT, kind__in=(REMINDER, THANKS)
    )
    seated = [offer.code for offer in seats_of(call)] if unread.exists() else []
    found = due(sessions, now)
    stale = (
        unread.filter(
            ~Q(kind=found.kind, key__endswith=found.key) | ~Q(link__subject__in=seated)
        )
        if found
        else unread
    )
    if stale.exists():
        outbox.withdraw_unread(
            scope=call.slug,
            among=Message.objects.filter(
                pk__in=list(stale.values_list("pk", flat=True))
            ),
            reason=_("The course has moved on, or the seat was given back."),
            actor=actor,
            now=now,
        )
