"""
How somebody comes to a city's pages: signed in, or through the city's link.

The pages are the same; a door knows who acts and which addresses the pages have.
"""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from mosty.accounts.models import Role, User
from mosty.directory.models import Organisation
from mosty.nominations import policies
from mosty.nominations.models import Call, Nomination
from mosty.nominations.queries.calls import visible_with_course
from mosty.nominations.queries.nominations_city import city_by_slug
from mosty.outbox.models import Link


@dataclass(frozen=True, slots=True)
class Door:
    """Who acts for which city in which call; ``token`` is set for a link's holder."""

    actor: User | Link
    call: Call
    city: Organisation
    token: str = ""

    @property
    def city_url(self) -> str:
        return self._url("city")

    @property
    def new_url(self) -> str:
        return self._url("nominate")

    @property
    def order_url(self) -> str:
        return self._url("city_order")

    @property
    def decline_url(self) -> str:
        return self._url("city_decline")

    def edit_url(self, code: str) -> str:
        return self._nomination_url("edit", code)

    def withdraw_url(self, code: str) -> str:
        return self._nomination_url("withdraw", code)

    def _url(self, page: str) -> str:
        if self.token:
            return reverse(f"nominations:link_{page}", args=[self.token])
        return reverse(f"nominations:{page}", args=[self.call.slug, self.city.slug])

    def _nomination_url(self, page: str, code: str) -> str:
        if self.token:
            return reverse(f"nominations:link_{page}", args=[self.token, code])
        return reverse(f"nominations:nomination_{page}", args=[code])


def call_for(user: User, slug: str) -> Call:
    """Return the call for somebody signed in, with what its pages speak of."""
    return get_object_or_404(visible_with_course(user), slug=slug)


def door_of(user: User, slug: str, city: str) -> Door:
    """
    Return the door to the city's page for somebody signed in.

    :raises Http404: if there is no such call or city, or she does not speak for it.
    """
    call = call_for(user, slug)
    found = _own_city(user, city) or city_by_slug(city)
    if found is None or not policies.can_nominate(user, call, found.pk):
        raise Http404
    return Door(user, call, found)


def _own_city(user: User, slug: str) -> Organisation | None:
    """Return the city with this address if she is its contact: it came with her roles."""
    for grant in user.held:
        organisation = grant.organisation
        if (
            organisation is not None
            and grant.role == Role.CITY
            and (organisation.slug, organisation.kind) == (slug, Organisation.Kind.CITY)
        ):
            return organisation
    return None


def nomination_for(user: User, code: str) -> Nomination:
    """Return the nomination for somebody who may know that it exists."""
    return get_object_or_404(
        policies.visible_to(user).select_related(
            "call__course__programme", "call__channel", "organisation"
        ),
        code=code.upper(),
    )
