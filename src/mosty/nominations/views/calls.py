"""Calls as pages: for the public, in a list, and one call's overview."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import Role, User
from mosty.kernel.access import require
from mosty.nominations.forms.calls import PhaseForm
from mosty.nominations.models import Call
from mosty.nominations.queries import calls as queries
from mosty.nominations.queries import calls_desk, calls_public
from mosty.nominations.queries.calls import Phase
from mosty.nominations.queries.calls_desk import Desk
from mosty.ui.components import Stage


@require_safe
def call(request: HttpRequest, programme: str, slug: str) -> HttpResponse:
    """Show a call to anybody: its rules in words, its dates, how to nominate."""
    found = get_object_or_404(
        calls_public.calls(request.user), slug=slug, course__programme__slug=programme
    )
    page = calls_public.public_call(found, timezone.now())
    context = {"page": page, "nominate_url": _nominate_url(request, found)}
    return render(request, "nominations/calls/public.html", context)


def _nominate_url(request: HttpRequest, call: Call) -> str:
    """Return where "nominate people from your city" leads whoever asks."""
    user = request.user
    if not isinstance(user, User):
        target = urlencode({"next": reverse("nominations:calls")})
        return f"{resolve_url('account_login')}?{target}"
    cities = calls_public.own_cities(user)
    if len(cities) == 1:
        return reverse("nominations:city", args=[call.slug, cities[0].slug])
    return reverse("nominations:calls")


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """List the calls that somebody works on, and those her city may answer."""
    now, user = timezone.now(), request.user
    require(user.has_role(*Role.values))
    form = PhaseForm(request.GET)
    own = queries.city_calls(user, now)
    context = {
        "own": own,
        "is_city": user.has_role(Role.CITY),
        "at_desk": user.has_role(Role.COORDINATOR, Role.PARTNER, Role.SECRETARIAT),
        "form": form,
        "listing": queries.calls_for(user, request.GET, form, now),
        "courses": queries.courses_without_call(user, timezone.localdate(now)),
    }
    return render(request, "nominations/calls/index.html", context)


@require_safe
@login_required
def desk(request: MemberRequest, slug: str) -> HttpResponse:
    """Show how far a call is, its numbers, and what to do next."""
    found = get_object_or_404(queries.at_desks_of(request.user), slug=slug)
    page = calls_desk.desk(found, request.user, timezone.now())
    context = {"desk": page, "stages": _stages(page)}
    return render(request, "nominations/calls/desk.html", context)


@require_safe
@login_required
def of_course(request: MemberRequest, pk: int) -> HttpResponse:
    """Lead from a course to its call; where there is none, say so."""
    course = get_object_or_404(queries.planned_courses(request.user), pk=pk)
    found = queries.call_of(course, request.user)
    if found is not None:
        return redirect("nominations:desk", found.slug)
    today = timezone.localdate(timezone.now())
    context = {
        "course": course,
        "can_begin": course in queries.courses_without_call(request.user, today),
    }
    return render(request, "nominations/calls/none.html", context)


def _stages(desk: Desk) -> list[Stage]:
    """Return the steps from a draft to the draw; the first that is not done is now's."""
    closed = desk.phase is Phase.CLOSED
    done = [
        (_("Written"), desk.phase is not Phase.DRAFT),
        (
            _("Passed to cities"),
            desk.phase is not Phase.DRAFT and not desk.cities["not_sent"],
        ),
        (_("Nominations gathered"), closed),
        (_("Nominations checked"), closed and not desk.unchecked),
        (
            _("Groups listed") if desk.call.is_cast_in_public else _("Seed entered"),
            bool(desk.call.seed),
        ),
    ]
    steps = []
    now_found = desk.phase is Phase.CANCELLED
    for label, is_done in done:
        here = not is_done and not now_found
        now_found = now_found or here
        steps.append(Stage(label, "done" if is_done else "now" if here else "todo"))
    return steps
