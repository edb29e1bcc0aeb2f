"""One nomination: its page, and what is done with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.nominations import policies
from mosty.nominations.actions import checks
from mosty.nominations.forms.nominations import CommentForm, blame
from mosty.nominations.models import Nomination
from mosty.nominations.queries import nominations_one as queries
from mosty.nominations.views import nominations_city as pages
from mosty.nominations.views.nominations_doors import Door, door_of, nomination_for

show_or_act = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def nomination(request: MemberRequest, code: str) -> HttpResponse:
    """Show a nomination to whoever may know it."""
    found = nomination_for(request.user, code)
    gathers = policies.can_gather(request.user, found.call)
    return _page(request, found, CommentForm(gathers=gathers))


def _page(request: MemberRequest, found: Nomination, form: CommentForm) -> HttpResponse:
    context = {
        "page": queries.detail(found, request.user, timezone.now()),
        "nomination": found,
        "call": found.call,
        "form": form,
    }
    return render(request, "nominations/nominations/detail.html", context)


@show_or_act
@login_required
def edit(request: MemberRequest, code: str) -> HttpResponse:
    found = nomination_for(request.user, code)
    return pages.edit_page(request, _door(request, found), found, _back(request, found))


@show_or_act
@login_required
def withdraw(request: MemberRequest, code: str) -> HttpResponse:
    found = nomination_for(request.user, code)
    if not policies.can_nominate(request.user, found.call, found.organisation_id):
        raise PermissionDenied
    back = _back(request, found)
    return pages.withdraw_page(request, _door(request, found), found, back)


def _door(request: MemberRequest, found: Nomination) -> Door:
    return Door(request.user, found.call, found.organisation)


def _back(request: MemberRequest, found: Nomination) -> str:
    """Return the page its reader works on: her city's, or the nomination's own."""
    if policies.can_gather(request.user, found.call):
        return _url(found)
    return _door(request, found).city_url


def _url(found: Nomination) -> str:
    return reverse("nominations:nomination", args=[found.code])


@require_POST
@login_required
def check(request: MemberRequest, code: str) -> HttpResponse:
    """Note that a nomination is checked, or take that back."""
    found = nomination_for(request.user, code)
    passed = request.POST.get("passed") == "yes"
    try:
        checks.check(
            nomination=found, passed=passed, actor=request.user, now=timezone.now()
        )
    except checks.CannotCheck as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Checked.") if passed else _("Check taken back."))
    return redirect(_url(found))


@require_POST
@login_required
def remind(request: MemberRequest, code: str) -> HttpResponse:
    """Put a nominee's link into the outbox again."""
    found = nomination_for(request.user, code)
    try:
        reminded = checks.remind(
            call=found.call,
            codes=[found.code],
            actor=request.user,
            now=timezone.now(),
        )
    except checks.CannotRemind as refusal:
        messages.error(request, str(refusal))
    else:
        if reminded:
            messages.success(
                request, _("The message waits in the outbox until it is read and sent.")
            )
        else:
            messages.info(
                request,
                _("Nothing to send: already answered, or reminded today."),
            )
    return redirect(_url(found))


@require_POST
@login_required
def comment(request: MemberRequest, code: str) -> HttpResponse:
    """Write a note; a note that cannot be kept stands in the page again."""
    found = nomination_for(request.user, code)
    form = CommentForm(
        request.POST, gathers=policies.can_gather(request.user, found.call)
    )
    if form.is_valid():
        try:
            checks.comment(
                nomination=found,
                text=form.cleaned_data["text"],
                for_city=form.cleaned_data.get("for_city", False),
                actor=request.user,
                now=timezone.now(),
            )
        except checks.CannotComment as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The comment is written."))
            return redirect(f"{_url(found)}#comments")
    elif not policies.can_comment(request.user, found):
        raise PermissionDenied
    return _page(request, found, form)


@require_safe
@login_required
def city(request: MemberRequest, slug: str, city: str) -> HttpResponse:
    return pages.city_page(request, door_of(request.user, slug, city))


@show_or_act
@login_required
def nominate(request: MemberRequest, slug: str, city: str) -> HttpResponse:
    return pages.nominate_page(request, door_of(request.user, slug, city))


@require_POST
@login_required
def order(request: MemberRequest, slug: str, city: str) -> HttpResponse:
    return pages.order_act(request, door_of(request.user, slug, city))


@show_or_act
@login_required
def decline(request: MemberRequest, slug: str, city: str) -> HttpResponse:
    return pages.decline_page(request, door_of(request.user, slug, city))
