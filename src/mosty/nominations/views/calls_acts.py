"""Single acts on a call, each asked for on a page of its own."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.kernel.refusal import Refusal
from mosty.nominations.actions import calls as actions
from mosty.nominations.actions import seeds
from mosty.nominations.forms.calls import ClosingForm, ReasonForm, SeedForm
from mosty.nominations.models import Call
from mosty.nominations.queries import calls_public
from mosty.nominations.queries.calls import last_minute
from mosty.nominations.views.calls_doors import own_call, to_desk


def _show(
    request: MemberRequest,
    template: str,
    call: Call,
    form: forms.Form | None,
    **context: object,
) -> HttpResponse:
    """Show the page that asks for the act, in which the form may say what is wrong."""
    wrong = form is not None and form.is_bound
    return render(
        request,
        f"nominations/calls/{template}.html",
        {
            "call": call,
            "form": form,
            "cancel_url": reverse("nominations:desk", args=[call.slug]),
            **context,
        },
        status=422 if wrong else 200,
    )


def blame(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal in the form: at the field it names, else above them all."""
    names = {"closes_at": "closes_on"}
    for name, sentence in (refusal.fields or {"": refusal}).items():
        field = names.get(name, name)
        form.add_error(field if field in form.fields else None, str(sentence))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def publish(request: MemberRequest, slug: str) -> HttpResponse:
    """Publish a draft, after its rules have been read once more."""
    call = own_call(request.user, slug)
    if request.method == "POST":
        try:
            actions.publish(call=call, actor=request.user, now=timezone.now())
        except actions.CannotPublish as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("The call is published. Now pass it to the cities.")
            )
        return to_desk(call)
    page = calls_public.public_call(call, timezone.now())
    return _show(request, "publish", call, None, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def closing(request: MemberRequest, slug: str) -> HttpResponse:
    """Move the closing time, with a reason."""
    call = own_call(request.user, slug)
    zone = call.course.programme.zone
    form = ClosingForm(request.POST if request.method == "POST" else None, zone=zone)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_closing(
                call=call,
                closes_at=form.cleaned_data["closes_at"],
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotEdit as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request, _("The closing time has moved. The cities are told.")
            )
            return to_desk(call)
    return _show(request, "closing", call, form, until=last_minute(call))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: MemberRequest, slug: str) -> HttpResponse:
    """Cancel a call, with a reason."""
    call = own_call(request.user, slug)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(
                call=call,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotEdit as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The call is cancelled. The cities are told."))
            return to_desk(call)
    return _show(request, "cancel", call, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def seed(request: MemberRequest, slug: str) -> HttpResponse:
    """Enter the seed that the named source gave."""
    call = own_call(request.user, slug)
    form = SeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            seeds.enter_seed(
                call=call,
                seed=form.cleaned_data["seed"],
                actor=request.user,
                now=timezone.now(),
            )
        except seeds.CannotDraw as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The seed is entered."))
            return to_desk(call)
    return _show(request, "seed", call, form, until=last_minute(call))
