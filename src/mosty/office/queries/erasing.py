"""What would be erased of a person, what stays, and what stands in the way."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from mosty.accounts.models import User
from mosty.directory.models import Person
from mosty.nominations.models import Call, Nomination
from mosty.office import policies
from mosty.programmes.models import SessionTrainer
from mosty.selection.models import Offer
from mosty.selection.queries.seats import LIVE, has_begun
from mosty.training.models import Certificate


@dataclass(frozen=True, slots=True)
class Erasing:
    """The page that asks whether a person's data is to be erased."""

    nomination: Nomination
    # Of this person, this one among them; newest call first.
    nominations: list[Nomination]
    # Of these, which still stand: they are withdrawn first.
    standing: list[Nomination]
    # Numbers of certificates that keep her name.
    certificates: list[str]


def nominations_for(user: User) -> QuerySet[Nomination]:
    """Return the nominations whose people ``user`` may erase, with what the page shows."""
    return policies.erasable_by(user).select_related(
        "call__course__programme", "organisation", "person"
    )


def erasing(nomination: Nomination, user: User, now: datetime) -> Erasing:
    """Return what the page shows; three queries."""
    found = list(same_person(nomination, user))
    return Erasing(
        nomination=nomination,
        nominations=found,
        standing=standing(found, now),
        certificates=list(
            Certificate.objects.filter(offer__nomination__in=found)
            .order_by("serial")
            .values_list("serial", flat=True)
        ),
    )


def same_person(nomination: Nomination, user: User) -> QuerySet[Nomination]:
    """
    Return the nominations of this person that ``user`` may erase, not erased yet.

    One person has a row of the directory, or the same address and the same name.
    """
    alike = Q(email__iexact=nomination.email, name_key=nomination.name_key)
    if nomination.person_id is not None:
        alike |= Q(person=nomination.person_id)
    return (
        nominations_for(user)
        .filter(alike, erased_at__isnull=True)
        .order_by("-call__closes_at", "pk")
    )


def standing(nominations: list[Nomination], now: datetime) -> list[Nomination]:
    """Return those that still stand: somebody may yet write to her, or expect her."""
    seated = set(
        Offer.objects.filter(nomination__in=nominations, state__in=LIVE).values_list(
            "nomination", flat=True
        )
    )
    return [
        one
        for one in nominations
        if not _is_over(one.call, now)
        and (one.state != Nomination.State.WITHDRAWN or one.pk in seated)
    ]


def is_someone_still(person: Person) -> bool:
    """Test if ``person`` signs in, trains, or is nominated under her name."""
    return (
        User.objects.filter(person=person).exists()
        or SessionTrainer.objects.filter(person=person).exists()
        or Nomination.objects.filter(person=person, erased_at__isnull=True).exists()
    )


def _is_over(call: Call, now: datetime) -> bool:
    """Test if nothing of the call lies ahead: its course is over, or it was cancelled."""
    if call.state == Call.State.CANCELLED:
        return True
    ends_on = call.course.ends_on or call.course.starts_on
    return (
        has_begun(call, now)
        and ends_on is not None
        and ends_on < call.course.programme.local(now).date()
    )
