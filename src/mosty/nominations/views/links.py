"""Pages behind links: a city's pages without an account, and the nominee's answer."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.nominations import policies
from mosty.nominations.actions import answers
from mosty.nominations.forms.nominations import AnswerForm, blame, renew
from mosty.nominations.models import Nomination
from mosty.nominations.queries import nominations_city, nominations_one
from mosty.nominations.views import nominations_city as pages
from mosty.nominations.views.nominations_doors import Door
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.outbox.queries import UNKNOWN, LinkGone

View = Callable[..., HttpResponseBase]
show_or_act = require_http_methods(["GET", "HEAD", "POST"])


def behind_city_link(view: View) -> View:
    """Give ``view`` the city's door instead of the link's token."""

    @behind_link(Link.Purpose.NOMINATE)
    @wraps(view)
    def answered(request: HttpRequest, link: Link, **kwargs: str) -> HttpResponseBase:
        invitation = nominations_city.invitation_of(link)
        if invitation is None:
            raise LinkGone(UNKNOWN, status=404)
        door = Door(link, invitation.call, invitation.organisation, link.token)
        return view(request, door, **kwargs)

    return answered


@require_safe
@behind_city_link
def city(request: HttpRequest, door: Door) -> HttpResponse:
    return pages.city_page(request, door)


@show_or_act
@behind_city_link
def nominate(request: HttpRequest, door: Door) -> HttpResponse:
    return pages.nominate_page(request, door)


@show_or_act
@behind_city_link
def edit(request: HttpRequest, door: Door, code: str) -> HttpResponse:
    return pages.edit_page(request, door, _nomination(door, code), door.city_url)


@show_or_act
@behind_city_link
def withdraw(request: HttpRequest, door: Door, code: str) -> HttpResponse:
    return pages.withdraw_page(request, door, _nomination(door, code), door.city_url)


@require_POST
@behind_city_link
def order(request: HttpRequest, door: Door) -> HttpResponse:
    return pages.order_act(request, door)


@show_or_act
@behind_city_link
def decline(request: HttpRequest, door: Door) -> HttpResponse:
    return pages.decline_page(request, door)


def _nomination(door: Door, code: str) -> Nomination:
    assert isinstance(door.actor, Link)  # noqa: S101 - a link's door, for the type checker
    found = get_object_or_404(policies.visible_to_link(door.actor), code=code.upper())
    found.call, found.organisation = door.call, door.city
    return found


@show_or_act
@behind_link(Link.Purpose.CONFIRM)
def confirm(request: HttpRequest, link: Link) -> HttpResponse:
    """Show a nominee who nominated her and what for, and take her answer."""
    nomination = get_object_or_404(
        policies.visible_to_link(link).select_related(
            "call__course__programme", "call__channel", "organisation"
        )
    )
    needs = nominations_one.needs_of(nomination)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial={
            "answer": nomination.answer,
            "diet": needs.diet if needs else "",
            "access": needs.access if needs else "",
            "notice": nomination.call.notice_version,
        },
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            answers.answer(
                nomination=nomination,
                confirm=given["answer"] == Nomination.Answer.CONFIRMED,
                diet=given["diet"],
                access=given["access"],
                notice=given["notice"],
                actor=link,
                now=timezone.now(),
            )
        except answers.CannotAnswer as refusal:
            blame(form, refusal)
            renew(form, "notice", nomination.call.notice_version)
        else:
            messages.success(request, _("Thank you. Your answer is noted."))
            return redirect(request.path)
    context = {
        "nomination": nomination,
        "call": nomination.call,
        "form": form,
        "rules": nominations_city.rules_in_short(nomination.call),
        # The last minute that counts.
        "until": nomination.call.course.programme.local(
            link.expires_at - timedelta(minutes=1)
        ),
    }
    return render(request, "nominations/links/confirm.html", context)
