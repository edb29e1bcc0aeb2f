"""A request whose user is known, so that views need no casts."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from mosty.accounts.models import User


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
    htmx: HtmxDetails
