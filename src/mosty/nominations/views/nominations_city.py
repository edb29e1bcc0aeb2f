"""A city's pages: what it has nominated, a new nomination, changes, its order."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.actions import invitations
from mosty.nominations.actions import nominations as actions
from mosty.nominations.actions.entries import CannotNominate
from mosty.nominations.forms.nominations import NominationForm, ReasonForm, blame, renew
from mosty.nominations.models import Nomination
from mosty.nominations.queries import nominations_city as queries
from mosty.nominations.views.nominations_doors import Door


def city_page(request: HttpRequest, door: Door) -> HttpResponse:
    """Show what the city has nominated, and what it still may."""
    page = queries.city_page(door.call, door.city, timezone.now())
    context = {
        "door": door,
        "page": page,
        "rows": [
            (row, door.edit_url(row.code), door.withdraw_url(row.code))
            for row in page.nominees
        ],
    }
    return render(request, "nominations/nominations/city.html", context)


def nominate_page(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask for a person, and nominate her or save the draft."""

    def act(form: NominationForm, *, submit: bool) -> Nomination:
        return actions.nominate(
            call=door.call,
            organisation=door.city,
            person=form.person(),
            submit=submit,
            actor=door.actor,
            now=timezone.now(),
            key=form.cleaned_data["key"],
        )

    return _form_page(request, door, None, act)


def edit_page(
    request: HttpRequest, door: Door, nomination: Nomination, done_url: str
) -> HttpResponse:
    """Change a nomination; ``done_url`` is where its reader came from."""

    def act(form: NominationForm, *, submit: bool) -> Nomination:
        return actions.change(
            nomination=nomination,
            person=form.person(),
            submit=submit,
            actor=door.actor,
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )

    return _form_page(request, door, nomination, act, done_url)


def _form_page(
    request: HttpRequest,
    door: Door,
    nomination: Nomination | None,
    act: Callable[..., Nomination],
    done_url: str = "",
) -> HttpResponse:
    if not policies.can_nominate(door.actor, door.call, door.city.pk):
        raise PermissionDenied
    submit = request.POST.get("act") == "submit"
    submitted = (
        nomination is not None and nomination.state == Nomination.State.SUBMITTED
    )
    form = NominationForm(
        request.POST if request.method == "POST" else None,
        call=door.call,
        nomination=nomination,
        draft=not submit and not submitted,
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = act(form, submit=submit)
        except CannotNominate as refusal:
            blame(form, refusal)
            if nomination is not None:
                # She has been told; saving again is her decision.
                renew(form, "seen", queries.changed_at(nomination).isoformat())
        else:
            messages.success(request, _said(saved, was_submitted=submitted))
            return redirect(done_url or door.city_url)
    context = {
        "door": door,
        "form": form,
        "nomination": nomination,
        "is_submitted": submitted,
        "rules": queries.rules_in_short(door.call),
        "why_closed": queries.why_closed(door.call, timezone.now()),
        "until": queries.last_minute(door.call),
        "back_url": done_url or door.city_url,
    }
    return render(request, "nominations/nominations/form.html", context)


def _said(nomination: Nomination, *, was_submitted: bool) -> str:
    if nomination.state == Nomination.State.DRAFT:
        return _("The draft is saved: %(name)s.") % {"name": nomination}
    if was_submitted:
        return _("Saved: %(name)s.") % {"name": nomination}
    return _("Submitted: %(name)s. A message with a link has gone to: %(email)s.") % {
        "name": nomination,
        "email": nomination.email,
    }


def withdraw_page(
    request: HttpRequest, door: Door, nomination: Nomination, done_url: str
) -> HttpResponse:
    """Ask why a nomination is withdrawn, and withdraw it."""
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.withdraw(
            nomination=nomination,
            reason=form.cleaned_data["reason"],
            actor=door.actor,
            now=timezone.now(),
        )

    if request.method == "POST" and form.is_valid() and _done(form, act):
        messages.success(request, _("Withdrawn: %(name)s.") % {"name": nomination})
        return redirect(done_url)
    context = {
        "door": door,
        "form": form,
        "nomination": nomination,
        "back_url": done_url,
    }
    return render(request, "nominations/nominations/withdraw.html", context)


def decline_page(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask if the city nominates nobody this time, and note it."""
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> None:
        invitations.decline(
            call=door.call,
            organisation=door.city,
            actor=door.actor,
            now=timezone.now(),
        )

    if request.method == "POST" and form.is_valid() and _done(form, act):
        messages.success(
            request, _("Noted: the city nominates nobody this time. Thank you.")
        )
        return redirect(door.city_url)
    context = {"door": door, "form": form, "back_url": door.city_url}
    return render(request, "nominations/nominations/decline.html", context)


def _done(form: Form, act: Callable[[], None]) -> bool:
    """Do the act, or show in the form why it cannot be done; return if it was done."""
    try:
        act()
    except Refusal as refusal:
        blame(form, refusal)
        return False
    return True


def order_act(request: HttpRequest, door: Door) -> HttpResponse:
    """
    Put one nomination at a place; the rest follow.

    The button says the place, not the direction: pressed twice it does the same.
    """
    code, _colon, place = request.POST.get("move", "").partition(":")
    codes = queries.codes_in_order(door.call, door.city)
    if code not in codes or not place.isdecimal():
        messages.error(request, _("The list has changed meanwhile. Look at it again."))
        return redirect(door.city_url)
    codes.remove(code)
    codes.insert(int(place[:4]) - 1 if int(place[:4]) else 0, code)
    try:
        actions.put_in_order(
            call=door.call,
            organisation=door.city,
            codes=codes,
            actor=door.actor,
            now=timezone.now(),
        )
    except CannotNominate as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{door.city_url}#n-{code}")
