"""
A participant's own view of completing a course, and of her certificate.

Made for the page behind her link: include ``training/certificates/holding.html`` with
the :class:`Holding` of :func:`holding_of` as ``holding``.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mosty.outbox.models import Link
from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.models import Certificate
from mosty.training.printing import address
from mosty.training.queries.standing import Standing, sentence, standings


@dataclass(frozen=True, slots=True)
class Holding:
    """How she stands against the rule, and her certificate if there is one."""

    offer: Offer
    standing: Standing
    sentence: str
    certificate: Certificate | None
    check_url: str


def seats(link: Link) -> QuerySet[Offer]:
    """Return the one seat that ``link`` is for, with what the page shows."""
    return policies.seats_visible_to_link(link).select_related(
        "nomination__call__course__programme",
        "nomination__organisation",
        "seat__call__course__programme",
    )


def holding_of(offer: Offer, now: datetime) -> Holding:
    """Return how somebody stands; five queries."""
    course = offer.seat.call.course
    certificate = live_of(offer).first()
    own = policies.accepted().filter(pk=offer.pk)
    standing = standings([course.pk], now, seats=own)[offer.pk]
    return Holding(
        offer=offer,
        standing=standing,
        sentence=sentence(standing),
        certificate=certificate,
        check_url=address(certificate.serial) if certificate else "",
    )


def live_of(offer: Offer) -> QuerySet[Certificate]:
    """Return her certificate that holds."""
    return Certificate.objects.filter(
        offer=offer, state=Certificate.State.ISSUED
    ).select_related("offer__seat__call__course__programme")
