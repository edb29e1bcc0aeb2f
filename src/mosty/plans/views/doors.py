"""How the pages of plans let people in: whoever has no business there finds nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.outbox.queries import UNKNOWN, LinkGone
from mosty.plans import policies
from mosty.plans.models import Plan
from mosty.plans.queries import plans as queries
from mosty.programmes.policies import Viewer
from mosty.selection.models import Offer

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Door:
    """Through which somebody writes a plan: her account, or her link to a course."""

    actor: User | Link
    plan: Plan | None
    # Only behind a link: the seat of whoever holds it.
    offer: Offer | None = None
    token: str = ""

    @property
    def url(self) -> str:
        """Return the address of the screen."""
        if self.token:
            return reverse("plans:link_draft", args=[self.token])
        return reverse("plans:edit", args=[self.plan.code if self.plan else ""])

    @property
    def sheet_url(self) -> str:
        """Return the address of the printed group sheet."""
        if self.token:
            return reverse("plans:link_sheet", args=[self.token])
        return reverse("plans:sheet", args=[self.plan.code if self.plan else ""])

    @property
    def back_url(self) -> str:
        """Return where the screen was opened from."""
        if self.token:
            return reverse("training:link_course", args=[self.token])
        return reverse("plans:plan", args=[self.plan.code if self.plan else ""])


def seen_plan(user: Viewer, code: str) -> Plan:
    """Return the plan, or 404."""
    return get_object_or_404(queries.with_names(policies.visible_to(user)), code=code)


def own_plan(user: User, code: str) -> Plan:
    """Return a plan of the user's city, or 404; 403 for whoever only sees it."""
    plan = seen_plan(user, code)
    require(policies.speaks_for(user, plan))
    return plan


def by_course_link(view: View) -> View:
    """Give ``view`` the door of a participant instead of her link's token."""

    @wraps(view)
    def opened(request: HttpRequest, link: Link, **kwargs: object) -> HttpResponseBase:
        offer = queries.seat(link)
        if offer is None:
            raise LinkGone(UNKNOWN, status=404)
        door = Door(link, queries.plan_of_group(offer), offer, link.token)
        return view(request, door, **kwargs)

    return behind_link(Link.Purpose.TAKE_PART)(opened)


EXPIRED = _(
    "The time for this link is over. The check-in can still be answered: ask the contact "
    "of your city, who signs in and answers it on the page of the plan, or write to the "
    "contact named in the message for a new link."
)


def by_check_in_link(view: View) -> View:
    """Give ``view`` the check-in and the link that opens it."""

    @wraps(view)
    def opened(request: HttpRequest, link: Link, **kwargs: object) -> HttpResponseBase:
        check_in = queries.check_in_of(link)
        if check_in is None:
            raise LinkGone(UNKNOWN, status=404)
        return view(request, link, check_in, **kwargs)

    return behind_link(Link.Purpose.PLAN, over=EXPIRED)(opened)
