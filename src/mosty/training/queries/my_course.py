"""
The page of one participant, behind her link.

Sections of other nouns (materials, attendance, certificate) add a field here and a part
in ``training/my/``.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from mosty.nominations.models import Call
from mosty.outbox.models import Link
from mosty.programmes.models import Course
from mosty.programmes.queries import timetables
from mosty.programmes.timetable import Entry, Timetable, read
from mosty.selection.models import Offer
from mosty.selection.queries.seats import has_begun
from mosty.training import asking, policies
from mosty.training.queries import calendars
from mosty.training.queries.groups import MyRound, my_rounds
from mosty.training.queries.holding import Holding, holding_of
from mosty.training.queries.materials import Shelf, shelf_of_participant


@dataclass(frozen=True, slots=True)
class MyCourse:
    """A course as one of its participants sees it."""

    offer: Offer
    # Of her link: other pages behind it have it in their addresses.
    token: str
    call: Call
    course: Course
    # She has given her seat back, or the call was cancelled: nothing else is shown.
    is_over_for_her: bool
    # The last day has passed: nobody checks in or gives a seat back.
    is_past: bool
    # Until the course begins; then she writes to the contact.
    can_give_back: bool
    days: list[tuple[date, list[Entry]]]
    version: int
    published_at: datetime | None
    calendar: str
    materials: Shelf | None
    holding: Holding | None
    groups: tuple[MyRound, ...]
    asked: list[asking.Asked]

    @property
    def says_where(self) -> bool:
        """Test if any session has a room."""
        return any(entry.room for _day, entries in self.days for entry in entries)


def offers(link: Link) -> QuerySet[Offer]:
    """Return the one seat that ``link`` is for, with what the page shows."""
    return policies.seats_behind(link).select_related(
        "seat__call__course__programme", "nomination__organisation"
    )


def my_course(offer: Offer, token: str, now: datetime) -> MyCourse:
    """
    Return what the page shows; ``token`` is of her link.

    Thirteen queries with the link's and the seat's.
    """
    call = offer.seat.call
    course = call.course
    is_hers = policies.accepted().filter(pk=offer.pk).exists()
    version = timetables.last_version(course)
    table = read(version.content) if version else Timetable()
    return MyCourse(
        offer=offer,
        token=token,
        call=call,
        course=course,
        is_over_for_her=not is_hers,
        is_past=bool(
            course.ends_on and course.ends_on < course.programme.local(now).date()
        ),
        can_give_back=is_hers and not has_begun(call, now),
        days=table.days(course.programme.zone),
        version=version.number if version else 0,
        published_at=version.published_at if version else None,
        calendar=calendars.address_of(calendars.of_participant(offer.code), now),
        materials=shelf_of_participant(offer, token) if is_hers else None,
        holding=holding_of(offer, now) if is_hers else None,
        groups=my_rounds(offer) if is_hers else (),
        asked=asking.of(offer, now) if is_hers else [],
    )
