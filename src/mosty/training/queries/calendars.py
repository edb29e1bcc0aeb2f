"""Calendars behind secret addresses, and where somebody finds her own."""

from datetime import datetime

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.directory.models import Person
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link
from mosty.outbox.queries import REVOKED, LinkGone
from mosty.programmes import calendar
from mosty.programmes.queries import timetables
from mosty.selection.models import Offer
from mosty.training import policies

_TRAINER, _OFFER = "trainer:", "offer:"


def of_trainer(code: str) -> str:
    """Return the subject of a trainer's calendar link."""
    return f"{_TRAINER}{code}"


def of_participant(code: str) -> str:
    """Return the subject of a participant's calendar link; ``code`` is her offer's."""
    return f"{_OFFER}{code}"


def address_of(subject: str, now: datetime) -> str:
    """Return the address at which the calendar is read, empty if there is none."""
    link = Link.objects.filter(
        purpose=Link.Purpose.CALENDAR,
        subject=subject,
        revoked_at__isnull=True,
        expires_at__gt=now,
    ).first()
    if link is None:
        return ""
    return f"{outbox.address(link, get_language() or 'en').rstrip('/')}.ics"


def behind(link: Link) -> bytes:
    """
    Return the calendar that ``link`` opens; a constant number of queries.

    Somebody who has given her seat back reads that all is cancelled for her.

    :raises LinkGone: if it is a trainer's who trains no more.
    :raises Http404: if the trainer is not known any more.
    """
    if link.subject.startswith(_TRAINER):
        person = Person.objects.filter(code=link.subject.removeprefix(_TRAINER)).first()
        if person is None:
            raise Http404
        # An address outlives a role; what it opens does not.
        if not policies.trains_still(person):
            raise LinkGone(REVOKED, status=410)
        tables = timetables.courses_published_with(person)
        return calendar.feed(
            calendar.of_trainer(person.code, tables), _("Sessions I lead")
        )
    offer = (
        Offer.objects.filter(code=link.subject.removeprefix(_OFFER))
        .select_related("seat__call__course__programme")
        .first()
    )
    if offer is None:
        raise Http404
    course = offer.seat.call.course
    items = calendar.of_course(
        course,
        timetables.published(course),
        with_link=True,
        is_off=not policies.accepted().filter(pk=offer.pk).exists(),
    )
    return calendar.feed(items, str(course.title))


def address_of_trainer(user: User, now: datetime) -> str:
    """Return the address of the calendar of ``user``, empty if there is none; two queries."""
    person = Person.objects.filter(pk__in=[user.person_id]).first()
    return address_of(of_trainer(person.code), now) if person else ""
