"""How every page of a call gets it: what may not be known is a 404."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.nominations import policies
from mosty.nominations.models import Call
from mosty.nominations.queries import calls as queries


def own_call(user: User, slug: str) -> Call:
    """
    Return the call for a form of its coordinator.

    :raises PermissionDenied: if ``user`` may see it, but not change it.
    """
    call = get_object_or_404(queries.at_desks_of(user), slug=slug)
    require(policies.can_edit_call(user, call))
    return call


def gathered_call(user: User, slug: str) -> Call:
    """
    Return the call for a form of who gathers its nominations.

    :raises PermissionDenied: if ``user`` may see it, but does not gather.
    """
    call = get_object_or_404(queries.at_desks_of(user), slug=slug)
    require(policies.can_gather(user, call))
    return call


def to_desk(call: Call) -> HttpResponse:
    """Return to the call's overview."""
    return redirect("nominations:desk", call.slug)
