"""How a participant checks herself in with the ticket that a scan gave her phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mosty.inbox.actions import CannotTake
from mosty.kernel.refusal import Refusal
from mosty.programmes.models import Session
from mosty.training import checkin, times
from mosty.training.actions import at_once, attendance
from mosty.training.actions.attendance import Participant, Wanted
from mosty.training.checkin import Ticket
from mosty.training.models import Mark
from mosty.training.models.attendance import Attended


class CannotCheckIn(Refusal):
    """The ticket is not good any more, or the mark is not hers to make."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a phone sends: its ticket, if it is one of ours, and when it was filled in."""

    session: Session
    ticket: Ticket | None
    phone: str
    noted_at: datetime


def check_ticket(scanned: Scanned, now: datetime) -> Ticket:
    """
    Return the ticket of a phone that has scanned the screen of this session.

    :raises CannotCheckIn: if the ticket is old, or of another phone or session.
    """
    session, ticket = scanned.session, scanned.ticket
    if ticket is None or ticket.session != session.pk:
        raise CannotCheckIn(
            _("This is no code of this session. Scan the screen again.")
        )
    if not scanned.phone or ticket.phone != scanned.phone:
        raise CannotCheckIn(
            _(
                "The code was scanned with another phone, or this phone keeps no "
                "cookies. Scan the screen with this phone, or tell the trainer that "
                "you are here."
            )
        )
    local = session.course.programme.local
    if (
        scanned.noted_at > ticket.at + checkin.TICKET_FOR
        or local(now).date() != local(ticket.at).date()
        # Perhaps it was cancelled, or put off, since the scan.
        or not checkin.is_open(session, ticket.at)
    ):
        raise CannotCheckIn(
            _("The time of this code has passed. Scan the screen again.")
        )
    return ticket


def check_in(
    *, scanned: Scanned, actor: Participant, now: datetime
) -> Mapping[str, Any]:
    """
    Mark that she was there when the code was scanned: present, or late by so much.

    What a phone sends late counts as of the scan, until the end of that day. Sending
    the same ticket twice is as once. Return what :func:`.attendance.check_in` does.

    :raises CannotCheckIn: if the ticket is old, of another phone, session or person.
    :raises attendance.CannotMark: if she is marked otherwise, or by a used phone.
    """
    session, ticket = scanned.session, check_ticket(scanned, now)
    late = times.minutes_late(session, ticket.at, tolerance=checkin.TOLERANCE)
    wanted = Wanted(
        code=actor.offer.code,
        kind=Attended.LATE if late else Attended.PRESENT,
        minutes=late or None,
    )
    device = checkin.device(session, scanned.phone)
    try:
        if at_once.check_in(
            session=session,
            wanted=wanted,
            device=device,
            key=ticket.key,
            actor=actor,
            now=now,
            noted_at=ticket.at,
        ):
            return {"marked": 1}
        return attendance.check_in(
            session=session,
            wanted=wanted,
            device=device,
            key=ticket.key,
            actor=actor,
            now=now,
            noted_at=ticket.at,
        )
    except attendance.Clashes as clash:
        return _as_marked(clash.clashes[0].theirs)
    except CannotTake as used:
        raise CannotCheckIn(
            _("This code has been used for another person. Scan the screen again.")
        ) from used


def _as_marked(mark: Mark) -> Mapping[str, Any]:
    """
    Return what stands already, if it says that she was there.

    :raises CannotCheckIn: if a trainer marked her as not there.
    """
    if mark.kind in {Attended.PRESENT, Attended.LATE}:
        return {"marked": 0}
    raise CannotCheckIn(
        _("The trainer has marked you as not present. Tell her that you are here.")
    )
