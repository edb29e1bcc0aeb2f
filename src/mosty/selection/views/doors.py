"""How every page gets its run or call: what may not be known is a 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.nominations.models import Call
from mosty.selection import policies
from mosty.selection.models import Calculation, Run
from mosty.selection.queries.run_page import runs_for


def followed_call(user: User, slug: str) -> Call:
    """Return the call for a page about its selection."""
    return get_object_or_404(
        policies.calls_visible_to(user).select_related("course__programme"), slug=slug
    )


def run_call(user: User, slug: str) -> Call:
    """
    Return the call for a form that only its coordinator has.

    :raises PermissionDenied: if ``user`` may follow the selection, but not run it.
    """
    call = followed_call(user, slug)
    require(policies.can_run(user, call))
    return call


def followed_run(user: User, pk: int) -> Run:
    """Return the run for a page that partners may read, without its record."""
    return get_object_or_404(runs_for(user), pk=pk)


def own_run(user: User, pk: int) -> Run:
    """
    Return the run for a form that only the coordinator has.

    :raises PermissionDenied: if ``user`` may see the run, but not change it.
    """
    run = followed_run(user, pk)
    require(policies.can_run(user, run.call))
    return run


def own_draw(user: User, pk: int) -> Run:
    """Return the draw for a form that changes it; a trial has no such form."""
    run = own_run(user, pk)
    if run.kind != Run.Kind.DRAW:
        raise Http404
    return run


def watched(user: User, pk: int) -> Calculation:
    """Return the calculation for its page."""
    return get_object_or_404(
        policies.calculations_visible_to(user)
        .select_related("call__course__programme", "about")
        .defer("about__record", "about__costs", "about__rules"),
        pk=pk,
    )
