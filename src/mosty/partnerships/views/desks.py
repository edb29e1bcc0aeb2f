"""
Where somebody sits who writes on a map: behind her account, or behind her course's link.

Both do the same, so that each page is one function, and has two addresses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.partnerships import policies
from mosty.partnerships.models import Actor, StakeholderMap, Tie
from mosty.partnerships.queries import maps as queries

READ = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes, and under which addresses."""

    writer: User | Link
    token: str = ""

    @property
    def base(self) -> str:
        """Return the address of the list of maps."""
        return self.url("maps")

    @property
    def course_url(self) -> str:
        """Return the address of the participant's course."""
        return reverse("training:link_course", args=[self.token]) if self.token else ""

    def url(self, name: str, *args: object) -> str:
        """Return the address of a page at this desk."""
        if self.token:
            return reverse(f"partnerships:link_{name}", args=[self.token, *args])
        return reverse(f"partnerships:{name}", args=args)

    def map(self, pk: int) -> StakeholderMap:
        """
        Return a map on which the desk's writer may write, or 404.

        :raises PermissionDenied: if she may only read what it shares.
        """
        if isinstance(self.writer, User):
            shared = policies.maps_shared_with(self.writer).filter(pk=pk)
            require(not shared.exists())
        return get_object_or_404(queries.kept_maps(self.writer), pk=pk)

    def kept_map(self, pk: int) -> StakeholderMap:
        """
        Return a map that the writer keeps for its city, or 404.

        :raises PermissionDenied: if she may only write on it.
        """
        found = self.map(pk)
        require(policies.can_keep(self.writer, found))
        return found

    def actor(self, pk: int, key: UUID) -> Actor:
        """Return an actor that stands on such a map, or 404."""
        return get_object_or_404(queries.actors_on(self.map(pk)), key=key)

    def tie(self, pk: int, tie: int) -> Tie:
        """Return a tie on such a map, or 404."""
        return get_object_or_404(queries.ties_on(self.map(pk)), pk=tie)


@dataclass(frozen=True, slots=True)
class Page:
    """One page at both desks."""

    by_account: Callable[..., HttpResponseBase]
    by_link: Callable[..., HttpResponseBase]


def page(methods: Sequence[str]) -> Callable[[Callable[..., HttpResponse]], Page]:
    """Return what makes a page of a function of request, desk and the address's parts."""

    def made(view: Callable[..., HttpResponse]) -> Page:
        @require_http_methods(list(methods))
        @login_required
        @wraps(view)
        def by_account(request: HttpRequest, **parts: Any) -> HttpResponse:
            assert isinstance(request.user, User)  # noqa: S101 - who signed in is one
            return view(request, Desk(request.user), **parts)

        @require_http_methods(list(methods))
        @behind_link(Link.Purpose.TAKE_PART)
        @wraps(view)
        def by_link(request: HttpRequest, link: Link, **parts: Any) -> HttpResponse:
            desk = Desk(link, link.token)
            response = view(request, desk, **parts)
            # What only a city knows; pictures too.
            response["Cache-Control"] = "no-store"
            return response

        return Page(by_account, by_link)

    return made
