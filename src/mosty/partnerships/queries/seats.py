"""For whom a participant works on maps: her city and her course."""

from dataclasses import dataclass

from mosty.directory.models import Organisation
from mosty.outbox.models import Link
from mosty.partnerships import policies
from mosty.programmes.models import Course


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant's city and course."""

    city: Organisation
    course: Course


def seat_of(link: Link) -> Seat | None:
    """Return the city and course of whoever holds ``link``; None if she has no seat; one query."""
    offer = (
        policies.seats_behind(link)
        .select_related("nomination__organisation", "seat__call__course__programme")
        .first()
    )
    if offer is None:
        return None
    return Seat(offer.nomination.organisation, offer.seat.call.course)
