"""Who is written to in a city about a call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from mosty.accounts.models import Grant, Role, User
from mosty.kernel.spans import holding_on
from mosty.nominations.models import Call, Invitation, Nomination


@dataclass(frozen=True, slots=True)
class Address:
    """A name, an e-mail address and a language. ``key`` tells the person from others."""

    key: str
    name: str
    email: str
    language: str
    # Whether she can open pages that ask to sign in.
    is_user: bool = False


def city_users(cities: Collection[int], on: date) -> Mapping[int, list[User]]:
    """Return the users who on that day are contacts of ``cities``, by city; one query."""
    grants = (
        Grant.objects.filter(
            holding_on(on),
            role=Role.CITY,
            organisation__in=cities,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("id")
    )
    found: dict[int, list[User]] = {}
    for grant in grants:
        if grant.organisation_id is not None:
            found.setdefault(grant.organisation_id, []).append(grant.user)
    return found


def to_remind(call: Call, now: datetime) -> QuerySet[Invitation]:
    """
    Return the invitations that may be reminded: sent, not answered, not yet today.

    Today is the programme's day.
    """
    midnight = datetime.combine(
        call.course.programme.local(now).date(),
        time(),
        tzinfo=call.course.programme.zone,
    )
    answered = Nomination.objects.filter(
        call=call, state=Nomination.State.SUBMITTED
    ).values("organisation")
    return (
        Invitation.objects.filter(
            Q(reminded_at__isnull=True) | Q(reminded_at__lt=midnight),
            call=call,
            sent_at__isnull=False,
            declined_at__isnull=True,
        )
        .exclude(organisation__in=answered)
        .exclude(contact_email="")
        .select_related("organisation")
        .order_by("organisation__sort_name")
    )


def addresses(call: Call, cities: Collection[int], on: date) -> list[Address]:
    """
    Return everybody to write to in ``cities`` about ``call``, each person once.

    These are whom the call was sent to, and every user who is a contact of the city.
    """
    once = {
        address.email.casefold(): address
        for found in addresses_by_city(call, cities, on).values()
        for address in found
    }
    return sorted(once.values(), key=lambda address: address.email.casefold())


def addresses_by_city(
    call: Call, cities: Collection[int], on: date
) -> Mapping[int, list[Address]]:
    """Return whom :func:`addresses` names, by city, each once in a city; two queries."""
    found: dict[int, dict[str, Address]] = {}
    for city, users in city_users(cities, on).items():
        for user in users:
            found.setdefault(city, {})[user.email.casefold()] = Address(
                f"user{user.pk}", user.name, user.email, user.language, is_user=True
            )
    invited = (
        call.invitations.filter(organisation__in=cities)
        .exclude(contact_email="")
        .select_related("organisation")
        .order_by("id")
    )
    for invitation in invited:
        once = found.setdefault(invitation.organisation_id, {})
        email = invitation.contact_email
        # As the call was sent, even to somebody who has an account.
        once[email.casefold()] = Address(
            invitation.code,
            invitation.contact_name or str(invitation.organisation.short_name),
            email,
            invitation.language,
            is_user=email.casefold() in once,
        )
    return {
        city: sorted(once.values(), key=lambda address: address.email.casefold())
        for city, once in found.items()
    }


def suggested(call: Call, cities: Collection[int], on: date) -> Mapping[int, Address]:
    """
    Return whom to write to first in each of ``cities``: what the form is filled with.

    Whom this call has, else the city's last invitation to another call, else a user who
    is the city's contact.
    """
    found = {
        city: Address(
            f"user{users[0].pk}", users[0].name, users[0].email, users[0].language
        )
        for city, users in city_users(cities, on).items()
    }
    earlier = (
        Invitation.objects.filter(organisation__in=cities)
        .exclude(contact_email="")
        .order_by("sent_at", "id")
    )
    # Later ones replace earlier ones, and this call's own replaces all.
    for invitation in sorted(earlier, key=lambda row: row.call_id == call.pk):
        found[invitation.organisation_id] = Address(
            invitation.code,
            invitation.contact_name,
            invitation.contact_email,
            invitation.language,
        )
    return found
